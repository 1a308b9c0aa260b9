"""The mediator's plugin: focused agendas, readiness, sessions, aids to a review, and the program's indicators."""

from __future__ import annotations

from docketbridge.api import Link, Plugin

from .agenda import Agenda
from .aid_commands import aid_commands
from .commands import agenda_command, mediation_commands
from .indicator_commands import indicators_command, told_at_the_api
from .pages import make_pages, matter_links
from .report import MediatorsReport

mediation_commands.add_command(aid_commands)

plugin = Plugin(
    name="mediator",
    title="Conference agendas, readiness and indicators",
    papers=(Agenda(), MediatorsReport()),
    matter_links=matter_links,
    navigation=(
        Link(words="Mediation", href="/mediation", kind="first-page"),
        Link(words="Indicators", href="/indicators", kind="indicators"),
    ),
    pages=make_pages,
    commands=(agenda_command, mediation_commands, indicators_command),
    indicators=told_at_the_api,
)
