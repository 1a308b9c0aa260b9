"""How often detection is right: labelled entries in, a confusion table by kind out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.events import EventAttributes


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """An entry with the kind and the attributes that a careful reader gives it; `dates` are (name, ISO text)."""

    id: str
    telling: Telling
    kind: str
    related_documents: tuple[int, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What came of a set of labels: pairs of wanted and given kinds (`review` where none was decided), and attributes."""

    pairs: tuple[tuple[tuple[str, str], int], ...]
    lost: tuple[str, ...]
    attributes_right: int
    attributes_all: int

    def _count(self, *, review: bool | None = None, right: bool | None = None) -> int:
        return sum(
            count
            for (wanted, given), count in self.pairs
            if (review is None or (given == "review") == review) and (right is None or (wanted == given) == right)
        )

    @property
    def all(self) -> int:
        """How many entries."""
        return self._count()

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self._count(review=False)

    @property
    def right(self) -> int:
        """How many were decided and right."""
        return self._count(review=False, right=True)

    @property
    def in_review(self) -> int:
        """How many were left to a person."""
        return self._count(review=True)


def evaluate(labels: Iterable[Label], vocabulary: Vocabulary) -> Evaluation:
    """Detect every labelled entry and count; an LM event decided as something else is lost and named."""
    pairs: Counter[tuple[str, str]] = Counter()
    lost: list[str] = []
    attributes_right = attributes_all = 0
    for label in labels:
        found = detect(label.telling, vocabulary)
        given = "review" if found.needs_review else found.kind.value
        pairs[label.kind, given] += 1
        concerns = label.kind.startswith(("lm_", "loan_mod_"))
        if concerns and given not in (label.kind, "review"):
            lost.append(label.id)
        for wanted, told in _attributes(label, found.attributes):
            attributes_all += 1
            attributes_right += wanted == told
    return Evaluation(
        pairs=tuple(sorted(pairs.items())),
        lost=tuple(lost),
        attributes_right=attributes_right,
        attributes_all=attributes_all,
    )


def _attributes(label: Label, found: EventAttributes) -> Iterator[tuple[object, object]]:
    if label.related_documents:
        yield sorted(label.related_documents), sorted(found.related_documents)
    for name, wanted in label.dates:
        told = getattr(found, name)
        yield wanted, told.strftime("%Y-%m-%dT%H:%M") if isinstance(told, datetime) else str(told)


def table(evaluation: Evaluation) -> Iterator[str]:
    """The confusion table: a line a kind with what it was taken for, then the sums."""
    wanted: dict[str, Counter[str]] = {}
    for (kind, given), count in evaluation.pairs:
        wanted.setdefault(kind, Counter())[given] += count
    given_all = Counter({given: 0 for (_, given), _ in evaluation.pairs})
    for (_, given), count in evaluation.pairs:
        given_all[given] += count
    yield f"{'kind':30} {'lines':>5} {'right':>5} {'review':>6} {'given':>5}  taken for"
    for kind, counts in sorted(wanted.items()):
        wrong = ", ".join(f"{given} {count}" for given, count in counts.most_common() if given not in (kind, "review"))
        line = f"{kind:30} {counts.total():5} {counts[kind]:5} {counts['review']:6} {given_all[kind]:5}  {wrong}"
        yield line.rstrip()
    yield ""
    in_review = _share(evaluation.in_review, evaluation.all)
    yield f"lines {evaluation.all}; decided {evaluation.decided}; in review {evaluation.in_review} ({in_review})"
    yield f"right of what is decided: {_share(evaluation.right, evaluation.decided)}"
    yield f"decided and right: {_share(evaluation.right, evaluation.all)}"
    yield f"LM events lost: {len(evaluation.lost)}{' (' + ', '.join(evaluation.lost) + ')' if evaluation.lost else ''}"
    exact = _share(evaluation.attributes_right, evaluation.attributes_all)
    yield f"attributes exact: {evaluation.attributes_right} of {evaluation.attributes_all} ({exact})"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"
