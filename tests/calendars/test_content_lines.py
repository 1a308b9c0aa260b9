from calendars.content_lines import clean_text, escaped, folded, safe_uri


def test_a_line_of_seventy_five_octets_is_not_folded():
    assert folded("X" * 75) == b"X" * 75 + b"\r\n"


def test_a_longer_line_is_folded_at_seventy_five_octets_the_leading_space_counted():
    assert folded("X" * 150).split(b"\r\n") == [b"X" * 75, b" " + b"X" * 74, b" X", b""]


def test_a_fold_never_splits_a_character_of_two_three_or_four_octets():
    for letter in "é–😀":
        for shift in range(8):
            lines = folded("x" * shift + letter * 60).split(b"\r\n")
            assert max(map(len, lines)) <= 75
            assert all(line.decode("utf-8") is not None for line in lines)
            assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == "x" * shift + letter * 60


def test_backslash_semicolon_comma_and_newline_are_escaped():
    assert escaped("a\\b;c,d\ne:f") == "a\\\\b\\;c\\,d\\ne:f"


def test_every_kind_of_line_break_becomes_a_newline_and_other_controls_go():
    assert clean_text("a\r\nb\rc\u2028d\x85e\x0bf\x00g\x7fh\ti") == "a\nb\nc\nd\ne\nfgh\ti"


def test_a_lone_surrogate_does_not_stop_a_calendar():
    assert clean_text("a\ud800b") == "a?b"


def test_a_link_keeps_its_query_and_loses_what_would_end_the_line():
    assert safe_uri("https://ecf.example.gov/doc1/1?caseid=2&de=3") == "https://ecf.example.gov/doc1/1?caseid=2&de=3"
    assert safe_uri("https://x.example/a b\r\nBEGIN:VEVENT") == "https://x.example/a%20b%0D%0ABEGIN:VEVENT"


def test_an_address_that_is_no_web_address_is_left_out():
    assert safe_uri("javascript:alert(1)") == ""
    assert safe_uri("") == ""
