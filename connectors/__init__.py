"""What comes in from outside: feeds of a court's CM/ECF, each read by a module of its own."""

from __future__ import annotations

from types import MappingProxyType

from docketbridge.api import Plugin

from . import cmecf_notice, cmecf_rss, docket_history, docket_report, portal_history, trustee_csv
from .from_folder import FromFolder
from .from_mailbox import FromMailbox
from .ndc_commands import ndc_group
from .over_http import OverHttp

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
    commands=(ndc_group,),
    payment_readers=MappingProxyType({trustee_csv.FORMAT: trustee_csv}),
    transports=MappingProxyType({"http": OverHttp(), "folder": FromFolder(), "mailbox": FromMailbox()}),
    portal_readers=MappingProxyType({portal_history.FORMAT: portal_history}),
)
