"""Strict reading of TOML tables: every key is taken once with its type, and what is left over is a fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from docketbridge.errors import ProfileError

E = TypeVar("E", bound=StrEnum)


class Keys:
    """The keys of one TOML table, taken one by one. `place` names file, table and index for the error message."""

    def __init__(self, values: object, *, place: str) -> None:
        if not isinstance(values, Mapping):
            raise ProfileError(f"{place}: must be a table")
        self.place = place
        self._left = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def fault(self, key: str, what: str) -> ProfileError:
        """The error for one key of this table."""
        return ProfileError(f"{self.place} {key}: {what}")

    def take(self, key: str, *, needed: bool = True) -> object:
        """Take the raw value of a key; None when it is absent and not needed."""
        if key not in self._left:
            if needed:
                raise self.fault(key, "is missing")
            return None
        return self._left.pop(key)

    def text(self, key: str) -> str:
        """Take a text that is not blank."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "must be a text")
        return value

    def text_or(self, key: str, otherwise: str) -> str:
        """Take a text, or what stands in for it."""
        return self.text(key) if key in self._left else otherwise

    def number(self, key: str) -> int:
        """Take a whole number, 0 or more."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(key, "must be a whole number, 0 or more")
        return value

    def number_or(self, key: str, otherwise: int) -> int:
        """Take a whole number, or what stands in for it."""
        return self.number(key) if key in self._left else otherwise

    def truth(self, key: str, otherwise: bool | None = None) -> bool:
        """Take true or false."""
        if key not in self._left and otherwise is not None:
            return otherwise
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """Take a date without a time."""
        value = self.take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, "must be a date such as 2011-02-14")
        return value

    def day_or_none(self, key: str) -> date | None:
        """Take a date, None where there is none."""
        return self.day(key) if key in self._left else None

    def one_of(self, key: str, kind: type[E]) -> E:
        """Take one of the words of an enumeration."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            raise self.fault(key, f"is {value!r}, must be one of {', '.join(each.value for each in kind)}") from None

    def texts(self, key: str, *, among: Iterable[str] | None = None) -> tuple[str, ...]:
        """Take a list of texts; empty where the key is absent. With `among`, each must be one of these."""
        value = self.take(key, needed=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(key, "must be a list of texts")
        if among is not None:
            allowed = frozenset(among)
            for each in value:
                if each not in allowed:
                    raise self.fault(key, f"names {each!r}, which nothing here knows")
        return tuple(value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Take a list of whole numbers; empty where the key is absent."""
        value = self.take(key, needed=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, int) and not isinstance(each, bool) for each in value):
            raise self.fault(key, "must be a list of whole numbers")
        return tuple(value)

    def table(self, key: str) -> Keys | None:
        """Take a table below this one; None where there is none."""
        value = self.take(key, needed=False)
        return None if value is None else Keys(value, place=f"{self.place} {key}")

    def tables(self, key: str) -> tuple[Keys, ...]:
        """Take an array of tables, each with its index from 1 in its place."""
        value = self.take(key, needed=False)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fault(key, "must be an array of tables")
        return tuple(Keys(each, place=f"{self.place} [[{key}]] {index}") for index, each in enumerate(value, start=1))

    def rest(self) -> dict[str, object]:
        """Take all that is left, for tables whose keys are data."""
        left, self._left = self._left, {}
        return left

    def done(self) -> None:
        """Complain of keys that nothing took. Raises ProfileError naming the first."""
        if self._left:
            raise self.fault(next(iter(self._left)), "is not a key of this table")
