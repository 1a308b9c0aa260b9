"""A side's own papers: which it may fill in, what it is asked, and its drafts, which are nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docketbridge.casework.rights import Acting, side_of
from docketbridge.casework.sides.mediation import MediationRoom
from docketbridge.domain.documents import Document, Question
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.substance import PartyDraft, Substance
from docketbridge.errors import PaperError, UsageError
from docketbridge.plugins import Paper, Plugins, SubstancePaper

LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPaper(Substance):
    """A paper that a side may fill in, and its draft of it, if there is one; `substance` is the paper itself where it is such."""

    paper: Paper
    substance: SubstancePaper | None
    draft: PartyDraft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedPaper(Substance):
    """A side's draft as it stands: what is asked, what was answered, the paper made of it, or why none can be made.

    `asked` are the questions that the draft needs, `further` those that may be answered too.
    """

    paper: Paper
    asked: tuple[Question, ...]
    further: tuple[Question, ...]
    answers: Mapping[str, str]
    document: Document | None
    fault: str | None
    draft: PartyDraft | None


def papers_for(plugins: Plugins, file: MatterFile, side: str) -> Iterator[Paper]:
    """The papers that a side fills in and that make sense in this matter today, by title."""
    every: Mapping[str, Paper] = {**plugins.papers, **plugins.substance_papers}
    wanted = (paper for paper in every.values() if is_filled_by(paper, side) and paper.applies_to(file))
    yield from sorted(wanted, key=lambda paper: paper.title)


def is_filled_by(paper: Paper, side: str) -> bool:
    """Whether a side fills a paper in; a paper that says nothing of it is the court's own."""
    return side in getattr(paper, "filled_by", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDesk:
    """Where somebody of a party's side works on own papers: what is there is this side's and nobody else's."""

    plugins: Plugins
    room: MediationRoom
    acting: Acting

    @property
    def side(self) -> str:
        """`debtor` or `creditor`."""
        return side_of(self.acting)

    def papers(self, file: MatterFile) -> tuple[OwnPaper, ...]:
        """The papers to fill in, each with the side's draft."""
        drafts = {each.paper: each for each in self.room.drafts(file.matter.id, self.acting)}
        substance = self.plugins.substance_papers
        return tuple(
            OwnPaper(paper=paper, substance=substance.get(paper.name), draft=drafts.get(paper.name))
            for paper in papers_for(self.plugins, file, self.side)
        )

    def paper(self, file: MatterFile, name: str) -> DraftedPaper:
        """One own paper with its draft. Raises UsageError for a paper that is none of this side's."""
        found = self._found(file, name)
        typed = dict(found.draft.answers) if found.draft is not None else {}
        asked, further = _questions(found, file, typed)
        fault, document = None, None
        try:
            document = found.paper.draft(file, as_answers(typed, (*asked, *further)))
        except PaperError as refusal:
            fault = str(refusal)
        return DraftedPaper(
            paper=found.paper,
            asked=asked,
            further=further,
            answers=typed,
            document=document,
            fault=fault,
            draft=found.draft,
        )

    def answer(self, file: MatterFile, name: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed as this side's draft: what the paper asks for, the rest is passed over. Raises UsageError."""
        found = self._found(file, name)
        before = dict(found.draft.answers) if found.draft is not None else {}
        every = [question for known in (before, typed) for some in _questions(found, file, known) for question in some]
        names = dict.fromkeys(question.name for question in every)
        kept = [(key, typed[key].strip()) for key in names if typed.get(key, "").strip()]
        if any(len(words) > LONGEST_ANSWER for _, words in kept):
            raise UsageError(f"an answer has at most {LONGEST_ANSWER} letters")
        self.room.keep_draft(file.matter.id, name, kept, self.acting)

    def _found(self, file: MatterFile, name: str) -> OwnPaper:
        found = next((each for each in self.papers(file) if each.paper.name == name), None)
        if found is None:
            raise UsageError(f"no paper {name[:64]!r} to fill in here")
        return found


def _questions(found: OwnPaper, file: MatterFile, typed: Mapping[str, str]) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What a paper asks and what may be answered too: the same whatever was answered, but for what an answer brings up."""
    first = _asked_by(found.paper, file, {})
    names = {each.name for each in first}
    if found.substance is not None:
        return first, found.substance.further_questions(names)
    known = {name: words for name, words in typed.items() if words.strip()}
    later = _asked_by(found.paper, file, known) if known else ()
    return (*first, *(each for each in later if each.name not in names)), ()


def _asked_by(paper: Paper, file: MatterFile, answers: Mapping[str, object]) -> tuple[Question, ...]:
    try:
        return paper.draft(file, answers).questions
    except PaperError:
        return ()


def as_answers(typed: Mapping[str, str], questions: Sequence[Question]) -> Mapping[str, object]:
    """Typed answers as a paper takes them: a name with dots becomes facts within facts, a figure in it a place in a list."""
    expected = {each.name: each.expects for each in questions}
    answers: dict[str, object] = {}
    for name, words in typed.items():
        if not words.strip():
            continue
        if "." in name:
            _put(answers, name.split("."), _read(words.strip(), expected.get(name, "text")))
        else:
            answers[name] = words.strip()
    return {name: _as_lists(value) for name, value in answers.items()}


def _put(into: dict[str, object], path: Sequence[str], value: object) -> None:
    here = into
    for step in path[:-1]:
        inner = here.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        here = inner
    here[path[-1]] = value


def _as_lists(value: object) -> object:
    if not isinstance(value, dict):
        return value
    inner = {name: _as_lists(each) for name, each in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def _read(words: str, expects: str) -> object:
    if expects == "lines":
        return [line.strip() for line in words.splitlines() if line.strip()]
    if expects == "number" and words.isascii() and words.isdigit():
        return int(words[:9])
    if expects == "yes_no" and words in ("yes", "no"):
        return words == "yes"
    return words
