"""The mediator's report to the court: sessions held, who came, whether more would help; process only, by its argument's type.

It is no joint status report, and neither is a portal's account history that one side files (LMP VII.C).
"""

from __future__ import annotations

from collections.abc import Mapping

from docketbridge.api import (
    Agreed,
    Block,
    Document,
    Heading,
    MatterFile,
    Paragraph,
    Run,
    SessionRecord,
    Signature,
    Table,
)

from .wording import SIDES, caption_of, day, dollars, undertaking

FOOTER = "Process only: settlement communications are not in this report (FRE 408). Not a joint status report (LMP VII.C)."


class MediatorsReport:
    """The report as a paper of the site: it takes a matter file, which has no field for what FRE 408 protects."""

    name = "mediators-report"
    title = "Mediator’s report"

    def applies_to(self, file: MatterFile) -> bool:
        """Where a mediator is named or a session is on record."""
        return file.mediator is not None or bool(file.sessions)

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:  # noqa: ARG002 - the record tells all
        """Draft the report from the sessions on record."""
        return mediators_report(file)


def mediators_report(file: MatterFile) -> Document:
    """Draft the report of a matter's mediator from the sessions on record."""
    blocks: list[Block] = [_opening(file), Heading(text="Sessions"), *_sessions(file)]
    last = next((each for each in reversed(file.sessions) if each.held), None)
    if last is not None:
        blocks += [Heading(text="Outcome"), *_outcome(last)]
    if any(record.fees for record in file.sessions):
        blocks += [Heading(text="Mediator’s fees"), _fees(file)]
    name = file.mediator.name if file.mediator is not None else "Mediator"
    blocks.append(Signature(lines=(name, "Mediator"), lead="Respectfully submitted,"))
    return Document(
        title="Mediator’s Report", caption=caption_of(file), blocks=tuple(blocks), footer=FOOTER, drafted_on=file.today
    )


def _opening(file: MatterFile) -> Paragraph:
    creditor = file.matter.creditor or "the creditor"
    text = f"The mediator reports on loss mitigation between the debtor and {creditor}"
    if file.posture.order_label is not None:
        text += f", ordered on {day(file.posture.ordered_on)} ({file.posture.order_label})"
    if file.posture.dates.lm_end is not None:
        text += f"; the period ends {day(file.posture.dates.lm_end)}"
    return Paragraph(runs=(Run(text=f"{text}."),))


def _sessions(file: MatterFile) -> list[Block]:
    if not file.sessions:
        return [Paragraph(runs=(Run(text="No session is on record."),))]
    rows = tuple(
        (
            (Run(text=f"{day(each.start.date())}, {each.start:%H:%M}"),),
            (Run(text="held" if each.held else "not held"),),
            (Run(text=_who(each)),),
        )
        for each in file.sessions
    )
    return [Table(header=("Session", "Held", "Present, with settlement authority where marked *"), rows=rows)]


def _who(record: SessionRecord) -> str:
    came = [f"{each.name} ({SIDES[each.side]}){'*' if each.authority else ''}" for each in record.attendance if each.came]
    absent = [f"{each.name} ({SIDES[each.side]})" for each in record.attendance if not each.came]
    told = ", ".join(came) or "nobody"
    return f"{told}; not present: {', '.join(absent)}" if absent else told


def _fees(file: MatterFile) -> Table:
    """The fees of each side, session by session: owed and paid, which is process."""
    rows = tuple(
        (
            (Run(text=day(record.start.date())),),
            (Run(text=SIDES[fee.owner].capitalize()),),
            (Run(text=dollars(fee.cents)),),
            (Run(text=f"paid {day(fee.paid)}" if fee.paid else "not paid"),),
        )
        for record in file.sessions
        for fee in record.fees
    )
    return Table(header=("Session", "Side", "Fee", "Paid"), rows=rows)


def _outcome(record: SessionRecord) -> list[Block]:
    answers = [
        ("A resolution was reached", record.resolution_reached),
        ("Further sessions are likely to be useful", record.more_sessions_likely_useful),
    ]
    told = ". ".join(f"{words}: {'yes' if answer else 'no'}" for words, answer in answers if answer is not None)
    blocks: list[Block] = [Paragraph(runs=(Run(text=f"{told}." if told else "No outcome was noted."),))]
    left = [each for each in record.agreed if each.done is None]
    if left:
        words = "; ".join(_left(each) for each in left)
        blocks.append(Paragraph(runs=(Run(text=f"Still to be done: {words}."),)))
    if record.next is not None:
        blocks.append(Paragraph(runs=(Run(text=f"Next session: {day(record.next.start.date())} at {record.next.start:%H:%M}."),)))
    return blocks


def _left(agreed: Agreed) -> str:
    by = f" by {day(agreed.due)}" if agreed.due else ""
    return f"{SIDES[agreed.owner]}: {undertaking(agreed)}{by}"
