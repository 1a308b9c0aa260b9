"""The picture of a matter's time: every word of it stands inside, and each bar ends with its day."""

from __future__ import annotations

import re

from docketbridge.web.site import shared_desk
from docketbridge.web.timeline import draw

LETTER = 5.9
"""The width of a letter of the picture, about, in its own units."""


def test_the_words_of_every_bar_stand_inside_the_picture_and_end_with_their_day(still_site):
    bars = [
        (each.matter.number, line, bar)
        for each in shared_desk(still_site).matter_files()
        if (line := draw(each))
        for bar in line.bars
    ]
    assert len(bars) > 100
    for number, picture, bar in bars:
        length = len(bar.words) * LETTER
        start = bar.words_x - length if bar.anchor == "end" else bar.words_x
        assert start >= 0, (number, bar.words)
        assert start + length <= picture.width, (number, bar.words)
        assert re.search(r"\d{1,2} [A-Z][a-z]{2}( \d{4})?$", bar.words), (number, bar.words)
    assert any("…, " in bar.words for _, _, bar in bars)
