"""Hostile files through `docketbridge intake`: one plain line each, bounded memory, and a ledger that is as it was."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import connectors
from docketbridge.app import create_app
from docketbridge.casework.rights import Role
from docketbridge.ledger.database import open_ledger
from docketbridge.plugins import Found, check
from docketbridge.settings import Settings
from docketbridge.testing import sign_in
from tests.composed_feeds import Docketed, rss
from tests.ledger_dump import dump

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
REQUEST = Docketed(at=START, serial=10123, sequence=31, event="Request for Loss Mitigation", number=12)
GOOD = rss([REQUEST], built=START)
MEMORY = 1024 * 1024 * 1024
_BOUNDARY = b"--cut\r\nContent-Type: text/plain\r\n\r\nx\r\n"


def _entities(kind: str) -> bytes:
    if kind == "external":
        declared = b'<!ENTITY a SYSTEM "file:///etc/hostname">'
    else:
        levels = [b'<!ENTITY a0 "lollollollol">']
        levels += [b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12)]
        declared = b"".join(levels) + b'<!ENTITY a "&a11;">'
    return GOOD.replace(b"<rss", b"<!DOCTYPE rss [" + declared + b"]><rss", 1).replace(b"Ada Quillfeather", b"&a;")


HOSTILE: dict[str, bytes] = {
    "empty.xml": b"",
    "bomb.xml.gz": gzip.compress(bytes(30_000_000)),
    "half.xml": GOOD[: len(GOOD) // 2],
    "nothing.html": b"<html><body>Sign in <input type=password></body></html>",
    "binary.xml": bytes(range(256)) * 100,
    "one-tag.xml": b"<rss><channel>" + b"<item>" * 200_000,
    "mail.eml": b"From: a@b\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n" + _BOUNDARY * 10_000,
    "traversal.eml": b'From: a@b\r\nContent-Type: text/plain; name="../../../etc/cron.d/x"\r\n'
    b'Content-Disposition: attachment; filename="../../../etc/cron.d/x"\r\n\r\nnothing\r\n',
}
"""What is no feed whatever one makes of it."""

STRANGE: dict[str, bytes] = {
    "external.xml": _entities("external"),
    "exponential.xml": _entities("exponential"),
    "nul.xml": GOOD.replace(b"Ada", b"A\x00da"),
    "encoding.xml": GOOD.replace(b"Ada", "Zoë".encode()),
    "half-letter.xml": GOOD.replace(b"Ada", b"Zo\xc3"),
    "declared.xml": GOOD.replace(b"ISO-8859-1", b"UTF-16"),
    "script.xml": GOOD.replace(b"Ada", b"&#x3C;script&#x3E;alert(1)&#x3C;/script&#x3E;"),
}
"""What is a feed with something wrong in it: it may be read, or refused, but never breaks."""


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[str, ...]:
    return ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--today", "2026-08-19")


def _dump(tmp_path: Path) -> dict[str, list[str]]:
    engine = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    told = dump(engine)
    engine.dispose()
    return told


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def taken(say: Say, ledger: tuple[str, ...], tmp_path: Path) -> dict[str, list[str]]:
    """A ledger with one good window in it."""
    (tmp_path / "good.xml").write_bytes(GOOD)
    assert say(*ledger, "intake", tmp_path / "good.xml")[0] == 0
    return _dump(tmp_path)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_feed_is_one_plain_line_and_the_ledger_is_as_it_was(
    say: Say, ledger: tuple[str, ...], taken: dict[str, list[str]], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    code, told, complaint = say(*ledger, "intake", tmp_path / name)
    assert (code, told) == (2, "")
    (line,) = complaint.splitlines()
    assert line.startswith("docketbridge: ")
    assert name in line
    assert "fault of docketbridge itself" not in line
    assert _dump(tmp_path) == taken


@pytest.mark.parametrize("name", STRANGE)
def test_a_feed_with_something_wrong_in_it_is_read_or_refused_and_costs_no_other(
    say: Say, ledger: tuple[str, ...], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(STRANGE[name])
    (tmp_path / "good.xml").write_bytes(rss([REQUEST, REQUEST], built=START))
    code, told, complaint = say(*ledger, "intake", tmp_path / name, tmp_path / "good.xml")
    assert code in (0, 2)
    assert len(complaint.splitlines()) == (code == 2)
    assert "good.xml: " in told
    assert "root" not in told
    assert len(_dump(tmp_path)["standing"]) == 1


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def test_two_hundred_megabytes_of_one_tag_and_all_the_bombs_fit_in_a_gigabyte(ledger: tuple[str, ...], tmp_path: Path) -> None:
    with (tmp_path / "large.xml").open("wb") as large:
        large.write(b"<rss><channel>")
        for _ in range(200):
            large.write(b"<item>" * 174_762)
    for name, content in {**HOSTILE, "exponential.xml": STRANGE["exponential.xml"]}.items():
        (tmp_path / name).write_bytes(content)
    files = [str(each) for each in sorted(tmp_path.iterdir()) if each.suffix in (".xml", ".gz", ".eml", ".html")]
    command = [sys.executable, "-c", "from docketbridge.cli import main; main()", *ledger, "intake", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=_bounded, check=False)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "large.xml: larger than 64 MiB" in done.stderr
    assert "MemoryError" not in done.stderr


def test_a_script_in_a_case_title_is_shown_as_text(say: Say, ledger: tuple[str, ...], tmp_path: Path) -> None:
    name = "<script>alert(1)</script>"
    (tmp_path / "script.xml").write_bytes(rss([Docketed(**{**_told(REQUEST), "name": name})], built=START))
    assert say(*ledger, "intake", tmp_path / "script.xml")[0] == 0
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    plugins = check([Found(plugin=connectors.plugin, origin="tests")])
    client = create_app(settings, plugins, today=date(2026, 8, 19)).test_client()
    sign_in(client, Role.CLERK)
    for page in ("/matters", "/matters/zzb-26-10123-1"):
        shown = client.get(page)
        assert shown.status_code == 200, page
        assert "&lt;script&gt;alert(1)" in shown.text
        assert "<script>alert(1)" not in shown.text


def _told(item: Docketed) -> dict[str, object]:
    return {name: getattr(item, name) for name in Docketed.__slots__}
