"""The sample court's dockets as values: cases, parties and entries, read from the TOML files a person writes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Table = Mapping[str, Any]

HERE = Path(__file__).parent
LINK = re.compile("\u2039(\\d+)\u203a")
"""How a rendered text marks the number of another document of the case; each format makes its own link of it."""

_WORD = re.compile(r"\{([a-z_0-9]+)\}")
_QUOTED = re.compile(r"\{(re|doc):([0-9, ]+)\}")


class SampleCourtError(Exception):
    """A docket file of the sample court is wrong; names the file and the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An attorney, trustee or mediator: as printed, as CM/ECF sorts them, and the lines under the name."""

    name: str
    sorted_name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of a case; `lines` hold address and identification lines as a docket report prints them."""

    type: str
    name: str
    lines: tuple[str, ...]
    alias: tuple[str, ...]
    counsel: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The text that a clerk put in place of an entry's first one, and when (court time)."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One docket entry. `at` is court time; `number` is None for a virtual entry, `doc` for a claims-register paper.

    `means` is the kind of event a careful reader gives it, `unsure` the kinds between which only a person can decide.
    """

    at: datetime
    filed: date
    number: int | str | None
    sequence: int
    events: tuple[str, ...]
    text: str
    by: str
    attachments: tuple[str, ...]
    means: str
    unsure: tuple[str, ...]
    sealed: bool
    notice: str | None
    corrected: Correction | None

    def text_on(self, when: datetime) -> str:
        """The docket text as it stood at a moment."""
        return self.corrected.text if self.corrected and self.corrected.at <= when else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case with its whole docket, oldest entry first; `dates` are lines of the header that appear on their day."""

    number: str
    name: str
    case_type: str
    case_id: int
    chapter: str
    judge: str
    judge_initials: str
    trustee: Person | None
    flags: tuple[tuple[str, date], ...]
    dates: tuple[tuple[str, date], ...]
    lead_case: tuple[str, int, str, str] | None
    nature: tuple[str, str] | None
    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    reports: tuple[datetime, ...]
    file: str

    @property
    def docket_number(self) -> str:
        """The number as CM/ECF prints it, with the judge's initials."""
        return f"{self.number}-{self.judge_initials}"

    def entry(self, number: int) -> Entry:
        """The entry of this document number."""
        return next(each for each in self.entries if each.number == number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """The court's own table: host, names, zone, and when its feed was taken."""

    id: str
    host: str
    district: str
    seat: str
    office: str
    zone: ZoneInfo
    document_prefix: str
    demo_day: date
    feed_days: int
    feed_built: tuple[datetime, ...]

    def local(self, when: datetime) -> datetime:
        """A court time of the data files with its zone."""
        return when.replace(tzinfo=self.zone)

    def document_id(self, case: Case, entry: Entry, attachment: int = 0) -> str:
        """The PACER document id: prefix, 1 where the document has attachments, case, sequence, attachment."""
        parts = "1" if entry.attachments else "0"
        return f"{self.document_prefix}{parts}{case.case_id % 1000:03d}{entry.sequence:04d}{attachment}"


def numeric(day: date) -> str:
    """`7/27/2026`, as CM/ECF writes dates into its texts."""
    return f"{day.month}/{day.day}/{day.year}"


def _spoken(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{numeric(value)} at {value:%I:%M %p}"
    return numeric(value) if isinstance(value, date) else str(value)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_court(folder: Path = HERE) -> Court:
    """Read the court's table."""
    table = _toml(folder / "court.toml")
    court, feed = table["court"], table["feed"]
    zone = ZoneInfo(court["timezone"])
    return Court(
        id=court["id"],
        host=court["host"],
        district=court["district"],
        seat=court["seat"],
        office=court["office"],
        zone=zone,
        document_prefix=court["document_prefix"],
        demo_day=court["demo_day"],
        feed_days=feed["days"],
        feed_built=tuple(each.replace(tzinfo=zone) for each in feed["built"]),
    )


def read_cases(folder: Path = HERE) -> tuple[Case, ...]:
    """Read every docket of the court, by case number."""
    court, shared, wording = read_court(folder), _toml(folder / "court.toml"), _toml(folder / "wording.toml")
    people = {
        key: Person(name=each["name"], sorted_name=each["sorted"], lines=tuple(each["lines"]))
        for key, each in shared["people"].items()
    }
    files = sorted((folder / "dockets").glob("*.toml"))
    return tuple(_Reader(path.name, _toml(path), court, shared, wording, people).case() for path in files)


class _Reader:
    """Reads one docket file; the words that its texts may use are gathered first."""

    def __init__(
        self, file: str, table: Table, court: Court, shared: Table, wording: Table, people: Mapping[str, Person]
    ) -> None:
        self.file, self.table, self.court, self.wording, self.people = file, table, court, wording, people
        self.head: Table = table["case"]
        self.judge = str(shared["judges"][self.head["judge"]])
        debtors = [f"{each['type']} {each['name']}" for each in table.get("party", ()) if each["type"].endswith("Debtor")]
        lawyer = next((each["counsel"] for each in table.get("party", ()) if "counsel" in each), "")
        trustee = self._person(self.head.get("trustee"))
        opening = {key: value for key, value in table.get("opening", {}).items() if key != "at"}
        self.words: dict[str, Any] = {
            "debtors": ", ".join(debtors),
            "lawyer": self._sign(self.head.get("filed_by", lawyer)),
            "judge": self.judge,
            "trustee": trustee.name if trustee else "",
            "number": self.head["number"],
            "case_id": self.head["case_id"],
            **opening,
            **table.get("words", {}),
        }

    def _person(self, key: str | None) -> Person | None:
        return self.people[key] if key else None

    def _sign(self, key: str) -> str:
        known = self.people.get(key)
        if known is None:
            return key
        return re.sub(r" \w\.$", "", known.sorted_name)

    def case(self) -> Case:
        """The case with all its entries in docketing order."""
        rows = sorted((*self._opening(), *self.table.get("entry", ())), key=lambda each: each["at"])
        quotable = {row["number"]: self._quotation(row) for row in rows if isinstance(row.get("number"), int)}
        entries, sequence = [], 0
        for row in rows:
            sequence += 2 + ("number" in row) + len(row.get("attachments", ()))
            entries.append(self._entry(row, sequence, quotable))
        head, lead = self.head, self.table.get("lead")
        return Case(
            number=head["number"],
            name=head["name"],
            case_type=head.get("type", "bk"),
            case_id=head["case_id"],
            chapter=str(head.get("chapter", "")),
            judge=self.judge,
            judge_initials=head["judge"],
            trustee=self._person(head.get("trustee")),
            flags=tuple((each["flag"], each["since"]) for each in head.get("flags", ())),
            dates=tuple((each["label"], each["day"]) for each in head.get("dates", ())),
            lead_case=(lead["number"], lead["case_id"], lead["name"], str(lead["chapter"])) if lead else None,
            nature=(head["nature"][0], head["nature"][1]) if "nature" in head else None,
            parties=tuple(self._party(each) for each in self.table.get("party", ())),
            entries=tuple(entries),
            reports=tuple(self.court.local(each) for each in self.table.get("reports", ())),
            file=self.file,
        )

    def _opening(self) -> list[dict[str, Any]]:
        opening = self.table.get("opening")
        if opening is None:
            return []
        first: datetime = opening["at"]
        rows = []
        for template in self.wording["opening"][str(self.head["chapter"])]:
            row = {key: value for key, value in template.items() if key not in ("minutes", "day", "clock", "filed_day")}
            if "minutes" in template:
                row["at"] = first + timedelta(minutes=template["minutes"], seconds=13 * template["minutes"])
            else:
                clock: time = template["clock"]
                row["at"] = datetime.combine(first.date() + timedelta(days=template["day"]), clock)
            if "filed_day" in template:
                row["filed"] = first.date() + timedelta(days=template["filed_day"])
            rows.append(row | opening.get("changes", {}).get(template["use"], {}))
        return rows

    def _settled(self, row: Table) -> dict[str, Any]:
        """A row joined with its wording, its texts still unfilled."""
        known = self.wording.get(row["use"], {}) if "use" in row else {}
        if "use" in row and not known:
            raise SampleCourtError(f"{self.file}: no wording {row['use']!r}")
        return {**known, **row}

    def _quotation(self, row: Table) -> str:
        """What other entries print after this one's number: its title and who filed it."""
        joined = self._settled(row)
        event = joined["event"] if isinstance(joined["event"], str) else joined["event"][0]
        title = joined.get("title", event)
        filer = self._filled(joined.get("filer", ""), joined)
        return f"{title} filed by {filer}" if filer else str(title)

    def _filled(self, text: str, row: Table) -> str:
        signer = self.people.get(row.get("by", ""))
        own = {
            "filed": row.get("filed", row["at"].date()),
            "signer": signer.name if signer else "",
            **{key: value for key, value in row.items() if key not in ("text", "filer")},
        }
        if row.get("filer"):
            own["filer"] = self._filled(row["filer"], {**row, "filer": ""})

        def word(found: re.Match[str]) -> str:
            if found[1] not in own and found[1] not in self.words:
                raise SampleCourtError(f"{self.file}, entry at {row['at']}: nothing is called {found[1]!r}")
            return _spoken(own.get(found[1], self.words.get(found[1])))

        return _WORD.sub(word, _WORD.sub(word, text))

    def _text(self, text: str, row: Table, quotable: Mapping[int, str]) -> str:
        def quoted(found: re.Match[str]) -> str:
            numbers = [int(each) for each in found[2].split(",")]
            if missing := [each for each in numbers if each not in quotable]:
                raise SampleCourtError(f"{self.file}, entry at {row['at']}: no document {missing[0]}")
            if found[1] == "doc":
                return ", ".join(f"\u2039{each}\u203a" for each in numbers)
            related = ", ".join(f"\u2039{each}\u203a {quotable[each]}" for each in numbers)
            return f"(RE: related document(s) {related})"

        return _QUOTED.sub(quoted, self._filled(text, row))

    def _entry(self, row: Table, sequence: int, quotable: Mapping[int, str]) -> Entry:
        joined = self._settled(row)
        events = (joined["event"],) if isinstance(joined["event"], str) else tuple(joined["event"])
        at = self.court.local(joined["at"])
        corrected = joined.get("corrected")
        return Entry(
            at=at,
            filed=joined.get("filed", at.date()),
            number=joined.get("number"),
            sequence=sequence,
            events=events,
            text=self._text(joined["text"], joined, quotable),
            by=self._filled(self._sign(joined["by"]), joined),
            attachments=tuple(joined.get("attachments", ())),
            means=joined.get("means", "none"),
            unsure=tuple(joined.get("unsure", ())),
            sealed=joined.get("sealed", False),
            notice=joined.get("notice"),
            corrected=Correction(at=self.court.local(corrected["at"]), text=self._text(corrected["text"], joined, quotable))
            if corrected
            else None,
        )

    def _party(self, table: Table) -> Party:
        keys = [table["counsel"]] if "counsel" in table else []
        known = self.people.get(table.get("person", ""))
        return Party(
            type=table["type"],
            name=known.name if known else table["name"],
            lines=known.lines if known else tuple(table.get("lines", ())),
            alias=tuple(table.get("alias", ())),
            counsel=tuple(self.people[key] for key in keys),
        )
