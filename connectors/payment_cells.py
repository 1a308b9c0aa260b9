"""Reads the cells of trustees' exports: amounts exact to the cent, days in many spellings, case numbers with or without zeros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from docketbridge.api import DocketbridgeError, parse_case_number

Cell: TypeAlias = str | int | float | datetime | date | None

CENT = Decimal("0.01")
_MOST = Decimal(10**9)
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+\u2212])?\s*(?:USD|US\$|\$)?\s*(?P<sign2>[-+\u2212])?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)?(?P<cents>\.\d*)?\s*(?P<after>-|CR|DR)?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ][\d:.+Z-]*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_SPREADSHEET_BEGAN = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 28_500, 73_050  # 1978-01-10 to 2099-12-31
_FIRST_YEAR, _LAST_YEAR = 1978, 2199
_PARTS = re.compile(r"(?:20)?(\d{1,2})-(?:bk-)?(\d{1,7})", re.IGNORECASE)
_DIGITS = re.compile(r"\d{5,9}")


class CellFault(DocketbridgeError):
    """A cell does not hold what its column should; the message says what it wants."""


def read_amount(cell: Cell) -> Decimal:
    """Read an amount in dollars: `1,234.50`, `$1,234.50`, `(20.00)`, `20.00-`, `-$20`, a spreadsheet's number.

    Raises CellFault for anything else; an amount that is no whole number of cents is refused, never rounded.
    """
    if isinstance(cell, bool | date | None):
        raise CellFault("is no amount")
    text = repr(cell) if isinstance(cell, float) else str(cell).strip()
    found = _AMOUNT.fullmatch(text)
    if found is None or not (found["digits"] or (found["cents"] or "").strip(".")) or bool(found["open"]) != bool(found["close"]):
        if isinstance(cell, float):
            return _of_float(cell)
        raise CellFault("is no amount; write 1,234.50, -20.00 or (20.00)")
    amount = Decimal((found["digits"] or "0").replace(",", "") + (found["cents"] or "").rstrip("."))
    if isinstance(cell, float):
        amount = _of_float(abs(cell))
    if amount != amount.quantize(CENT):
        raise CellFault("is no whole number of cents")
    if amount >= _MOST:
        raise CellFault("is more than any plan pays")
    minus = [
        each for each in (found["open"], found["sign"], found["sign2"], found["after"]) if each and each.upper() not in "+CR"
    ]
    if len(minus) > 1:
        raise CellFault("is negative twice over")
    return (-amount if minus else amount).quantize(CENT)


def _of_float(value: float) -> Decimal:
    """A spreadsheet's binary number as the cents it was typed as; a true fraction of a cent is refused."""
    try:
        exact = Decimal(repr(value))
        cents = exact.quantize(CENT)
    except InvalidOperation as fault:
        raise CellFault("is no amount") from fault
    if abs(exact - cents) > Decimal("0.000001"):
        raise CellFault("is no whole number of cents")
    return cents


def read_day(cell: Cell, formats: Sequence[str] = ()) -> date:
    """Read a day: a date cell, ISO, month/day/year, the formats a mapping names, or a spreadsheet's day number (45890).

    Raises CellFault for anything else and for years outside 1978-2199.
    """
    day = _day(cell, formats)
    if day is None:
        raise CellFault("is no date; write 2026-08-17 or 8/17/2026")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellFault(f"is no likely date ({day.year})")
    return day


def _day(cell: Cell, formats: Sequence[str]) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    for each in formats:
        try:
            return datetime.strptime(text, each).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    serial = _SERIAL.fullmatch(text)
    if serial is not None:
        number = int(serial[1])
        return _SPREADSHEET_BEGAN + timedelta(days=number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None
    iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
    try:
        if iso is not None:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if slashed is not None:
            year = int(slashed[3]) + (2000 if len(slashed[3]) == 2 else 0)
            return date(year, int(slashed[1]), int(slashed[2]))
    except ValueError:
        return None
    return None


def read_count(cell: Cell) -> int:
    """Read a small whole number (`36`, `36.0`). Raises CellFault."""
    text = str(cell).strip().removesuffix(".0")
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise CellFault("is no whole number")
    return int(text)


def read_case_number(cell: Cell) -> str:
    """Read a case number in a trustee's spelling as the number without office or padding: `26-10123`.

    Understood are a court's own spellings, the trustee's key before it (`PVD-2610123`), seven digits (`2610123`), numbers whose
    leading zeros a spreadsheet or a trustee's system ate (`910123`, `26-123`) or added (`26-0010123`, `00026-10123`), and
    years in full (`2026-10123`). Raises CellFault for what is none, or could be two.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip() if isinstance(cell, str | int) else ""
    number = _court_spelling(text)
    if number is None:
        before, _, rest = text.partition("-")
        own = rest if rest and not before[:1].isdigit() else text  # `PVD-2610123`: the trustee's id stands before it
        number = _court_spelling(own) or _loose(own)
    if number is None:
        raise CellFault("is no case number; write 26-10123 or 2610123")
    return number


def _court_spelling(text: str) -> str | None:
    try:
        return parse_case_number(text).key
    except DocketbridgeError:
        return None


def _loose(text: str) -> str | None:
    parts = _PARTS.fullmatch(re.sub(r"^0+(?=\d{2}-)", "", text))
    if parts is not None:
        serial = int(parts[2])
        return f"{int(parts[1]):02d}-{serial:05d}" if 0 < serial <= 99_999 else None
    if not _DIGITS.fullmatch(text):
        return None
    digits = text.lstrip("0") if len(text) > 7 else text
    if len(digits) == 9 and digits.startswith("20"):
        digits = digits[2:]
    if len(digits) > 7:
        return None  # an office digit before it, or a wider serial: two readings
    return f"{digits.zfill(7)[:2]}-{digits.zfill(7)[2:]}"
