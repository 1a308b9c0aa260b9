"""A new profile drafted from one that stands: its text under another id, for a court to edit."""

from __future__ import annotations

import re

from docketbridge.domain.profile import Profile
from docketbridge.errors import ProfileError
from docketbridge.programs.loading import BASED_ON, read, source_of

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PROGRAM = re.compile(r"^\[program\]\n(?:(?!\[).*\n)*", re.MULTILINE)
_ID_LINE = re.compile(r'^id = "[^"]*"$', re.MULTILINE)


def draft(new_id: str, *, source: Profile) -> str:
    """The TOML of a new profile: built on a whole shipped one, or a copy of one that is itself built on another.

    Raises ProfileError for an id that is none or is taken; what it gives reads without fault.
    """
    if not ID.fullmatch(new_id):
        raise ProfileError(f"{new_id}: is no id of a program (small letters, digits and hyphens, such as rib-lmp-5-2027)")
    if new_id == source.id:
        raise ProfileError(f"{new_id}: is the id of the program it would be made from")
    text = source_of(source.id)
    if source.based_on is None:
        found = _PROGRAM.search(text)
        if found is None:
            raise ProfileError(f"{source.id} [program]: is not where it can be copied from")
        text = f'{BASED_ON} = "{source.id}"\n\n{found.group(0).rstrip()}\n'
    else:
        text = text[text.index(f"{BASED_ON} =") :]
    told = (
        f"# {new_id}, made from {source.id}. What is not said here is as in the program named by {BASED_ON}.\n"
        "# Set the dates in force, the authority and the note; then change what differs, each with its cite and checked.\n\n"
        + _ID_LINE.sub(f'id = "{new_id}"', text, count=1)
    )
    read(told.encode(), name=f"{new_id}.toml")
    return told
