"""Turns of phrase that papers share: names joined, days, times of day and amounts as a court writes them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal


def join(names: tuple[str, ...]) -> str | None:
    """Join names as prose does: `A`, `A and B`, `A, B and C`; None when there are none."""
    if not names:
        return None
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def long_date(day: date) -> str:
    """`August 27, 2026`, as orders write it."""
    return f"{day:%B} {day.day}, {day.year}"


def clock(told: str) -> str:
    """`10:00 a.m.` of `10:00`."""
    at = time.fromisoformat(told)
    if at == time(12):
        return "12:00 noon"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}"


def money(amount: Decimal) -> str:
    """`$1,234.50`."""
    return f"${amount:,.2f}"
