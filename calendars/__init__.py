"""iCalendar out: calendars of matters for judges, mediators, trustees and clerks, and a lint for any calendar file."""

from __future__ import annotations

from docketbridge.api import Plugin

from .commands import calendar_commands
from .pages import make_pages, matter_links
from .token_commands import token_commands

calendar_commands.add_command(token_commands)

plugin = Plugin(
    name="calendars",
    title="Calendars",
    commands=(calendar_commands,),
    matter_links=matter_links,
    pages=make_pages,
)
