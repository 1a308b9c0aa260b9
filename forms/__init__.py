"""The forms plugin: court papers drafted from a matter file, and the writers that make Word files and text of documents."""

from __future__ import annotations

from docketbridge.api import Link, Plugin

from .catalog import papers_in, shipped_wording
from .commands import MEMO, paper_commands
from .docx_writer import DocxWriter
from .pages import ADDRESS, make_pages
from .text_writer import TextWriter

_SHIPPED = papers_in(shipped_wording())
PAPERS = tuple(paper for paper in _SHIPPED if not paper.is_substance)
SUBSTANCE_PAPERS = tuple(paper for paper in _SHIPPED if paper.is_substance)
"""The papers of process facts, which the site may show; and the agreement (Form D), which only a party's own pages and the
command line draft, because its terms are substance (FRE 408) until the request for approval is on the docket.

Read once, with the plugin itself: a wording file is part of it as its modules are, and a faulty one stops start-up."""


_MEMO = next(paper for paper in PAPERS if paper.name == MEMO)

plugin = Plugin(
    name="forms",
    title="Court papers",
    papers=PAPERS,
    substance_papers=SUBSTANCE_PAPERS,
    writers={"docx": DocxWriter(), "txt": TextWriter()},
    commands=(paper_commands,),
    navigation=(Link(words="Packet", href=ADDRESS, kind="packet"),),
    pages=lambda: make_pages(_MEMO),
)
