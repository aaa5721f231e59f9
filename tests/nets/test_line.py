"""The line to the hub: what an answer may claim, and what counts as delivered."""

from __future__ import annotations

from contextlib import closing

import msgspec
import pytest

from acts.hub.acknowledge import acknowledge
from acts.hub.join_hub import EnrolledHub
from domain.ids import DeviceId, HubId, PackHash, PhotoHash
from domain.signing import SigningKey
from domain.statement import Acknowledgement, Level
from storage import hub_memory
from storage.workstation import Workstation
from sync.errors import HubUnintelligible
from sync.http.carrier import HttpCarrier
from sync.http.exchange import client, exchange
from sync.http.uploads import upload
from sync.wire.acknowledgement import (
    read_acknowledgement,
    sign_acknowledgement,
    sign_successor,
)
from sync.wire.enrolment import OfferedPack
from sync.wire.envelope import Envelope
from sync.wire.errors import AcknowledgementRefused
from tests.builders import NIGHT, a_final, a_statement
from tests.sync.lines import Asked, a_server, an_answer

PHOTO = b"a photo of some bytes"


def counts(ws: Workstation) -> tuple[int, int, int, int]:
    """Records and how many of them the hub holds; photos likewise."""
    found = hub_memory.summary(ws.db)
    return found.records, found.records_held, found.photos, found.photos_held


def test_what_the_hub_has_not_signed_for_is_not_counted_as_held(ws: Workstation) -> None:
    a_final(ws)
    assert counts(ws) == (1, 0, 2, 0)

    acknowledge(ws, a_statement(ws, level=Level.RECEIVED))
    assert counts(ws) == (1, 1, 2, 0)

    one, other = hub_memory.waiting_photos(ws.db)
    statement = a_statement(ws, level=Level.RECEIVED, photos=(one,))
    acknowledge(ws, statement, asked=(one, other))
    assert counts(ws) == (1, 1, 2, 1)
    assert hub_memory.waiting_photos(ws.db) == (other,)

    a_final(ws)
    assert counts(ws) == (2, 1, 4, 1)


def test_a_loss_that_was_heard_of_does_not_count_again(ws: Workstation) -> None:
    """The answer to an older question repeats it, when the photo is at the hub again."""
    a_final(ws)
    photo = hub_memory.waiting_photos(ws.db)[0]
    held = a_statement(ws, level=Level.RECEIVED, photos=(photo,), nonce="1")
    acknowledge(ws, held, asked=(photo,))

    lost = msgspec.structs.replace(held, photos=(), losses=1, lost=(photo,))
    acknowledge(ws, lost)
    assert photo in hub_memory.waiting_photos(ws.db)

    acknowledge(ws, msgspec.structs.replace(held, losses=1), asked=(photo,))
    acknowledge(ws, lost)
    assert photo not in hub_memory.waiting_photos(ws.db)


@pytest.mark.parametrize("offset", ["22", "999999999999", "-1", "1e1", "", "²"])
def test_an_offset_beyond_the_end_of_a_photo_is_not_believed(offset: str) -> None:
    """At the beginning and after a piece: believed, it would end the upload as if all had come."""
    asked: list[str] = []

    def answer(question: Asked) -> bytes:
        asked.append(question.method)
        begun = question.method == "POST" and step == "later"
        more = {"Location": "/up", "Upload_Offset": "0" if begun else offset}
        return an_answer(201 if question.method == "POST" else 204, b"", **more)

    for step in ("at once", "later"):
        asked.clear()
        with (
            a_server(answer) as url,
            client(url, {}) as http,
            pytest.raises(HubUnintelligible, match="impossible offset"),
        ):
            upload(http, PhotoHash.of(PHOTO), PHOTO, cancelled=lambda: False)
        assert asked == (["POST"] if step == "at once" else ["POST", "PATCH"])


def test_an_offset_that_does_not_advance_ends_the_upload() -> None:
    """A hub that has the same content offset for ever would keep the line busy for ever."""
    asked: list[str] = []

    def answer(question: Asked) -> bytes:
        asked.append(question.method)
        more = {"Location": "/up", "Upload_Offset": "0"}
        if len(asked) > 5:
            return b""  # cut: whoever still asks hears nothing more
        return an_answer(201 if question.method == "POST" else 204, b"", **more)

    with (
        a_server(answer) as url,
        client(url, {}) as http,
        pytest.raises(HubUnintelligible, match="impossible offset"),
    ):
        upload(http, PhotoHash.of(PHOTO), PHOTO, cancelled=lambda: False)

    assert asked == ["POST", "PATCH"]


def test_a_redirect_is_not_followed() -> None:
    """Whoever answers in the hub's place could send the token to an address of his own."""
    asked: list[str] = []

    def answer(question: Asked) -> bytes:
        asked.append(question.path)
        return an_answer(302, Location="/elsewhere")

    with (
        a_server(answer) as url,
        client(url, {"Authorization": "Bearer secret"}) as http,
        pytest.raises(HubUnintelligible),
    ):
        exchange(http, "GET", "/api/packs")

    assert asked == ["/api/packs"]


def test_a_key_that_follows_the_hubs_is_believed_only_when_the_one_before_named_it() -> None:
    """Whoever sits on the line could name a key of his own and sign with it."""
    ours, next_one, thief = (SigningKey(bytes([n]) * 32) for n in (1, 2, 3))
    hub_id, device = HubId.from_random(bytes(10)), DeviceId.from_random(bytes(10))
    said = Acknowledgement(
        hub=hub_id,
        epoch="2-b",
        device=device,
        at=NIGHT,
        tips=(),
        photos=(),
        refused=(),
        branched=False,
    )

    def answer(speaker: SigningKey, *steps: Envelope) -> bytes:
        return sign_acknowledgement(said, speaker, steps)

    def judged(data: bytes) -> Acknowledgement:
        return read_acknowledgement(data, ours.verify_key, hub=hub_id, device=device)

    named = sign_successor(hub_id, "2-b", next_one.verify_key, ours)
    assert judged(answer(next_one, named)) == said
    usurped = sign_successor(hub_id, "2-b", thief.verify_key, thief)
    of_another_hub = sign_successor(HubId("HAAAAAAAAAAAAAAAB"), "2-b", thief.verify_key, ours)
    for steps in ((usurped,), (named, usurped), (of_another_hub,), ()):
        with pytest.raises(AcknowledgementRefused, match="not signed by the hub"):
            judged(answer(thief, *steps))


def test_a_pack_that_is_not_the_one_offered_is_not_taken() -> None:
    """A proxy that keeps old answers, or a file exchanged at the hub."""
    offered = OfferedPack(id="SAMPLE-MED", version="1.0.0", sha256=PackHash.of(b"the pack"))
    key = SigningKey(bytes(32)).verify_key

    def packs(data: bytes) -> bytes:
        with a_server(lambda _: an_answer(200, data)) as url:
            hub_there = EnrolledHub(url, HubId.from_random(bytes(10)), key, "tw_x", "")
            device = DeviceId.from_random(bytes(10))
            with closing(HttpCarrier(hub_there, device)) as carrier:
                return carrier.pack(offered)

    assert packs(b"the pack") == b"the pack"
    with pytest.raises(HubUnintelligible, match="not the one that the hub offers"):
        packs(b"another pack")
