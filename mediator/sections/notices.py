"""What asks for care in the talk: a debtor who serves in the military, and a portal's history filed in place of a report."""

from __future__ import annotations

from docketbridge.api import EventKind, MatterFile, is_account_history
from mediator.servicemember import CITE, Service, servicemember
from mediator.wording import entry, first_cite, short_day

from .section import Item, Section

MINUTES = 2
HISTORY = "A portal’s account history was filed: it is no joint status report (LMP VII.C)"


def notices(file: MatterFile) -> Section:
    """What to bear in mind; nothing where no debtor serves and no history was filed."""
    items = list(histories(file))
    told = servicemember(file)
    if told is not None and told.service is not Service.DOES_NOT:
        words, day = f"{told.words} (tells: {told.source})", told.told
        items.append(Item(words=words, who="creditor", since=short_day(day), source=first_cite(CITE), minutes=MINUTES, day=day))
    return Section(title="To note", items=tuple(items), when="Told")


def histories(file: MatterFile) -> tuple[Item, ...]:
    """The account histories that a side filed since the order, unless a joint report came after them (LMP VII.C)."""
    since = file.posture.ordered_on
    found: list[Item] = []
    for each in file.entries:
        day = each.entry.day
        if day is None or each.reach == "other matter" or (since is not None and day < since):
            continue
        if is_account_history(each.entry.text or ""):
            source = entry(each.entry.label, day)
            by = each.detection.attributes.filer_role or ""
            found.append(Item(words=HISTORY, who=by, since=short_day(day), source=source, minutes=MINUTES, day=day))
        elif EventKind.LM_STATUS_REPORT in each.detection.kinds and each.detection.attributes.joint is True:
            found.clear()
    return tuple(found)
