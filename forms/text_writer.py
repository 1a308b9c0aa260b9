"""Documents as plain text: the whole paper, or of a paper that is pasted elsewhere its body alone."""

from __future__ import annotations

from docketbridge.api import Document, body_text, plain_text


class TextWriter:
    """The writer `txt`: Document in, UTF-8 text out."""

    suffix = ".txt"
    media_type = "text/plain; charset=utf-8"

    def write(self, document: Document) -> bytes:
        """Write the document as text; the same document gives the same bytes."""
        return (body_text(document) if document.to_copy else plain_text(document)).encode()
