"""Rules of the field, each broken in turn: the state of a case, amounts, check digits, packs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import totals
from domain.amount import Amount, read_decimal
from domain.entry import Entry, sign
from domain.errors import EntryRefused, Malformed, PackRefused
from domain.fold import Status, fold
from domain.ids import DeviceId, EntryHash, RecordId
from domain.instant import ClockState, Instant
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.kinds import InterceptionCancelled, InterceptionFinalised, InterceptionReviewed
from domain.numbers import case_number, mrn, s10
from domain.pack.read import read_pack
from domain.signing import SigningKey
from system.shipped import shipped_packs

KEY = SigningKey(bytes(range(32)))
AT = Instant.parse("2026-11-23T03:12:08+01:00")
RECORD = RecordId.make(AT, bytes(10))
OURS, OTHERS = DeviceId.from_random(bytes(10)), DeviceId.from_random(bytes(range(10)))


def said(
    kind: str, body: object, after: Entry | None, *, minutes: int = 0, device: DeviceId = OURS
) -> Entry:
    """One entry about the record."""
    return sign(
        KEY,
        device=device,
        after=after,
        at=AT.plus(minutes=minutes),
        clock=ClockState.TRUSTED,
        actor="4417",
        kind=kind,
        subject=str(RECORD),
        body=body,
    )


def revision(number: int, supersedes: EntryHash | None = None) -> InterceptionFinalised:
    return InterceptionFinalised(
        record=RECORD,
        number="XA-MCN1-2026-00001-3",
        revision=number,
        supersedes=supersedes,
        shared=Interception(goods=(GoodsLine(category=f"R{number}"),)),
    )


FIRST = said("interception.finalised", revision(1), None)


def reviewed(of: Entry, approved: bool, after: Entry, device: DeviceId = OURS) -> Entry:
    body = InterceptionReviewed(record=RECORD, entry=of.hash, approved=approved, comment="")
    return said("interception.reviewed", body, after, device=device)


def status(entries: list[Entry]) -> Status:
    case = fold(entries)
    assert case is not None
    return case.status


def test_a_review_of_an_older_revision_does_not_count_for_the_newer_one() -> None:
    approved = reviewed(FIRST, True, FIRST)
    second = said("interception.amended", revision(2, FIRST.hash), approved)

    assert status([FIRST, approved]) is Status.APPROVED
    assert status([FIRST, approved, second]) is Status.AMENDED


def test_what_was_cancelled_stays_cancelled_whatever_a_branch_says() -> None:
    body = InterceptionCancelled(record=RECORD, entry=FIRST.hash, reason="recorded twice")
    cancelled = said("interception.cancelled", body, FIRST)
    amended = said("interception.amended", revision(2, FIRST.hash), FIRST, minutes=9)
    approved = reviewed(amended, True, amended)

    for order in itertools.permutations([cancelled, amended, approved]):
        if order.index(amended) < order.index(approved):
            assert status([FIRST, *order]) is Status.CANCELLED


def test_of_rival_revisions_one_is_in_force_and_the_other_is_told() -> None:
    early = said("interception.amended", revision(2, FIRST.hash), FIRST, minutes=1)
    late = said("interception.amended", revision(2, FIRST.hash), FIRST, minutes=9)

    for order in ([FIRST, early, late], [FIRST, late, early]):
        case = fold(order)
        assert case is not None
        assert case.current.entry == late.hash
        assert case.rivals == (early.hash,)


def test_what_another_workstation_says_changes_nothing_and_is_listed() -> None:
    stranger = said("station.opened", {"x": "y"}, None, device=OTHERS)
    amended = said("interception.amended", revision(7, FIRST.hash), stranger, device=OTHERS)
    approved = reviewed(FIRST, True, amended, device=OTHERS)

    case = fold([FIRST, amended, approved])

    assert case is not None
    assert case.status is Status.FINAL
    assert case.current.entry == FIRST.hash
    assert set(case.foreign) == {amended.hash, approved.hash}


def test_an_entry_that_contradicts_itself_about_its_place_is_refused() -> None:
    """Only the first has nothing before it, and the first has nothing before it."""
    second = said("interception.amended", revision(2, FIRST.hash), FIRST)

    for lie in (second.bytes.replace(b'"seq":2', b'"seq":1'), FIRST.bytes.replace(b":1,", b":2,")):
        assert lie not in (FIRST.bytes, second.bytes)
        with pytest.raises(EntryRefused):
            Entry(lie, bytes(64))


@pytest.mark.parametrize("text", ["1,000", "1e3", "-1", "1.2.3", "", "0x10", "1.1234567"])
def test_a_number_that_two_people_could_read_differently_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read_decimal(text)


@given(st.integers(0, 10**12 - 1), st.integers(0, 6))
def test_every_digit_of_an_amount_is_kept(digits: int, behind: int) -> None:
    text = f"{digits}.{'123456'[:behind]}".rstrip(".")

    assert str(read_decimal(text)) == text
    assert Amount.parse(f"{text} kg") == Amount(read_decimal(text), "kg")


def test_unlike_units_never_add_up() -> None:
    with pytest.raises(Malformed):
        _ = Amount(read_decimal("1"), "kg") + Amount(read_decimal("1"), "capsule")
    lines = (
        GoodsLine(quantity=read_decimal("1"), unit="kg"),
        GoodsLine(quantity=read_decimal("2"), unit="capsule"),
        GoodsLine(quantity=read_decimal("0.5"), unit="kg"),
    )
    assert [str(amount) for amount in totals.by_unit(lines).counted] == ["1.5 kg", "2 capsule"]


def numbers_of(kind: str) -> tuple[Callable[[str], Any], list[str]]:
    """Two hundred right numbers of the kind, and their judge."""
    serials = [f"{n * 48271 % 10**8:08d}" for n in range(1, 201)]
    if kind == "s10":
        return s10.check, [f"RR{n}{s10.check_digit(n)}GB" for n in serials]
    if kind == "mrn":
        heads = [f"26NL{n}ABCDE" for n in serials]
        return mrn.check, [head + mrn.check_digit(head) for head in heads]
    made = [case_number.seizure_number("XA", "MCN", 1, 2026, int(n) % 99_998 + 1) for n in serials]
    return case_number.check, made


@pytest.mark.parametrize(("kind", "share"), [("s10", 0.97), ("mrn", 0.97), ("case_number", 0.99)])
def test_two_neighbours_that_changed_places_are_found(kind: str, share: float) -> None:
    """The slip that fingers make most often after a single wrong key."""
    judge, numbers = numbers_of(kind)
    turned = [
        number[:n] + number[n + 1] + number[n] + number[n + 2 :]
        for number in numbers
        for n in range(len(number) - 1)
        if number[n : n + 2].isdigit() and number[n] != number[n + 1]
    ]
    assert all(judge(number).right for number in numbers)

    found = [not judge(number).right for number in turned]

    assert len(turned) > 800
    assert sum(found) / len(found) >= share


def pack_with(old: bytes, new: bytes) -> bytes:
    data = shipped_packs()["SAMPLE-MED"]
    assert data.count(old) >= 1, old
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b'"units": ["capsule"', b'"units": ["barrel"', "units"),
        (b'"factor": "0.001"', b'"factor": "-1"', "factor"),
        (b'"code": "pair"', b'"code": "unit"', "units[1].code"),
    ],
)
def test_a_pack_that_contradicts_itself_is_not_adopted(old: bytes, new: bytes, place: str) -> None:
    with pytest.raises(PackRefused) as refused:
        read_pack(pack_with(old, new), "pack.json")
    assert place in refused.value.faults[0].position
