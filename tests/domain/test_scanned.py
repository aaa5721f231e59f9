"""A scanned text is told by what it holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from domain.numbers import gs1
from domain.numbers.recognise import recognise

GS = gs1.GS
GTIN = "0109521234543213"
LOTS = st.text("ABCDEFGHJKLMNPRSTUVWXYZ23456789-/", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("RR473124829GB", ("s10",)),
        ("RR473124820GB", ("s10",)),
        ("CSQU3054383", ("iso6346",)),
        ("10NL5663962BE1E825", ("mrn",)),
        ("IMO 9319466", ("imo",)),
        ("IMO9319467", ("imo",)),
        ("437-38-7", ("cas",)),
        ("CAS 437-38-7", ("cas",)),
        ("12512345675", ("awb",)),
        ("4006381333931", ("gtin",)),
        (f"]d2{GTIN}17270900", ("gs1",)),
        ("9319466", ()),
        ("437387", ()),
        ("12512345676", ()),
        ("4006381333932", ()),
        ("1Z999AA10123456784", ()),
        ("hello", ()),
        ("", ()),
    ],
)
def test_a_scan_is_known_by_its_content(text: str, kinds: tuple[str, ...]) -> None:
    assert recognise(text) == kinds


@given(
    st.integers(0, 10**13 - 1).map(lambda n: f"{n:013d}"),
    LOTS,
    LOTS,
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.permutations(["01", "10", "17", "21"]),
)
def test_a_pack_label_gives_back_what_was_written(
    item: str, lot: str, serial: str, expiry: date, order: list[str]
) -> None:
    gtin = item + ean.calc_check_digit(item)
    parts = {"01": gtin, "10": lot + GS, "17": expiry.strftime("%y%m%d"), "21": serial + GS}
    label = gs1.read("]d2" + "".join(ai + parts[ai] for ai in order))
    assert label is not None
    assert (label.gtin, label.lot, label.serial, label.expiry) == (gtin, lot, serial, expiry)


def test_a_label_that_names_only_the_month_means_its_last_day() -> None:
    for month, last in (("02", 28), ("12", 31)):
        label = gs1.read(f"{GTIN}1727{month}00")
        assert label is not None
        assert label.expiry == date(2027, int(month), last)


def test_a_date_that_does_not_exist_is_kept_as_it_stands() -> None:
    label = gs1.read(f"{GTIN}17271301")
    assert label is not None
    assert label.expiry is None
    assert label.rest == (("17", "271301"),)


def test_what_is_printed_under_the_code_reads_the_same() -> None:
    assert gs1.read("(01)09521234543213(17)270900(10)ABC-1") == gs1.read(f"{GTIN}1727090010ABC-1")


def test_a_label_with_a_wrong_gtin_is_still_read_when_the_scanner_announces_it() -> None:
    label = gs1.read("]d20109521234543214" + "10ABC")
    assert label is not None
    assert label.gtin == "09521234543214"


def test_a_dropped_separator_makes_the_label_doubtful() -> None:
    kept = gs1.read(f"{GTIN}21SER77{GS}1727093010LOT5")
    lost = gs1.read(f"{GTIN}21SER771727093010LOT5")
    assert kept is not None
    assert lost is not None
    assert (kept.doubtful, lost.doubtful) == (False, True)


def test_other_identifiers_are_kept_beside() -> None:
    label = gs1.read(f"{GTIN}310200123471012345678{GS}10A")
    assert label is not None
    assert label.rest == (("3102", "001234"), ("710", "12345678"))
    assert label.lot == "A"


@given(st.text())
def test_any_text_after_the_announcement_is_read_or_refused_quietly(text: str) -> None:
    gs1.read("]d2" + text)
    gs1.read("(10)" + text)
    gs1.read(GTIN + text)
