"""The mediator's plugin: today the process-only conference agenda; readiness, portal record and aids have their rooms here."""

from __future__ import annotations

from docketbridge.api import Plugin

from .agenda import Agenda

plugin = Plugin(name="mediator", title="Conference agendas for mediators and chambers", papers=(Agenda(),))
