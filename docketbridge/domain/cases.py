"""Case numbers as bankruptcy courts print them, and the key by which a case is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from docketbridge.errors import CaseNumberError

_NUMBER = re.compile(
    r"""^\s*
    (?P<printed>
        (?:(?P<office>\d):?-?(?=\d{2}-))?          # 2:09-bk-14742, 1-10-41176
        (?P<year>\d{2})-
        (?:(?P<type>bk|ap|mp)-)?
        (?P<serial>\d{4,6})
    )
    (?:-(?P<judge>[A-Za-z]{1,4}(?=\d{0,2}\b)))?     # 17-36337-cgm, 4:08-bk-17962-JMM
    -?(?P<chapter>7|9|1[1235])?                    # 26-32138-mvl13, 14-80555-JJG-13, 26-70730-13
    -?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """A case number in its parts; `printed` is what people read, less judge initials and chapter suffix."""

    printed: str
    office: str | None
    year: int
    serial: int
    case_type: str | None
    judge_initials: str | None
    chapter: str | None

    @property
    def key(self) -> str:
        """The number without office, zero padding or spelling: `26-10123`; `ap` and `mp` numbers keep their type."""
        kind = "" if self.case_type in (None, "bk") else f"{self.case_type}-"
        return f"{self.year:02d}-{kind}{self.serial:05d}"


@lru_cache(maxsize=65_536)
def parse_case_number(text: str) -> CaseNumber:
    """Read a case number in any court's spelling.

    Raises CaseNumberError when the text is none.
    """
    found = _NUMBER.match(text)
    if found is None:
        raise CaseNumberError(f"no bankruptcy case number: {text[:60]!r}")
    kind = found["type"]
    return CaseNumber(
        printed=found["printed"],
        office=found["office"],
        year=int(found["year"]),
        serial=int(found["serial"]),
        case_type=kind.lower() if kind else None,
        judge_initials=found["judge"],
        chapter=found["chapter"],
    )


class CaseKey(NamedTuple):
    """How the ledger knows a case: by court and number, never by title, judge or chapter.

    A tuple, for bulk intake looks it up some thirty times an entry.
    """

    court: str
    number: str

    def __str__(self) -> str:
        """`zzb-26-10123`, as people write it."""
        return f"{self.court}-{self.number}"
