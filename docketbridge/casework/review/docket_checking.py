"""That a person saw the whole docket of a case: a decision that closes the gaps in the watch until then."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.domain.decisions import DecisionKind
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.watching import end_of_day
from docketbridge.errors import UsageError


def check_docket(desk: Desk, matter: str, hand: Hand, *, through: datetime) -> MatterFile:
    """Keep that the docket was seen whole through a time, the court's where it has no offset; the matter as it stands then.

    Raises UsageError for a time that has not come.
    """
    file = desk.matter_file(matter)
    local = through if through.tzinfo else through.replace(tzinfo=ZoneInfo(file.court.timezone))
    until = local.astimezone(UTC)
    end = end_of_day(desk.today, file.court.timezone)
    now = end if desk.fixed_day else min(end, datetime.now(tz=UTC))
    if until > now:
        raise UsageError(f"{through:%Y-%m-%d %H:%M} has not come yet; a docket is seen up to now at most")
    desk.decide(file, hand.decision(DecisionKind.DOCKET_CHECKED, matter_id=file.matter.id, until=until))
    return desk.matter_file(file.matter.id)
