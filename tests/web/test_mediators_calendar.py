"""A mediator's calendar holds the matters that are the mediator's: not one declined, and one taken over from another."""

from __future__ import annotations

from datetime import UTC, datetime

from docketbridge.casework.rights import Acting, Role
from docketbridge.web.site import shared_desk

MATTER, RUTH, EMEKA = "zzb-26-10047-1", "ruth-e-calloway-finch", "emeka-j-thornbury"


def test_a_mediator_s_calendar_goes_by_who_took_the_matter_and_not_by_the_docket_alone(own_site):
    desk, client = shared_desk(own_site), own_site.test_client()
    matter = desk.matter_file(MATTER).matter.id
    issued = {
        name: desk.issue_calendar_token(scope=f"mediator:{name}", person=name, now=datetime.now(tz=UTC)) for name in (RUTH, EMEKA)
    }

    def told_of(name: str) -> int:
        text = client.get(f"/calendars/{issued[name].secret}.ics").text
        events = text.split("BEGIN:VEVENT")[1:]
        return sum("26-10047" in each and "STATUS:CANCELLED" not in each for each in events)

    assert told_of(RUTH) > 3
    assert told_of(EMEKA) == 0
    desk.mediation.assign(MATTER, Acting(role=Role.MEDIATOR, id=RUTH), accepted=False)
    assert matter not in desk.matter_ids(f"mediator:{RUTH}")
    assert told_of(RUTH) == 0
    desk.mediation.assign(MATTER, Acting(role=Role.MEDIATOR, id=EMEKA), accepted=True)
    assert matter in desk.matter_ids(f"mediator:{EMEKA}")
    assert told_of(EMEKA) > 3
