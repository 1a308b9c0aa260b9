"""The `docketbridge` command: its own families of commands and those that plugins bring, with one way of failing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime

import click

from docketbridge.casework.desk import Desk
from docketbridge.cli.auditing import audit_group
from docketbridge.cli.backing_up import backup_command, restore_command
from docketbridge.cli.computing import compute_command
from docketbridge.cli.detecting import detect_command, evaluate_command
from docketbridge.cli.doctoring import doctor_command
from docketbridge.cli.feeds import intake_command, parse_command
from docketbridge.cli.matters import matter_command, matters_command
from docketbridge.cli.noticing import notice_group, subscription_group
from docketbridge.cli.portal import portal_group
from docketbridge.cli.programs import program_group
from docketbridge.cli.reviewing import review_group
from docketbridge.cli.running import db_group, plugins_command, replay_command, serve_command
from docketbridge.cli.scheduling import job_group, schedule_command
from docketbridge.cli.tasks import served_command, task_group
from docketbridge.cli.tokens import token_group
from docketbridge.cli.trustee import trustee_group
from docketbridge.cli.users import user_group
from docketbridge.cli.watching import docket_checked_command, gaps_command, poll_command, reconcile_command
from docketbridge.errors import DocketbridgeError
from docketbridge.plugins import Plugins, discover
from docketbridge.settings import read_settings

BAD_INPUT = 2
OWN_FAULT = 70

_OWN: tuple[click.Command, ...] = (
    audit_group,
    backup_command,
    compute_command,
    db_group,
    detect_command,
    docket_checked_command,
    doctor_command,
    evaluate_command,
    gaps_command,
    intake_command,
    job_group,
    matter_command,
    matters_command,
    parse_command,
    notice_group,
    plugins_command,
    portal_group,
    poll_command,
    program_group,
    reconcile_command,
    replay_command,
    restore_command,
    review_group,
    schedule_command,
    serve_command,
    served_command,
    subscription_group,
    task_group,
    token_group,
    trustee_group,
    user_group,
)


def build(plugins: Plugins) -> click.Group:
    """Make the command of an instance: its own commands and the plugins', each taking `--database` and `--today`."""

    @click.group(context_settings={"help_option_names": ["-h", "--help"]})
    @click.version_option(package_name="docketbridge")
    @click.pass_context
    def group(context: click.Context) -> None:
        """Loss mitigation in bankruptcy court: from docket feed to deadline, order and calendar."""
        settings = read_settings(os.environ, database=context.meta.get("database"))
        chosen = context.meta.get("today")
        context.obj = Desk(settings=settings, plugins=plugins, today=chosen or _today(), fixed_day=chosen is not None)

    _share_options(group)
    for command in (*_OWN, *(command for plugin in plugins.all for command in plugin.commands)):
        _share_options(command)
        group.add_command(command)
    return group


def _today() -> date:
    return datetime.now().astimezone().date()


def _share_options(command: click.Command) -> None:
    """Let a command and all below it take `--database` and `--today`, before or after its name."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _share_options(below)
    taken = {option for parameter in command.params for option in parameter.opts}
    if "--database" not in taken:
        words = "The ledger, as a database URL; default a SQLite file in the instance folder."
        command.params.append(
            click.Option(["--database"], metavar="URL", help=words, expose_value=False, callback=_set_database, is_eager=True)
        )
    if "--today" not in taken:
        words = "The court's day to speak for; default today."
        kind = click.DateTime(["%Y-%m-%d"])
        command.params.append(
            click.Option(["--today"], type=kind, metavar="DATE", help=words, expose_value=False, callback=_set_today)
        )


def _set_database(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta["database"] = value
        if isinstance(context.obj, Desk):
            context.obj.settings = read_settings(os.environ, database=value)


def _set_today(context: click.Context, _parameter: click.Parameter, value: datetime | None) -> None:
    if value is not None:
        context.meta["today"] = value.date()
        if isinstance(context.obj, Desk):
            context.obj.today, context.obj.fixed_day = value.date(), True


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command. Bad usage and bad input end in exit 2 with one plain line on standard error, never a traceback.

    What nobody foresaw ends in exit 70, with one line too; DOCKETBRIDGE_DEBUG=1 shows the traceback.
    """
    try:
        command = build(discover())
        code = command.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)
    except click.ClickException as fault:
        _complain(fault.format_message())
    except DocketbridgeError as fault:
        _complain(str(fault))
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped")
    except BrokenPipeError:
        # Whoever read our output has enough; keep the interpreter from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:  # the last edge: a person gets one line, an engineer asks for the rest
        if os.environ.get("DOCKETBRIDGE_DEBUG"):
            raise
        _complain(f"a fault of docketbridge itself: {type(fault).__name__}: {fault} (DOCKETBRIDGE_DEBUG=1 shows where)")
        sys.exit(OWN_FAULT)
    sys.exit(BAD_INPUT)


def _complain(words: str) -> None:
    click.echo(f"docketbridge: {' '.join(words.split())}", err=True)
