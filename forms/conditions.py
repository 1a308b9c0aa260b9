"""When a paragraph stands in a paper: short conditions over the facts, as a court's staff can read and change them.

`case.chapter is 13`, `stay.basis is not consent`, `request.by is debtor or creditor`, `dates.lm_end known`,
`confirmation.hearing unknown`, `stay.relief_granted`, `not case.represented`. All of a list must hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docketbridge.api import PaperError

from .facts import PaperFacts
from .facts_tree import follow_path, path_type

_FORMS = (
    (re.compile(r"(?P<path>[\w.]+) is not (?P<value>\w+(?: or \w+)*)"), "is not"),
    (re.compile(r"(?P<path>[\w.]+) is (?P<value>\w+(?: or \w+)*)"), "is"),
    (re.compile(r"(?P<path>[\w.]+) known"), "known"),
    (re.compile(r"(?P<path>[\w.]+) unknown"), "unknown"),
    (re.compile(r"not (?P<path>[\w.]+)"), "not"),
    (re.compile(r"(?P<path>[\w.]+)"), "yes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition: a path into the facts, how it is asked, and the values it is held against."""

    path: str
    asked: str
    values: tuple[str, ...] = ()

    def holds(self, facts: PaperFacts) -> bool:
        """Whether it holds of these facts; an empty list counts as unknown."""
        found = follow_path(facts, self.path)
        match self.asked:
            case "is":
                return str(found) in self.values
            case "is not":
                return str(found) not in self.values
            case "known":
                return found is not None and found != ()
            case "unknown":
                return found is None or found == ()
            case "not":
                return not found
            case _:
                return bool(found)


def parse_condition(text: str, root: type[PaperFacts] = PaperFacts) -> Condition:
    """Read one condition. Raises PaperError when it is none, names no fact, or asks yes or no of what is neither."""
    for form, asked in _FORMS:
        found = form.fullmatch(text.strip())
        if found is None:
            continue
        path = found["path"]
        kind = path_type(root, path)
        if asked in ("not", "yes") and kind is not bool:
            raise PaperError(f"condition {text!r}: {path} is not yes or no; ask `is`, `known` or `unknown`")
        values = tuple(found["value"].split(" or ")) if "value" in found.groupdict() else ()
        return Condition(path=path, asked=asked, values=values)
    raise PaperError(f"no condition: {text!r}")
