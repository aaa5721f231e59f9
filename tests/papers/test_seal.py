"""The seal: small, the same for all copies, and broken by any change."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.encoding import from_plain
from domain.errors import Malformed
from domain.signing import SEAL, SigningKey, VerifyKey
from papers.errors import SealRefused
from papers.judge.judgement import Verdict
from papers.judge.verify import verify_seal
from papers.receipt.goods_row import rows_of
from papers.receipt.seal_facts import facts_of
from papers.seal import base45
from papers.seal.seal import PREFIX, SealFacts, key_id, make_seal, read_seal
from tests.papers.builders import KEY, OTHER_KEY, a_line, a_paper, an_interception
from tests.papers.paper_text import copy_of

PAPER = a_paper()
VECTORS = Path(__file__).parents[1] / "vectors"


def test_a_seal_reads_back_as_what_it_vouches_for() -> None:
    facts, seal = facts_of(PAPER), read_seal(PAPER.seal)
    assert seal.signed_by(KEY.verify_key)
    assert not seal.signed_by(OTHER_KEY.verify_key)
    assert (seal.receipt_no, seal.seizure_no) == (facts.receipt_no, facts.seizure_no)
    assert (seal.kind, seal.revision, seal.post) == ("seizure", 1, "MCN")
    assert str(seal.issued_at) == str(PAPER.issued_at)
    assert (seal.device, seal.entry_seq) == (PAPER.device, 1204)
    assert seal.tip == PAPER.tip.raw[:16]
    assert seal.totals == facts.totals
    assert seal.vouches_for(tuple(row.canonical for row in rows_of(PAPER)))


def test_all_copies_carry_the_same_seal() -> None:
    assert make_seal(facts_of(copy_of(PAPER, 7)), KEY) == PAPER.seal


@pytest.mark.parametrize("count", [0, 1, 4, 16, 17, 300])
def test_a_seal_stays_small_however_many_lines(count: int) -> None:
    lines = tuple(a_line(number) for number in range(1, count + 1))
    paper = a_paper(interception=an_interception(goods=lines))
    assert len(paper.seal) < 600
    code = zxingcpp.create_barcode(paper.seal, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    assert code.symbology_identifier == "]Q1"
    assert read_seal(paper.seal).line_count == count


def test_the_published_sample_is_read_and_made_again() -> None:
    sample = json.loads((VECTORS / "seal-1.json").read_text("utf-8"))
    key = SigningKey(bytes.fromhex(sample["signing_seed"]))
    facts = from_plain(sample["facts"], SealFacts)
    assert make_seal(facts, key) == sample["text"]
    seal = read_seal(sample["text"])
    assert seal.signed_by(VerifyKey(bytes.fromhex(sample["public_key"])))
    assert [part.hex() for part in seal.line_hashes] == sample["line_hashes"]
    assert seal.body.hex() == sample["body"]


def test_a_seal_from_an_exercise_says_so() -> None:
    practice = a_paper(practice=True)
    assert "exercise" in str(verify_seal(practice.seal, lambda _: KEY.verify_key))
    unproven = str(verify_seal(practice.seal, lambda _: None))
    assert (
        "The seal, which proves nothing here, says that the paper is from an exercise" in unproven
    )
    assert "This paper is from an exercise" not in unproven
    assert "exercise" not in str(verify_seal(PAPER.seal, lambda _: KEY.verify_key))


def test_unlike_units_are_summed_apart() -> None:
    goods = (a_line(1), a_line(2, unit="ampoule", quantity=Decimal("2.50"), packs=None), a_line(3))
    seal = read_seal(a_paper(interception=an_interception(goods=goods)).seal)
    assert [str(total) for total in seal.totals] == ["1120 capsule", "2.5 ampoule"]


def test_a_signature_made_for_another_purpose_is_no_seal() -> None:
    seal = read_seal(PAPER.seal)
    foreign = KEY.sign("tidewaiter entry 1", seal.body)
    forged = read_seal(PREFIX + base45.encode(foreign + seal.body))
    assert not forged.signed_by(KEY.verify_key)
    assert KEY.verify_key.verifies(SEAL, seal.body, seal.signature)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(PAPER.seal) - 1), st.integers(0, 6))
def test_no_flipped_bit_of_a_seal_goes_unseen(place: int, bit: int) -> None:
    character = chr(ord(PAPER.seal[place]) ^ (1 << bit))
    text = PAPER.seal[:place] + character + PAPER.seal[place + 1 :]
    judged = verify_seal(text, {key_id(KEY.verify_key): KEY.verify_key}.get)
    assert judged.verdict in (Verdict.UNREADABLE, Verdict.FORGED, Verdict.UNKNOWN_KEY)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet=base45.ALPHABET, max_size=400))
def test_no_text_makes_the_reader_of_seals_fail_otherwise(text: str) -> None:
    for each in (text, PREFIX + text):
        with pytest.raises(SealRefused):
            read_seal(each)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_a_body_that_is_no_seal_is_refused(body: bytes) -> None:
    with pytest.raises(SealRefused):
        read_seal(PREFIX + base45.encode(bytes(64) + body))


def test_a_body_with_impossible_values_is_refused() -> None:
    body = msgspec.msgpack.decode(read_seal(PAPER.seal).body)
    for place, value in ((0, 2), (5, -1), (6, 10**6), (8, b"x"), (12, -1), (14, [["u", "x"]])):
        changed = [*body[:place], value, *body[place + 1 :]]
        text = PREFIX + base45.encode(bytes(64) + msgspec.msgpack.encode(changed))
        with pytest.raises(SealRefused):
            read_seal(text)


@given(st.binary(max_size=200))
def test_base_45_comes_back(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0")])
def test_base_45_is_that_of_rfc_9285(data: bytes, text: str) -> None:
    assert base45.encode(data) == text


@pytest.mark.parametrize("text", ["a", "A", "ZZ", ":::", "GGW", "é00"])
def test_base_45_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        base45.decode(text)
