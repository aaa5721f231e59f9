"""An entry is the bytes that were signed; any change of them is noticed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.encoding import from_json, to_json
from domain.entry import Entry, sign
from domain.errors import EntryRefused, Malformed
from domain.fold import Status, fold
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash, PaperHash, RecordId
from domain.instant import ClockState, Instant
from domain.interception.goods import GoodsLine
from domain.interception.nominal import join, split
from domain.interception.persons import Party, Persons
from domain.interception.record import Interception
from domain.kinds import (
    Body,
    InterceptionCancelled,
    InterceptionFinalised,
    InterceptionReviewed,
    ReceiptIssued,
    ReceiptPrinted,
)
from domain.signing import SigningKey

KEY = SigningKey(bytes(range(32)))
DEVICE = DeviceId.from_random(bytes(10))
AT = Instant.parse("2026-11-23T03:12:08+01:00")
RECORD = RecordId.make(AT, bytes(10))


def chain(*said: tuple[str, Body | dict[str, str]]) -> list[Entry]:
    """Entries of one chain about one record."""
    entries: list[Entry] = []
    for kind, body in said:
        entries.append(
            sign(
                KEY,
                device=DEVICE,
                after=entries[-1] if entries else None,
                at=AT,
                clock=ClockState.TRUSTED,
                actor="4417",
                kind=kind,
                subject=str(RECORD),
                body=body,
            )
        )
    return entries


def finalised(revision: int = 1, supersedes: EntryHash | None = None) -> InterceptionFinalised:
    """The body of a revision whose remarks say which."""
    return InterceptionFinalised(
        record=RECORD,
        number="XA-MCN1-2026-00001-3",
        revision=revision,
        supersedes=supersedes,
        shared=Interception(remarks=f"revision {revision}", goods=(GoodsLine(category="X"),)),
    )


def test_an_entry_read_from_its_bytes_is_the_same_entry() -> None:
    entry = chain(("interception.finalised", finalised()))[0]

    again = Entry(entry.bytes, entry.signature)

    assert again == entry
    assert again.head.prev == NOTHING_BEFORE
    assert again.signed_by(KEY.verify_key)
    assert not again.signed_by(SigningKey(bytes(32)).verify_key)


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_one_flipped_bit_is_noticed(place: int, bit: int) -> None:
    entry = chain(("interception.finalised", finalised()))[0]
    changed = bytearray(entry.bytes)
    changed[place % len(changed)] ^= 1 << bit

    try:
        read = Entry(bytes(changed), entry.signature)
    except EntryRefused:
        return
    assert read.hash != entry.hash
    assert not read.signed_by(KEY.verify_key)


@given(st.binary(max_size=400))
def test_any_bytes_whatsoever_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(EntryRefused):
        Entry(data, bytes(64))


def test_the_fold_follows_revisions_reviews_receipts_and_cancellation() -> None:
    first = chain(("interception.finalised", finalised()))[0]
    name = first.hash
    review = InterceptionReviewed(record=RECORD, entry=name, approved=False, comment="kg?")
    paper = PaperHash.of(b"pdf")
    issued = ReceiptIssued(
        record=RECORD, entry=name, number="R", language="en", issued_at=AT, paper=paper, seal="s"
    )
    printed = ReceiptPrinted(record=RECORD, number="R", copy=1, way="file", paper=paper)
    cancelled = InterceptionCancelled(record=RECORD, entry=name, reason="twice")
    entries = chain(
        ("interception.finalised", finalised()),
        ("receipt.issued", issued),
        ("receipt.printed", printed),
        ("interception.reviewed", review),
        ("interception.amended", finalised(2, name)),
        ("something.newer", {"from": "the future"}),
        ("interception.cancelled", cancelled),
    )

    def status(count: int) -> Status | None:
        case = fold(entries[:count])
        return case.status if case else None

    assert [status(count) for count in range(len(entries) + 1)] == [
        None,
        Status.FINAL,
        Status.FINAL,
        Status.FINAL,
        Status.RETURNED,
        Status.AMENDED,
        Status.AMENDED,
        Status.CANCELLED,
    ]
    case = fold(entries)
    assert case is not None
    assert case.interception.remarks == "revision 2"
    assert [len(receipt.copies) for receipt in case.receipts] == [1]
    assert case.unread == (entries[5].hash,)
    assert case.rivals == ()


def test_two_revisions_of_the_same_one_are_rivals_and_both_stay() -> None:
    first = chain(("interception.finalised", finalised()))[0]
    entries = [first]
    for seed in (1, 2):
        rival = sign(
            KEY,
            device=DEVICE,
            after=first,
            at=AT.plus(minutes=seed),
            clock=ClockState.TRUSTED,
            actor=str(seed),
            kind="interception.amended",
            subject=str(RECORD),
            body=finalised(2, first.hash),
        )
        entries.append(rival)

    one, other = fold(entries), fold([first, *reversed(entries[1:])])

    assert one is not None
    assert other is not None
    assert one.current == other.current
    assert len(one.revisions) == len(other.revisions) == 3
    assert len(one.rivals) == len(other.rivals) == 1


def test_a_review_counts_the_same_however_branches_are_mixed() -> None:
    first = chain(("interception.finalised", finalised()))[0]

    def after(kind: str, body: object, before: Entry, minutes: int) -> Entry:
        return sign(
            KEY,
            device=DEVICE,
            after=before,
            at=AT.plus(minutes=minutes),
            clock=ClockState.TRUSTED,
            actor="1",
            kind=kind,
            subject=str(RECORD),
            body=body,
        )

    late = after("interception.amended", finalised(2, first.hash), first, 9)
    approved = InterceptionReviewed(record=RECORD, entry=late.hash, approved=True)
    review = after("interception.reviewed", approved, late, 10)
    early = after("interception.amended", finalised(2, first.hash), first, 1)

    orders = ([first, late, review, early], [first, early, late, review])
    cases = [fold(order) for order in orders]

    assert [case.status for case in cases if case] == [Status.APPROVED] * 2
    assert [case.rivals for case in cases if case] == [(early.hash,)] * 2


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)
parties = st.lists(
    st.builds(Party, name=st.none() | texts, role=st.none() | texts, company=st.none() | texts),
    max_size=4,
)


@given(parties, st.sets(st.sampled_from(["persons.parties.name", "legal.grounds"])))
def test_what_is_split_comes_together_again(some: Sequence[Party], freed: set[str]) -> None:
    whole = Interception(remarks="r", persons=Persons(involved=2, parties=tuple(some)))

    shared, nominal = split(whole, freed)

    assert join(shared, nominal) == whole
    if "persons.parties.name" not in freed:
        assert all(party.name is None for party in shared.persons.parties)


@given(
    st.integers(-(10**11), 10**14),
    st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_is_read_back_from_its_text(millis: int, offset: int) -> None:
    instant = Instant(millis, offset)

    assert Instant.parse(str(instant)) == instant
    assert from_json(to_json([instant]), list[Instant]) == [instant]


@pytest.mark.parametrize("text", ["", "2026-11-23", "2026-11-23T03:12", "2026-13-01T00:00Z", "x"])
def test_a_time_without_offset_or_sense_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Instant.parse(text)
