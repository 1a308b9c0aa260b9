"""Receivers on this machine for the tests of notices: a mail server and a webhook, each as awkward as it is told to be."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What a mail server took, and how it behaves: `refuse` gives an answer for an address, `drop` hangs up at once."""

    messages: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    sessions: int = 0
    port: int = 0
    logins: list[str] = field(default_factory=list)


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of as few words as SMTP needs."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.box = Mailbox()
        super().__init__(("127.0.0.1", 0), _Mail)
        self.box.port = self.server_address[1]


class _Mail(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        box = self.server.box
        box.sessions += 1
        if box.drop:
            return
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].upper()
            if verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self._say(box.refuse.get(address, "250 ok"))
            elif verb == "DATA":
                self._say("354 go on")
                box.messages.append(email.message_from_bytes(self._data(), policy=email.policy.default))  # type: ignore[arg-type]  # the policy gives an EmailMessage
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bytes:
        taken = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            taken += line.removeprefix(b".") if line.startswith(b"..") else line
        return taken

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@dataclass
class Hooked:
    """What a webhook got, and how it answers: the statuses in turn, then 204; `slow` seconds before each answer."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    slow: float = 0.0
    port: int = 0


class HookServer(ThreadingHTTPServer):
    """A webhook."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.hooked = Hooked()
        super().__init__(("127.0.0.1", 0), _Hook)
        self.hooked.port = self.server_address[1]


class _Hook(BaseHTTPRequestHandler):
    server: HookServer

    def do_POST(self) -> None:
        hooked = self.server.hooked
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hooked.got.append((dict(self.headers), body))
        if hooked.slow:
            time.sleep(hooked.slow)
        status = hooked.answers.pop(0) if hooked.answers else 204
        try:
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{hooked.port}/elsewhere")
            self.end_headers()
        except OSError:
            return

    def log_message(self, *_told: Any) -> None:
        """Say nothing."""


def serving(server: socketserver.BaseServer) -> threading.Thread:
    """Let a server serve in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    return thread
