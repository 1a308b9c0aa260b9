"""Chambers' packet of a day at the site: the calendar and the memo of each matter that a judge hears, as a page and for Word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol, cast

from flask import Blueprint, Response, g, render_template, request

from docketbridge.api import Acting, Action, MatterFile, Paper, UsageError, needs

from .docx_writer import DocxWriter
from .packet import packet_of

ADDRESS = "/chambers/packet"


class Chambers(Protocol):
    """What the core knows of a judge's day."""

    def next_court_day(self, judge: str | None) -> date:
        """The next day on which a court of this judge's matters is open."""
        ...

    def called(self, day: date, *, judge: str) -> tuple[str, ...]:
        """The ids of the matters that a judge hears on a day."""
        ...


class PageDesk(Protocol):
    """What the pages work at."""

    @property
    def chambers(self) -> Chambers:
        """Where chambers see their day."""
        ...

    def refresh(self) -> int:
        """Bring every matter to the desk's day."""
        ...

    def matter_file(self, matter: str) -> MatterFile:
        """The file of one matter, by id or number."""
        ...


def make_pages(memo: Paper) -> Blueprint:
    """Make the pages; `memo` is the paper that a packet holds of each matter."""
    pages = Blueprint("forms", __name__, template_folder="templates")

    @pages.get(ADDRESS)
    @needs(Action.SEE_CHAMBERS)
    def packet() -> str:
        """The packet of a day, `?day=`, of a judge, `?judge=`; without them of the next court day and of whoever asks."""
        judge, day = _asked()
        files = tuple(_called(judge, day))
        documents = packet_of(files, memo, judge=judge, day=day) if files else ()
        return render_template("packet.html", documents=documents, judge=judge, day=day, address=f"{ADDRESS}.docx")

    @pages.get(f"{ADDRESS}.docx")
    @needs(Action.SEE_CHAMBERS)
    def packet_for_word() -> Response:
        """The packet as one file for Word. Raises UsageError when the judge hears no matter that day."""
        judge, day = _asked()
        writer = DocxWriter()
        content = writer.write_together(packet_of(_called(judge, day), memo, judge=judge, day=day))
        headers = {"Content-Disposition": f'attachment; filename="packet-{judge}-{day.isoformat()}.docx"'}
        return Response(content, mimetype=writer.media_type, headers=headers)

    return pages


def _asked() -> tuple[str, date]:
    acting = cast("Acting", g.acting)
    judge = request.args.get("judge", "").strip().lower() or acting.id
    if not judge.isalnum() or len(judge) > 8:
        raise UsageError("judge: write a judge's initials")
    told = request.args.get("day", "").strip()
    if not told:
        return judge, _desk().chambers.next_court_day(judge)
    try:
        return judge, date.fromisoformat(told)
    except ValueError as fault:
        raise UsageError(f"day: {told[:20]!r} is no date such as 2026-09-02") from fault


def _called(judge: str, day: date) -> Iterator[MatterFile]:
    desk = _desk()
    desk.refresh()
    for matter in desk.chambers.called(day, judge=judge):
        yield desk.matter_file(matter)


def _desk() -> PageDesk:
    return cast("PageDesk", g.desk)
