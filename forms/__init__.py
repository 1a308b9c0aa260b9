"""The forms plugin: court papers drafted from a matter file, and the writers that make Word files and text of documents."""

from __future__ import annotations

from docketbridge.api import Plugin

from .catalog import papers_in, shipped_wording
from .commands import paper_commands
from .docx_writer import DocxWriter
from .text_writer import TextWriter

PAPERS = tuple(paper for paper in papers_in(shipped_wording()) if not paper.is_substance)
"""The papers of process facts, which the site may show; an agreement (Form D) is drafted on the command line alone, because
its terms are substance (FRE 408) until the request for approval is on the docket.

Read once, with the plugin itself: a wording file is part of it as its modules are, and a faulty one stops start-up."""


plugin = Plugin(
    name="forms",
    title="Court papers",
    papers=PAPERS,
    writers={"docx": DocxWriter(), "txt": TextWriter()},
    commands=(paper_commands,),
)
