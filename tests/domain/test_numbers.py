"""What the rules for identifiers promise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import casrn, ean, imo, iso6346, luhn
from stdnum.iso7064 import mod_97_10

from domain.errors import Malformed
from domain.numbers import CheckResult, awb, bag, check_number, kinds, mrn, s10
from domain.numbers.case_number import STATIONS, receipt_number, seizure_number
from domain.numbers.recognise import recognise

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "numbers.json").read_bytes())
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def letters(count: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=count, max_size=count)


S10 = st.builds(lambda a, n, c: a + n + s10.check_digit(n) + c, letters(2), digits(8), letters(2))
AWB = st.builds(lambda a, n: a + n + awb.check_digit(n), digits(3), digits(7))
BOXES = st.builds(
    lambda o, c, n: o + c + n + iso6346.calc_check_digit(o + c + n),
    letters(3),
    st.sampled_from("UJZR"),
    digits(6),
)
MRN = st.builds(
    lambda y, c, n: y + c + n + mrn.check_digit(y + c + n),
    digits(2),
    letters(2),
    st.text(LETTERS + "0123456789", min_size=13, max_size=13),
)
IMO = st.builds(lambda n: n + imo.calc_check_digit(n), digits(6))
CAS = st.builds(
    lambda a, n: a + n + casrn.calc_check_digit(a + n),
    st.sampled_from("123456789"),
    st.integers(3, 8).flatmap(digits),
)
GTIN = st.builds(
    lambda n: n + ean.calc_check_digit(n), st.sampled_from((7, 11, 12, 13)).flatmap(digits)
)
CASES = st.builds(
    lambda f, c, p, s, y, n: f(c, p, s, y, n),
    st.sampled_from((seizure_number, receipt_number)),
    letters(2),
    st.text(LETTERS + "0123456789", min_size=2, max_size=6),
    st.integers(1, 35),
    st.integers(2000, 2999),
    st.integers(1, 99_999),
)
LUHN = st.builds(lambda n: n + luhn.calc_check_digit(n), st.integers(1, 39).flatmap(digits))
MOD97 = st.builds(
    lambda n: n + mod_97_10.calc_check_digits(n),
    st.text(LETTERS + "0123456789", min_size=1, max_size=40),
)
TRANSPONDERS = st.builds(lambda c, n: c + n, st.sampled_from(("276", "900", "985")), digits(12))
RIGHT = {
    "s10": S10,
    "awb": AWB,
    "iso6346": BOXES,
    "mrn": MRN,
    "imo": IMO,
    "cas": CAS,
    "gtin": GTIN,
    "case_number": CASES,
    "luhn": LUHN,
    "mod97": MOD97,
    "iso11784": TRANSPONDERS,
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['kind']} {v['text']}")
def test_every_published_vector_gets_its_verdict(vector: dict[str, str]) -> None:
    assert check_number(vector["kind"], vector["text"]).result.value == vector["verdict"]


def test_every_kind_has_vectors_of_all_three_verdicts() -> None:
    seen = Counter((v["kind"], v["verdict"]) for v in VECTORS)
    possible = {(kind, verdict.value) for kind in kinds() for verdict in CheckResult}
    assert possible - {("iso11784", "check digit")} == set(seen)  # it has no check digit
    assert set(RIGHT) == set(kinds())


@given(st.data(), st.sampled_from(sorted(RIGHT)))
def test_a_number_made_with_its_check_digit_is_right(data: st.DataObject, kind: str) -> None:
    number = data.draw(RIGHT[kind])
    judgement = check_number(kind, number)
    assert judgement.right
    assert check_number(kind, judgement.compact) == judgement


@given(st.data(), st.sampled_from(sorted(RIGHT)))
def test_spaces_hyphens_and_lower_case_do_not_matter(data: st.DataObject, kind: str) -> None:
    number = data.draw(RIGHT[kind])
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "\u00a0", "\u2011"]), min_size=30))
    spread = "".join(a + b for a, b in zip(number.lower(), gaps, strict=False))
    spread += number.lower()[len(gaps) :]
    assert check_number(kind, spread) == check_number(kind, number)


@given(st.data(), st.sampled_from(["gtin", "case_number"]))
def test_one_wrong_character_is_always_found(data: st.DataObject, kind: str) -> None:
    number = data.draw(RIGHT[kind])
    places = [n for n, c in enumerate(number) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert not check_number(kind, number[:place] + other + number[place + 1 :]).right


@pytest.mark.parametrize(
    ("kind", "number", "share"),
    [
        ("s10", "RR473124829GB", 0.97),
        ("awb", "12512345675", 0.65),
        ("iso6346", "CSQU3054383", 0.95),
        ("mrn", "10NL5663962BE1E825", 0.95),
    ],
)
def test_a_weaker_rule_finds_the_share_of_wrong_digits_that_it_can(
    kind: str, number: str, share: float
) -> None:
    wrong = [
        number[:place] + other + number[place + 1 :]
        for place, was in enumerate(number)
        for other in "0123456789"
        if was.isdigit() and other != was
    ]
    found = sum(not check_number(kind, text).right for text in wrong)
    assert found / len(wrong) >= share


@given(st.text())
@example("ß" * 13)
@example("²" * 8)
@example("𝟗" * 8)
@example("\ud800RR473124829GB")
@example("(01)")
@example("]d2")
@example("\x1d01")
def test_no_text_whatsoever_raises(text: str) -> None:
    for kind in kinds():
        check_number(kind, text)
    recognise(text)


def test_a_wrong_check_digit_is_answered_with_the_right_one() -> None:
    assert check_number("s10", "RR473124820GB").expected == "9"
    assert check_number("awb", "12512345670").expected == "5"


def test_a_postal_item_tells_its_service_and_where_it_comes_from() -> None:
    judgement = check_number("s10", "RR473124829GB")
    assert judgement.says == ("registered letter", "issued in {country}")
    assert judgement.values["country"] == "GB"


def test_a_substance_is_written_with_its_hyphens() -> None:
    assert check_number("cas", "CAS 42542109").compact == "42542-10-9"


def test_a_ship_needs_no_prefix_and_loses_it() -> None:
    assert check_number("imo", "imo 9319466").compact == "9319466"


def test_numbers_of_two_workstations_of_a_post_never_clash() -> None:
    posts = ("MC", "MC1", "MC12", "MC1A")
    made = [
        seizure_number("XA", post, station, 2026, serial)
        for post in posts
        for station in range(1, len(STATIONS) + 1)
        for serial in (1, 2, 99_999)
    ]
    assert len({number.replace("-", "") for number in made}) == len(made)


def test_a_receipt_number_is_never_a_seizure_number() -> None:
    seizure = seizure_number("XA", "MCN", 1, 2026, 42)
    receipt = receipt_number("XA", "MCN", 1, 2026, 42)
    assert (seizure, receipt) == ("XA-MCN1-2026-00042-M", "XA-MCN1-2026-R00042-1")
    assert check_number("case_number", receipt).says == ("receipt number",)
    assert check_number("case_number", seizure).values == {
        "country": "XA",
        "post": "MCN",
        "station": "1",
        "year": "2026",
        "serial": "42",
    }


@pytest.mark.parametrize(
    ("country", "post", "station", "year", "serial"),
    [
        ("X", "MCN", 1, 2026, 1),
        ("XA", "M", 1, 2026, 1),
        ("XA", "MC-N", 1, 2026, 1),
        ("XA", "mcn", 1, 2026, 1),
        ("XA", "MÇN", 1, 2026, 1),
        ("XA", "MCN", 0, 2026, 1),
        ("XA", "MCN", 36, 2026, 1),
        ("XA", "MCN", 1, 26, 1),
        ("XA", "MCN", 1, 2026, 0),
        ("XA", "MCN", 1, 2026, 100_000),
    ],
)
def test_parts_that_do_not_fit_make_no_number(
    country: str, post: str, station: int, year: int, serial: int
) -> None:
    with pytest.raises(Malformed):
        seizure_number(country, post, station, year, serial)


@pytest.mark.parametrize("typed", ["XB0100001", "xb 0100001", "XB-0100001", "xb 01 00001\u200f"])
def test_a_bag_number_is_one_however_it_is_grouped(typed: str) -> None:
    assert bag.canonical(typed) == "XB0100001"
