"""The forms plugin: court papers drafted from a matter file, and the writer that makes Word files of documents."""

from __future__ import annotations

from docketbridge.api import Link, MatterFile, Plugin

from .catalog import papers_in, shipped_wording
from .commands import paper_commands
from .docx_writer import DocxWriter

PAPERS = tuple(paper for paper in papers_in(shipped_wording()) if not paper.is_substance)
"""The papers of process facts, which the site may show; an agreement (Form D) is drafted on the command line alone, because
its terms are substance (FRE 408) until the request for approval is on the docket.

Read once, with the plugin itself: a wording file is part of it as its modules are, and a faulty one stops start-up."""


def paper_links(file: MatterFile) -> tuple[Link, ...]:
    """Offer the papers that make sense for the matter today."""
    return tuple(
        Link(words=paper.title, href=f"/matters/{file.matter.number}/papers/{paper.name}", kind="paper")
        for paper in PAPERS
        if paper.applies_to(file)
    )


plugin = Plugin(
    name="forms",
    title="Court papers",
    papers=PAPERS,
    writers={"docx": DocxWriter()},
    matter_links=paper_links,
    commands=(paper_commands,),
)
