"""What comes in from outside: feeds of a court's CM/ECF, each read by a module of its own."""

from __future__ import annotations

from types import MappingProxyType

from docketbridge.api import Plugin

from . import cmecf_notice, cmecf_rss, docket_history, docket_report

plugin = Plugin(
    name="connectors",
    title="Connectors",
    parsers=MappingProxyType(
        {
            cmecf_rss.FORMAT: cmecf_rss,
            docket_report.FORMAT: docket_report,
            docket_history.FORMAT: docket_history,
            cmecf_notice.FORMAT: cmecf_notice,
        }
    ),
)
