"""Conditional requests (RFC 9110 13): whether a reader already has what it asks for."""

from __future__ import annotations

from datetime import datetime

from werkzeug.http import parse_date, parse_etags

GZIP_MARK = "-gzip"  # two codings of one calendar are two representations, so each has a strong tag of its own


def has_it_already(*, if_none_match: str | None, if_modified_since: str | None, tag: str, changed: datetime) -> bool:
    """Whether to answer 304: by the tag where one is sent, else by the date; a date that is none counts as not sent.

    `tag` is without quotes and matches in either coding; `changed` is compared in whole seconds.
    """
    if if_none_match is not None:
        known = parse_etags(if_none_match)
        return known.star_tag or any(known.contains_weak(each) for each in (tag, tag + GZIP_MARK))
    since = parse_date(if_modified_since) if if_modified_since else None
    return since is not None and changed.replace(microsecond=0) <= since
