"""Recording what an export told of plan payments: new, amended and gone movements, plans, positions; twice is once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.payments.payment_facts import Receipt
from docketbridge.domain.payments.plan_schedule import PlanStep
from docketbridge.ledger.bulk import digest_of
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.payments.payment_spool import ToldOfCase
from docketbridge.ledger.tables.payment_rows import PaymentCaseRow, PaymentFileRow, PaymentReceiptRow, PaymentTellingRow

_ONE_DAY = timedelta(days=1)
_SAID = ("day", "cents", "movement", "reference", "reverses", "payer", "channel")
_READ = ("id", "case_number", "key", "as_of", "gone", *_SAID)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """One export that was taken in; `covers_from` is the day from which its receipts are whole."""

    id: int
    court: str
    name: str
    trustee: str | None
    as_of: date
    covers_from: date | None
    taken_at: datetime
    counts: Mapping[str, int]


def file_kept(session: Session, *, court: str | None, digest: str, as_of: date) -> PaymentFile | None:
    """The export of these bytes for this day, if it was taken in before; without a court, the only one it was taken in for."""
    chosen = select(PaymentFileRow).where(PaymentFileRow.digest == digest, PaymentFileRow.as_of == as_of)
    if court is not None:
        chosen = chosen.where(PaymentFileRow.court == court)
    rows = session.scalars(chosen).all()
    return _file(rows[0]) if len(rows) == 1 else None


def keep_file(
    session: Session,
    *,
    court: str,
    digest: str,
    name: str,
    format_name: str,
    trustee: str | None,
    as_of: date,
    covers_from: date | None,
    taken_at: datetime,
) -> int:
    """Keep that an export was taken in; its number."""
    row = PaymentFileRow(
        court=court,
        digest=digest,
        name=name,
        format=format_name,
        trustee=trustee,
        as_of=as_of,
        covers_from=covers_from,
        taken_at=taken_at,
        counts={},
    )
    session.add(row)
    session.flush()
    return row.id


def keep_counts(session: Session, file: int, counts: Mapping[str, int]) -> None:
    """Note at the end of an import what it did."""
    session.execute(update(PaymentFileRow).where(PaymentFileRow.id == file).values(counts=dict(counts)))


def files_kept(session: Session, *, most: int = 20) -> tuple[PaymentFile, ...]:
    """The newest exports, by the day they speak for."""
    rows = session.scalars(select(PaymentFileRow).order_by(PaymentFileRow.as_of.desc(), PaymentFileRow.id.desc()).limit(most))
    return tuple(_file(row) for row in rows)


def _file(row: PaymentFileRow) -> PaymentFile:
    return PaymentFile(
        id=row.id,
        court=row.court,
        name=row.name,
        trustee=row.trustee,
        as_of=row.as_of,
        covers_from=row.covers_from,
        taken_at=row.taken_at,
        counts=row.counts,
    )


@dataclass(slots=True, kw_only=True)
class PaymentRecorder:
    """Records one export, some cases at a time.

    `whole_from` is the day from which it says to list every receipt: what it then no longer lists is gone. None: it does not
    say, and nothing is ever gone by it. `spans_from` is the day from which its receipts count as whole.
    """

    session: Session
    court: str
    file: int
    as_of: date
    whole_from: date | None
    spans_from: date
    tells_receipts: bool
    counts: Counter[str] = field(default_factory=Counter)

    def record(self, cases: Sequence[ToldOfCase]) -> None:
        """Record what the export tells of some cases."""
        numbers = [each.case_number for each in cases]
        known = self._known_receipts(numbers)
        tellings = self._known_tellings(numbers)
        kept = {
            row.case_number: row
            for row in self.session.scalars(
                select(PaymentCaseRow).where(PaymentCaseRow.court == self.court, PaymentCaseRow.case_number.in_(numbers))
            )
        }
        receipts: list[Row] = []
        told: list[Row] = []
        for case in cases:
            declared = kept[case.case_number].declared if case.case_number in kept else []
            receipts += self._receipts(case, known.get(case.case_number, {}), declared)
            told += self._tellings(case, tellings)
            self._case(case, kept.get(case.case_number))
        if receipts:
            self.session.execute(insert(PaymentReceiptRow), receipts)
        if told:
            self.session.execute(insert(PaymentTellingRow), told)
        self.session.flush()
        self.session.expunge_all()

    def _known_receipts(self, numbers: Sequence[str]) -> dict[str, dict[str, Row]]:
        """The telling that stands of every movement known, by case and key."""
        table = PaymentReceiptRow
        rows = self.session.execute(
            select(*(getattr(table, name) for name in _READ))
            .where(table.court == self.court, table.case_number.in_(numbers))
            .order_by(table.as_of, table.id)
        )
        known: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            known[row.case_number][row.key] = dict(zip(_READ, row, strict=True))
        return known

    def _known_tellings(self, numbers: Sequence[str]) -> dict[tuple[str, str], tuple[date, str]]:
        """The day and digest of what stands of each case's plan and position."""
        table = PaymentTellingRow
        rows = self.session.execute(
            select(table.case_number, table.about, table.as_of, table.digest)
            .where(table.court == self.court, table.case_number.in_(numbers))
            .order_by(table.as_of, table.id)
        )
        return {(row.case_number, row.about): (row.as_of, row.digest) for row in rows}

    def _receipts(self, case: ToldOfCase, known: Mapping[str, Row], declared: Sequence[Sequence[str]]) -> list[Row]:
        rows = []
        told = keyed(case.receipts)
        for key, receipt in told.items():
            said, last = _said(receipt), known.get(key)
            if last is None:
                self.counts["new"] += 1
                rows.append(self._row(case, key, said, self.as_of))
                left_out = self._left_out(receipt.day, declared)
                if left_out is not None:
                    # A later export that had to list it does not: it came and went before we heard of it.
                    rows.append(self._row(case, key, said, left_out, gone=True))
            elif not last["gone"] and all(last[name] == said[name] for name in _SAID):
                self.counts["seen again"] += 1
            elif last["as_of"] <= self.as_of:
                self.counts["amended"] += 1
                rows.append(self._row(case, key, said, self.as_of))
            else:
                self.counts["older"] += 1
        if self.tells_receipts and self.whole_from is not None:
            for key, last in known.items():
                listed = self.whole_from <= last["day"] <= self.as_of and last["as_of"] <= self.as_of
                if key not in told and not last["gone"] and listed and not case.problems:
                    self.counts["gone"] += 1
                    said = {name: last[name] for name in _SAID}
                    rows.append(self._row(case, key, said, self.as_of, gone=True))
        return rows

    def _left_out(self, day: date, declared: Iterable[Sequence[str]]) -> date | None:
        """The day of a later export that had to list a movement of this day, if one was taken in before this one."""
        days = [date.fromisoformat(last) for first, last in declared if date.fromisoformat(first) <= day]
        return max((last for last in days if last > self.as_of and day <= last), default=None)

    def _row(self, case: ToldOfCase, key: str, said: Row, as_of: date, *, gone: bool = False) -> Row:
        where = {"court": self.court, "case_number": case.case_number, "key": key, "file": self.file}
        return {**where, "as_of": as_of, "gone": gone, **said}

    def _tellings(self, case: ToldOfCase, known: Mapping[tuple[str, str], tuple[date, str]]) -> list[Row]:
        rows = []
        for about, body in (("plan", _plan(case)), ("position", to_json(case.position) if case.position else None)):
            if body is None:
                continue
            digest = digest_of(body)
            last = known.get((case.case_number, about))
            if last is not None and (last[1] == digest or last[0] > self.as_of):
                continue
            self.counts["plans" if about == "plan" else "positions"] += 1
            where = {"court": self.court, "case_number": case.case_number, "about": about, "file": self.file}
            rows.append({**where, "as_of": self.as_of, "digest": digest, "body": body})
        return rows

    def _case(self, case: ToldOfCase, kept: PaymentCaseRow | None) -> None:
        """Bring up to date how far a case was told."""
        unsure = _unsure(case)
        spans = merge_spans([*(kept.spans if kept else []), *([self._span()] if self.tells_receipts else [])])
        as_of = kept.as_of if kept else None
        if self.tells_receipts and (as_of is None or as_of <= self.as_of):
            as_of = self.as_of
        elif kept is not None and as_of != self.as_of:
            unsure = kept.unsure
        declared = kept.declared if kept else []
        if self.tells_receipts and self.whole_from is not None:
            declared = undominated([*declared, [self.whole_from.isoformat(), self.as_of.isoformat()]])
        told = self.as_of if case.position is not None else None
        positioned = max((day for day in (told, kept.position_as_of if kept else None) if day), default=None)
        if kept is None:
            kept = PaymentCaseRow(court=self.court, case_number=case.case_number, printed=case.printed)
            self.session.add(kept)
        kept.as_of, kept.position_as_of, kept.spans, kept.declared, kept.unsure = as_of, positioned, spans, declared, unsure

    def _span(self) -> list[str]:
        return [self.spans_from.isoformat(), self.as_of.isoformat()]


