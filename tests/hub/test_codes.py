"""One-time codes and introductions, as the hub makes and judges them."""

from __future__ import annotations

import hashlib
import json

import httpx2
import pytest

from domain.instant import Instant
from domain.signing import SigningKey
from hub.build import open_registry
from hub.codes import fresh_code, put_address
from hub.errors import CodeRefused
from sync.wire.code import fingerprint, read_code
from sync.wire.enrolment_file import GivenStation
from tests.hub.conftest import Running

MCN3 = GivenStation(post="MCN", country="XA", number=3, name="Counter 3")


def test_a_code_is_looked_up_by_its_holder_alone(running: Running) -> None:
    put_address(running.hub, running.url, "")
    code = fresh_code(running.hub, MCN3)
    http = httpx2.Client(base_url=running.url)
    for number in range(10):
        guess = {"code": f"GUESS-{number}"}
        assert http.post("/api/enrolment", json=guess).status_code == 403
    assert http.post("/api/enrolment", json={"code": code}).status_code == 429
    assert http.post("/api/enrolment", content=b"[").status_code == 400


def test_a_code_names_the_key_of_its_hub() -> None:
    """The letters of docs/enrolment.md, found here without this program's code."""
    key = SigningKey(bytes(32)).verify_key
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(key.raw).digest())
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    expected = "".join(letters[int(bits[i : i + 5], 2)] for i in range(0, 60, 5))
    assert fingerprint(key) == expected
    assert read_code("abcd efgh-jklm " + expected) == ("ABCDEFGHJKLM", expected)


def test_a_code_is_made_for_hours_by_the_hubs_clock(running: Running) -> None:
    past = open_registry(running.database, now=lambda: Instant.parse("2026-01-01T00:00Z"))
    fresh_code(past, MCN3)
    past.database.close()
    assert fresh_code(running.hub, MCN3)  # the old one has expired
    with pytest.raises(CodeRefused):
        fresh_code(running.hub, MCN3)


def test_an_introduction_needs_no_secret_and_tells_none(running: Running) -> None:
    answer = httpx2.get(f"{running.url}/api/introduction?nonce=abc").json()
    told = json.loads(answer["statement"])
    assert told["nonce"] == "abc"
    assert set(told) <= {"v", "hub", "public_key", "former", "authority", "nonce"}
