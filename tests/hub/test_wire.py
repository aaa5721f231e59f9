"""The bytes of the link stay what tests/vectors/wire.json says they are."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entry import Entry
from domain.ids import DeviceId, HubId
from domain.signing import SigningKey, VerifyKey
from sync.wire.acknowledgement import read_acknowledgement, sign_acknowledgement
from sync.wire.batch import pack_batch, read_batch
from sync.wire.enrolment import read_answer, read_request
from sync.wire.errors import AcknowledgementRefused, BatchRefused, EnrolmentRefused
from tests.hub.make_vectors import FILE, HUB_SEED, chain, statement

VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
HUB = VerifyKey(bytes.fromhex(VECTORS["hub_key"]))
ENTRIES = tuple(
    Entry(e["bytes"].encode(), bytes.fromhex(e["signature"])) for e in VECTORS["entries"]
)


def test_entries_are_made_byte_for_byte_as_in_the_vectors() -> None:
    assert tuple(chain()) == ENTRIES
    assert [str(entry.hash) for entry in ENTRIES] == [e["hash"] for e in VECTORS["entries"]]
    key = VerifyKey(bytes.fromhex(VECTORS["device_key"]))
    assert all(entry.signed_by(key) for entry in ENTRIES)


@pytest.mark.parametrize("name", VECTORS["batches"])
def test_a_batch_gives_its_entries_back(name: str) -> None:
    batch = read_batch(base64.b64decode(VECTORS["batches"][name]))
    assert batch.entries == ENTRIES
    assert len(batch.refused) == ("no entry" in name)


@pytest.mark.parametrize("name", VECTORS["batches_refused"])
def test_a_broken_batch_is_refused(name: str) -> None:
    with pytest.raises(BatchRefused):
        read_batch(base64.b64decode(VECTORS["batches_refused"][name]))


@pytest.mark.parametrize("name", VECTORS["acknowledgements"])
def test_a_statement_of_the_hub_is_believed(name: str) -> None:
    assert read_acknowledgement(VECTORS["acknowledgements"][name].encode(), HUB) == statement(
        list(ENTRIES)
    )


@pytest.mark.parametrize("name", VECTORS["acknowledgements_refused"])
def test_a_statement_of_anybody_else_is_not_believed(name: str) -> None:
    with pytest.raises(AcknowledgementRefused):
        read_acknowledgement(VECTORS["acknowledgements_refused"][name].encode(), HUB)


def test_statements_are_signed_byte_for_byte_as_in_the_vectors() -> None:
    said = sign_acknowledgement(statement(list(ENTRIES)), SigningKey(HUB_SEED))
    assert said.decode() == VECTORS["acknowledgements"]["by the first key"]


def test_a_statement_about_others_is_not_taken_for_ours() -> None:
    data = VECTORS["acknowledgements"]["by the first key"].encode()
    with pytest.raises(AcknowledgementRefused):
        read_acknowledgement(data, HUB, device=DeviceId("DAAAAAAAAAAAAAAAA"))
    with pytest.raises(AcknowledgementRefused):
        read_acknowledgement(data, HUB, hub=HubId("HAAAAAAAAAAAAAAAA"))


def test_a_request_to_enrol_is_read() -> None:
    request = read_request(VECTORS["enrolment_request"].encode())
    assert request.public_key.raw.hex() == VECTORS["device_key"]
    assert request.code == "ABCD-EFGH-JKLM"


@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(data: bytes) -> None:
    for read, refused in (
        (read_batch, BatchRefused),
        (lambda d: read_acknowledgement(d, HUB), AcknowledgementRefused),
        (read_request, EnrolmentRefused),
        (read_answer, EnrolmentRefused),
    ):
        with pytest.raises(refused):
            read(data)


@given(st.data())
def test_a_damaged_statement_is_never_believed(data: st.DataObject) -> None:
    good = VECTORS["acknowledgements"]["by the first key"].encode()
    place = data.draw(st.integers(0, len(good) - 1))
    bad = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    try:
        found = read_acknowledgement(bad, HUB)
    except AcknowledgementRefused:
        return
    assert found == statement(list(ENTRIES))  # outside what is signed, `keys` renamed for instance


def test_a_batch_that_nobody_would_take_is_not_made() -> None:
    with pytest.raises(BatchRefused):
        pack_batch([ENTRIES[0]] * 200_000)