def keyed(receipts: Iterable[Receipt]) -> dict[str, Receipt]:
    """Each movement under what names it within its case: the trustee's own number, else all it says, and a count of its likes."""
    counts: Counter[str] = Counter()
    named: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda each: (each.day, each.amount, each.movement, each.payer, each.reference or "")):
        if receipt.reference:
            base = f"ref:{receipt.reference[:100]}:{receipt.movement.value}"
        else:
            base = f"day:{receipt.day}:{receipt.amount}:{receipt.movement.value}:{receipt.payer[:40]}"
        counts[base] += 1
        named[f"{base}:{counts[base]}"] = receipt
    return named


def merge_spans(spans: Iterable[Sequence[str]]) -> list[list[str]]:
    """Spans of days (ISO text, both ends in) joined where they touch, in order."""
    merged: list[list[date]] = []
    for first, last in sorted((date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans):
        if merged and first <= merged[-1][1] + _ONE_DAY:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return [[first.isoformat(), last.isoformat()] for first, last in merged]


def undominated(spans: Iterable[Sequence[str]]) -> list[list[str]]:
    """Spans of days (ISO text) less those that lie within another, in order."""
    different = sorted({(first, last) for first, last in spans})
    return [
        [first, last]
        for first, last in different
        if not any(other != (first, last) and other[0] <= first and last <= other[1] for other in different)
    ]


def _said(receipt: Receipt) -> Row:
    return {
        "day": receipt.day,
        "cents": int(receipt.amount.scaleb(2)),
        "movement": receipt.movement.value,
        "reference": receipt.reference,
        "reverses": receipt.reverses,
        "payer": receipt.payer,
        "channel": receipt.channel,
    }


def _plan(case: ToldOfCase) -> Row | None:
    if not case.steps and not case.suspensions:
        return None
    steps = sorted(case.steps, key=lambda step: (step.plan, step.payer, step.first_due, step.number))
    return {"steps": to_json(steps), "suspensions": to_json(sorted(case.suspensions, key=lambda each: (each.first, each.last)))}


def _unsure(case: ToldOfCase) -> str | None:
    if case.problems:
        more = f" and {len(case.problems) - 1} more" if len(case.problems) > 1 else ""
        return f"the newest export tells the case in part only ({case.problems[0]}{more})"
    if _told_twice(case.steps):
        return "the newest export tells one plan step in two ways"
    return None


def _told_twice(steps: Iterable[PlanStep]) -> bool:
    places = [(step.plan, step.payer, step.first_due, step.number) for step in steps]
    return len(places) != len(set(places))
