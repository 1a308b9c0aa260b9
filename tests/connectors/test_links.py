"""What CM/ECF links say."""

from __future__ import annotations

import pytest

from connectors.links import absolute, address_at, court_of, read_case_link, read_document_link


@pytest.mark.parametrize(
    ("address", "court"),
    [
        ("https://ecf.zzb.uscourts.gov", "zzb"),
        ("https://ecf.zzb.uscourts.gov/cgi-bin/DktRpt.pl?1", "zzb"),
        ("http://ECF.ZZB.USCOURTS.GOV:443/x", "zzb"),
        ("https://ecf-train.zzb.uscourts.gov/x", "zzb"),
        ("https://ecf.zzb-mega.uscourts.gov/x", "zzb"),
        ("//ecf.zzb.uscourts.gov/x", "zzb"),
        ("https://ecf.zzb.uscourts.gov.evil.example/x", None),
        ("https://evil.example/ecf.zzb.uscourts.gov/", None),
        ("https://www.zzb.uscourts.gov/", None),
        ("/cgi-bin/DktRpt.pl?1", None),
        ("", None),
    ],
)
def test_the_court_is_read_from_the_host_and_from_nothing_else(address: str, court: str | None) -> None:
    assert court_of(address) == court


@pytest.mark.parametrize(
    ("address", "case", "sequence"),
    [
        ("https://ecf.zzb.uscourts.gov/cgi-bin/DktRpt.pl?40123", "40123", None),
        ("https://ecf.zzb.uscourts.gov/cgi-bin/DktRpt.pl?40123-14", "40123", "14"),
        ("/cgi-bin/HistDocQry.pl?40123", "40123", None),
        ("https://ecf.zzb.uscourts.gov/cgi-bin/iqquerymenu.pl?40123", "40123", None),
        ("/cgi-bin/qryAscCases.pl?40123", "40123", None),
    ],
)
def test_a_case_link_gives_case_and_sequence(address: str, case: str, sequence: str | None) -> None:
    found = read_case_link(address)
    assert found is not None
    assert (found.pacer_case_id, found.sequence) == (case, sequence)


@pytest.mark.parametrize(
    "address", ["", "https://ecf.zzb.uscourts.gov/cgi-bin/DktRpt.pl?114586830142567-L_1_0-1", "/cgi-bin/login.pl"]
)
def test_what_names_no_case_is_no_case_link(address: str) -> None:
    assert read_case_link(address) is None


def test_a_document_link_gives_document_case_and_sequence() -> None:
    found = read_document_link(
        "https://ecf.zzb.uscourts.gov/doc1/190012345678?pdf_header=&magic_num=9&de_seq_num=14&caseid=40123"
    )
    assert found is not None
    assert (found.court, found.pacer_doc_id, found.pacer_case_id, found.sequence) == ("zzb", "190012345678", "40123", "14")


def test_the_plain_and_the_general_reading_of_a_document_link_agree() -> None:
    plain = "https://ecf.zzb.uscourts.gov/doc1/190012345678?de_seq_num=14&caseid=40123"
    assert read_document_link(plain) == read_document_link(plain.replace("?", "?x=1&"))


def test_a_document_has_one_id_whether_or_not_its_menu_is_skipped() -> None:
    shown, skipped = (read_document_link(f"/doc1/190{digit}12345678") for digit in (0, 1))
    assert shown == skipped


def test_the_old_script_for_documents_is_no_document_id() -> None:
    assert read_document_link("https://ecf.zzb.uscourts.gov/cgi-bin/show_doc.pl?caseid=1&de_seq_num=2") is None


def test_a_relative_link_is_completed_at_the_court() -> None:
    assert absolute("/doc1/190012345678", "zzb") == "https://ecf.zzb.uscourts.gov/doc1/190012345678"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//[", "mailto:a@b.example"])
def test_a_link_that_is_no_web_address_leads_to_the_court_s_front_page(address: str) -> None:
    assert absolute(address, "zzb") == "https://ecf.zzb.uscourts.gov"


def test_a_link_to_another_place_is_no_address_at_the_court() -> None:
    assert address_at("zzb", "https://evil.example/doc1/190012345678") is None
