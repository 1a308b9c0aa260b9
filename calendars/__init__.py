"""iCalendar out: calendars of matters for judges, mediators, trustees and clerks, and a lint for any calendar file."""

from __future__ import annotations

from docketbridge.api import Plugin

from .commands import calendar_commands

plugin = Plugin(name="calendars", title="Calendars", commands=(calendar_commands,))
