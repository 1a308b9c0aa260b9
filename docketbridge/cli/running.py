"""Commands for running it: `serve`, `replay`, `db upgrade`, `plugins`, `doctor`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
from gunicorn.app.base import BaseApplication

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.cli.previewing import preview_told
from docketbridge.errors import DocketbridgeError, UsageError
from docketbridge.ledger.database import open_engine, open_ledger, upgrade
from docketbridge.programs.wording import vocabulary_from
from docketbridge.settings import Settings
from docketbridge.web.secret_paths import SecretKeepingLogger


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
    moved = context.obj.replay(today=context.meta.get("today"), dry_run=dry_run, from_bytes=from_bytes)
    for each in moved:
        click.echo(f"{each.what}: {each.before or 'absent'} -> {each.after or 'absent'}")
    if not moved:
        click.echo("nothing moved")


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
        self.cfg.set("logger_class", SecretKeepingLogger)

    def load(self) -> object:
        return create_app(self.settings, plugins=self.desk.plugins, today=self.desk.today if self.desk.fixed_day else None)


@click.command("serve")
@click.option("--host", help="The address to listen on; default 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port; default 8000.")
@click.pass_obj
def serve_command(desk: Desk, host: str | None, port: int | None) -> None:
    """Serve the site."""
    open_ledger(desk.settings.database)
    _Server(desk.settings.listening(host=host, port=port), desk).run()


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


@click.command("doctor")
@click.pass_obj
def doctor_command(desk: Desk) -> None:
    """Look whether everything is in order: Python, plugins, programs, ledger; exit 2 when something is not."""
    healthy = True
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", lambda: sys.version.split()[0]),
        ("plugins", lambda: ", ".join(f"{each.plugin.name} from {each.origin}" for each in desk.plugins.found)),
        ("programs", lambda: ", ".join(profile.id for profile in desk.rulebook.profiles)),
        ("ledger", lambda: f"{len(desk.matters())} matters, {len(desk.review())} entries to review"),
    )
    for name, look in looks:
        try:
            click.echo(f"ok    {name}: {look()}")
        except DocketbridgeError as fault:
            healthy = False
            click.echo(f"fault {name}: {fault}")
    if not healthy:
        raise click.exceptions.Exit(2)
