"""Commands for running it: `serve`, `replay`, `db upgrade`, `plugins`."""

from __future__ import annotations

import os
import shutil
from ipaddress import ip_address
from pathlib import Path
from tempfile import mkdtemp

import click
from gunicorn.app.base import BaseApplication

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.cli.previewing import preview_told
from docketbridge.errors import UsageError
from docketbridge.ledger.database import open_engine, upgrade
from docketbridge.programs.wording import vocabulary_from
from docketbridge.settings import Settings
from docketbridge.web.metrics import share_between_workers
from docketbridge.web.request_logging import ServerLogger, log_to_standard_error


@click.command("replay")
@click.option("--from-bytes", is_flag=True, help="Read the kept feeds again first, with today's parsers.")
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@click.option("--vocabulary", type=click.Path(path_type=Path), metavar="FILE", help="Only say what this one would change.")
@click.pass_context
def replay_command(context: click.Context, from_bytes: bool, dry_run: bool, vocabulary: Path | None) -> None:
    """Drop what is derived and build it again; print what moved, or `nothing moved`."""
    if vocabulary is not None:
        if not dry_run or from_bytes:
            raise UsageError("--vocabulary FILE goes with --dry-run alone: it shows what a change would do before it is taken")
        told = tuple(preview_told(context.obj.preview(vocabulary_from(vocabulary))))
        click.echo("\n".join(told) if told else "nothing would move")
        return
    spare_the_collector()
    moved = context.obj.replay(today=context.meta.get("today"), dry_run=dry_run, from_bytes=from_bytes)
    for each in moved:
        click.echo(f"{each.what}: {each.before or 'absent'} -> {each.after or 'absent'}")
    if not moved:
        click.echo("nothing moved")


_SECONDS_PER_PAGE = 60


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, settings: Settings, desk: Desk) -> None:
        self.settings = settings
        self.desk = desk
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"{self.settings.host}:{self.settings.port}")
        self.cfg.set("workers", self.settings.workers)
        self.cfg.set("worker_tmp_dir", "/dev/shm" if Path("/dev/shm").is_dir() else None)  # noqa: S108 - heartbeat files, not data
        self.cfg.set("proc_name", "docketbridge")
        self.cfg.set("logger_class", ServerLogger)
        self.cfg.set("control_socket_disable", True)  # nothing but the site listens here
        self.cfg.set("timeout", _SECONDS_PER_PAGE)
        self.cfg.set("graceful_timeout", _SECONDS_PER_PAGE)

    def load(self) -> object:
        return create_app(self.settings, plugins=self.desk.plugins, today=self.desk.today if self.desk.fixed_day else None)


@click.command("serve")
@click.option("--host", help="The address to listen on; default 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port; default 8000.")
@click.pass_obj
def serve_command(desk: Desk, host: str | None, port: int | None) -> None:
    """Serve the site. To other machines only once somebody can sign in."""
    settings = desk.settings.listening(host=host, port=port)
    if not _is_loopback(settings.host) and not desk.people.anybody():
        raise UsageError(
            f"{settings.host} is open to other machines, and nobody can sign in yet: run `docketbridge user add` first"
        )
    log_to_standard_error(settings)
    # No connection may be carried into a worker.
    desk.engine.dispose()
    own, counts = os.getpid(), Path(mkdtemp(prefix="docketbridge-"))
    share_between_workers(counts)
    try:
        _Server(settings, desk).run()
    finally:
        # A worker that ends comes through here too, and leaves the counts of the others alone.
        if os.getpid() == own:
            shutil.rmtree(counts, ignore_errors=True)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@click.group("db")
def db_group() -> None:
    """The database under the ledger."""


@db_group.command("upgrade")
@click.pass_obj
def upgrade_command(desk: Desk) -> None:
    """Bring the schema to this version's."""
    upgrade(open_engine(desk.settings.database))
    click.echo("the ledger is up to date")


@click.command("plugins")
@click.pass_obj
def plugins_command(desk: Desk) -> None:
    """List the plugins, what each brings, and the file it was loaded from."""
    for found in desk.plugins.found:
        plugin = found.plugin
        brings = [f"format {name}" for name in plugin.parsers]
        brings += [f"transport {name}" for name in plugin.transports]
        brings += [f"paper {paper.name}" for paper in plugin.papers]
        brings += [f"writer {name}" for name in plugin.writers]
        brings += [f"command {command.name}" for command in plugin.commands]
        click.echo(f"{plugin.name}: {plugin.title} ({found.origin})")
        click.echo(f"  {', '.join(brings) or 'nothing yet'}")
