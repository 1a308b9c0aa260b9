"""A WSGI application served on this machine by threads, for as long as a test looks at it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """The application's address (`http://127.0.0.1:port`), while the block lasts."""
    server = make_server("127.0.0.1", 0, _read_whole(application), threaded=True, request_handler=_Quiet)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _read_whole(application: WSGIApplication) -> WSGIApplication:
    """The application, each answer read to its end and closed before it is sent.

    This server forgets to close an answer (PEP 3333 asks for it) whose reader hangs up, as a browser does when its window is
    closed: a file being sent would stay open, and that warning would be blamed on whichever test runs next.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with closing(ClosingIterator(application(environ, start_response))) as parts:
            return list(parts)

    return answer
