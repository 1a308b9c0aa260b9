"""What changed in the matters of a case, found in the transaction that keeps where they stand, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.views.noticing import Change, ChangeKind, Sifted, changes_in, sift, stands_now
from docketbridge.ledger.dockets.queries import survivors
from docketbridge.ledger.notices.changes import Former, former_standings, is_hushed, keep_changes, known_changes


def note_changes(session: Session, case: CaseKey, files: Collection[MatterFile]) -> None:
    """Keep what is new in a case's matters since they were last folded. Call it before their new standings are kept.

    What is known is found again by every fold and kept once. In a hushed session, and for what lies before the first fold that
    asked, it is known and nobody is told.
    """
    if not files:
        return
    matters = [file.matter.id for file in files]
    known = known_changes(session, case)
    former = former_standings(session, matters)
    # A feed's stub may have opened a matter that the report's full telling opens anew, under the id of its own entry.
    gone = [each for matter, some in known.items() if matter not in matters for each in some]
    for file in files:
        old, before = known.get(file.matter.id) or gone, former.get(file.matter.id)
        sifted = _sifted(session, case, file, old)
        new = [*sifted.new, *_put_right(file, before, sifted.new)]
        if not new and not sifted.known_otherwise:
            continue
        hushed = is_hushed(session)
        now = datetime.now(tz=UTC)
        # A matter that stood in the ledger before changes were looked for: only what came after its last fold is news.
        past = [each for each in new if hushed or (before is not None and not old and each.day < before.as_of)]
        news = [each for each in new if each not in past]
        quiet = [*past, *sifted.known_otherwise]
        keep_changes(session, file.matter.id, quiet, seen_on=file.today, backfill=False, quiet=True, at=now)
        new_here = before is None and not old
        keep_changes(session, file.matter.id, news, seen_on=file.today, backfill=new_here, quiet=False, at=now)


def _sifted(session: Session, case: CaseKey, file: MatterFile, old: Sequence[Change]) -> Sifted:
    found, present = changes_in(file), {each.entry.id for each in file.entries}
    sifted = sift(found, old, living={}, present=present)
    if not sifted.new or not old:
        return sifted
    living: Mapping[str, str] = survivors(session, case)
    return sift(found, old, living=living, present=present) if living else sifted


def _put_right(file: MatterFile, before: Former | None, new: Sequence[Change]) -> tuple[Change, ...]:
    """That the matter stands elsewhere than at its last fold, where no new step of its posture says so."""
    state = file.posture.state
    if before is None or before.state is state:
        return ()
    if any(each.kind is ChangeKind.POSTURE and each.name == state.value for each in new):
        return ()
    return (stands_now(file, before.state),)
