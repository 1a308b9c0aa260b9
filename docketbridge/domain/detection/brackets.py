"""Brackets in docket text: where they close, where one that is never closed ends, and the text without their insides."""

from __future__ import annotations

import re
from functools import lru_cache

_BRACKET = re.compile(r"[()\[\]]")
_SENTENCE_OR_BRACKET = re.compile(r"[()]|(?:(?<=\w{3})|(?<=\)))\.\s+(?=[A-Z])")
# How far a bracket that is never closed is followed for the end of its sentence, in characters.
_FOLLOWED = 600


@lru_cache(maxsize=16)
def _pairs(text: str) -> dict[int, int]:
    """The place after the closing bracket, by the place of the opening one: one pass, however deep the brackets."""
    pairs: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"(": [], "[": []}
    for found in _BRACKET.finditer(text):
        sign = found[0]
        if sign in waiting:
            waiting[sign].append(found.start())
        elif opened := waiting["(" if sign == ")" else "["]:
            pairs[opened.pop()] = found.end()
    return pairs


def closing(text: str, start: int) -> int:
    """The place after the bracket that closes the one at `start`; without one, with its first sentence."""
    sign, other = ("(", ")") if text[start] == "(" else ("[", "]")
    down = text.find(other, start)
    if down > 0 and text.find(sign, start + 1, down) < 0:
        return down + 1
    end = _pairs(text).get(start)
    return _unclosed_end(text, start) if end is None else end


def _unclosed_end(text: str, start: int) -> int:
    """Where a bracket that is never closed ends: with its first sentence outside of further brackets."""
    depth = 0
    limit = min(len(text), start + _FOLLOWED)
    for found in _SENTENCE_OR_BRACKET.finditer(text, start + 1, limit):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
        elif depth <= 0:
            return found.start() + 1
    return limit


def blanked(text: str, *, keep_numbers: bool = False) -> str:
    """The text with inner brackets blanked, place for place; brackets that open a number may stay."""
    if "(" not in text:
        return text
    out: list[str] = []
    place = 0
    while (start := text.find("(", place)) >= 0:
        follows = text[start + 1 : start + 3].lstrip("[(# ")
        if keep_numbers and follows[:1].isdigit():
            out.append(text[place : start + 1])
            place = start + 1
            continue
        end = closing(text, start)
        out.append(text[place:start])
        out.append(" " * (end - start))
        place = end
    out.append(text[place:])
    return "".join(out)
