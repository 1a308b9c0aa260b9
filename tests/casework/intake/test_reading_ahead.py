"""Reading ahead: the next feed read in a process beside, the same results in the same order, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docketbridge.casework.intake.preparing import prepare
from docketbridge.casework.intake.reading_ahead import ReadingAhead
from docketbridge.casework.rulebook import rulebook_of
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import UnreadableFeed
from docketbridge.plugins import discover

FEEDS = sorted((Path(__file__).parents[2] / "sample_court" / "feeds" / "rss").glob("*.xml"))[:6]
BROKEN = RawFeed(content=b"<rss><channel>", name="broken.xml")
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def plugins():
    return discover()


@pytest.fixture(scope="module")
def raws():
    return [RawFeed(content=file.read_bytes(), name=file.name) for file in FEEDS]


@pytest.fixture
def ahead(plugins, tmp_path):
    with ReadingAhead(folder=tmp_path, rulebook=rulebook_of(plugins, tmp_path), plugins=plugins) as ahead:
        yield ahead


def until_begun(ahead, raw, *, after=()):
    """A batch of one feed, over and over, until the process beside has begun; then the batches that come after."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while not ahead.begun:
        yield [raw]
        assert time.monotonic() < patience
        time.sleep(0.02)
    yield from after


def test_what_the_process_beside_makes_ready_is_what_would_be_made_here(ahead, plugins, raws):
    after = [raws, [raws[0], BROKEN], raws[:2]]
    made = list(ahead.made_ready(until_begun(ahead, raws[0], after=after)))
    own = [prepare(ahead.rulebook, plugins, raw) for raw in raws]
    whole, partly, last = made[-3:]
    assert whole == own
    assert partly[0] == own[0]
    assert "broken.xml" in str(partly[1])
    assert last == own[:2]


def test_what_is_no_feed_is_passed_on_in_its_place(ahead, raws):
    known = UnreadableFeed("a file that could not be opened")
    [made] = ahead.made_ready([[known, raws[0], known]])
    assert made[0] is made[2] is known
    assert made[1].name == raws[0].name


def test_where_the_process_beside_dies_the_rest_is_read_here(ahead, plugins, raws):
    def batches():
        yield from until_begun(ahead, raws[0], after=[raws[:3]])
        os.kill(ahead.process_id, signal.SIGKILL)
        yield raws

    *_, last = ahead.made_ready(batches())
    assert last == [prepare(ahead.rulebook, plugins, raw) for raw in raws]


def test_it_ends_with_the_process_that_started_it(tmp_path):
    words = f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[3])!r})
from docketbridge.casework.intake.reading_ahead import ReadingAhead
from docketbridge.casework.rulebook import rulebook_of
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
if __name__ == "__main__":
    plugins, folder = discover(), Path({str(tmp_path)!r})
    raw = RawFeed(content=Path({str(FEEDS[0])!r}).read_bytes(), name="a window")
    with ReadingAhead(folder=folder, rulebook=rulebook_of(plugins, folder), plugins=plugins) as ahead:
        list(ahead.made_ready([[raw], [raw]]))
        while not ahead.begun:
            time.sleep(0.05)
        print(ahead.process_id, flush=True)
        time.sleep({PATIENCE_SECONDS})
"""
    script = tmp_path / "parent.py"
    script.write_text(words)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        beside = int(parent.stdout.readline())
        assert Path(f"/proc/{beside}").exists()
        parent.kill()
    patience = time.monotonic() + PATIENCE_SECONDS
    while _is_there(beside):
        assert time.monotonic() < patience
        time.sleep(0.05)


def _is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_one_batch_starts_no_process(ahead, raws):
    [made] = ahead.made_ready([raws])
    assert len(made) == len(raws)
    assert ahead.process_id is None
