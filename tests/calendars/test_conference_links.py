"""What a docket says of attending from afar → links to join and numbers to dial; and what only looks like one."""

import pytest

from calendars.conference_links import conference_links


def found(text: str) -> list[tuple[str, str]]:
    return [(each.feature, each.uri) for each in conference_links(text)]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("by Zoom (https://zoom.us/j/123).", [("VIDEO", "https://zoom.us/j/123")]),
        ("https://COURT.webex.com/meet/judge, 10 AM", [("VIDEO", "https://COURT.webex.com/meet/judge")]),
        ("at https://teams.microsoft.com/l/meetup-join/19%3ax/0?c=%7b1%7d;", None),
        ("Dial-in 1-888-555-0101 access code 4455667#", [("PHONE", "tel:+1-888-555-0101,,,4455667")]),
        ("by telephone: (401) 555-0123. Counsel shall be present.", [("PHONE", "tel:+1-401-555-0123")]),
        ("Call in at +1 401 555 0123, passcode: 99 88 77", [("PHONE", "tel:+1-401-555-0123,,,998877")]),
        ("Telephonic hearing. Attorney Quill, phone 401-555-0141", []),
        ("Dial 911. See https://ecf.zzb.uscourts.gov/doc1/123", []),
        ("see https://zoom.us.example.com/j/1 and http://zoom.us/j/2 and https://notzoom.us/j/3", []),
        ("Hearing in Courtroom A, Bayport", []),
        ("call account 4015550123456 today", []),
        ("join https://[zoom.us/j/1", []),
    ],
)
def test_what_the_docket_says_is_found_and_nothing_else(text, links):
    expected = [("VIDEO", "https://teams.microsoft.com/l/meetup-join/19%3ax/0?c=%7b1%7d")] if links is None else links
    assert found(text) == expected


def test_the_same_link_told_twice_is_one():
    assert len(conference_links("https://zoom.us/j/1", "Zoom https://zoom.us/j/1.")) == 1


def test_a_text_that_is_not_there_has_none():
    assert conference_links(None, "", None) == ()


def test_a_long_text_of_cues_is_read_in_no_time():
    assert conference_links("call " * 20_000 + "dial 401-555-0123") != ()
