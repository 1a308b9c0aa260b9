"""TOML tables read strictly: each key taken once, by type; what nobody asked for is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping

from docketbridge.api import PaperError

from .conditions import Condition, parse_condition
from .facts import PaperFacts


class Table:
    """A TOML table read strictly: each key once, by type; `close` refuses what nobody asked for."""

    def __init__(self, raw: Mapping[str, object], where: str, root: type[PaperFacts] = PaperFacts) -> None:
        self._left = dict(raw)
        self.where = where
        self.root = root

    def fail(self, what: str) -> PaperError:
        """Make the error that names this place."""
        return PaperError(f"{self.where}: {what}")

    def text(self, key: str, default: str | None = None) -> str | None:
        """Take a text."""
        value = self._left.pop(key, default)
        if value is not None and not isinstance(value, str):
            raise self.fail(f"{key} must be a text")
        return value

    def needed(self, key: str) -> str:
        """Take a text that must be there."""
        value = self.text(key)
        if not value:
            raise self.fail(f"{key} is missing")
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        """Take a yes or no."""
        value = self._left.pop(key, default)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false")
        return value

    def number(self, key: str, default: int) -> int:
        """Take a whole number."""
        value = self._left.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f"{key} must be a number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(value)

    def numbers(self, key: str) -> Mapping[str, int]:
        """Take a table of whole numbers, none below 0."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict) or not all(type(each) is int and each >= 0 for each in value.values()):
            raise self.fail(f"{key} must be a table of whole numbers")
        return value

    def tables(self, key: str) -> tuple[Table, ...]:
        """Take a list of tables; a plain text in the list stands for a table with that `text`."""
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise self.fail(f"{key} must be a list")
        items = ({"text": each} if isinstance(each, str) else each for each in value)
        return tuple(self._inner(each, f"{key}[{index}]") for index, each in enumerate(items))

    def named(self, key: str) -> Mapping[str, Table]:
        """Take a table of tables."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table")
        return {name: self._inner(each, f"{key}.{name}") for name, each in value.items()}

    def _inner(self, raw: object, place: str) -> Table:
        if not isinstance(raw, dict):
            raise self.fail(f"{place} must be a table")
        return Table(raw, f"{self.where}: {place}", self.root)

    def conditions(self, key: str = "when") -> tuple[Condition, ...]:
        """Take the conditions under a key."""
        try:
            return tuple(parse_condition(each, self.root) for each in self.texts(key))
        except PaperError as fault:
            raise self.fail(f"{key}: {fault}") from fault

    def close(self) -> None:
        """Refuse keys that nobody took."""
        if self._left:
            raise self.fail(f"unknown key {min(self._left)!r}")
