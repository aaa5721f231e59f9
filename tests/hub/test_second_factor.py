"""Codes of the second factor, against the vectors of RFC 6238 and RFC 4226, and passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import RequestRefused
from hub.people.passwords import PasswordCost, expect_good, is_outdated, is_right, password_hash
from hub.people.second_factor import (
    AROUND,
    code_at,
    matching_step,
    new_recovery_codes,
    otpauth_uri,
    secret_text,
    step_of,
    typed_hash,
)

SECRET = b"12345678901234567890"
LIGHT = PasswordCost(iterations=1, memory_kib=64)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(SECRET, step_of(seconds), digits=8) == code


@pytest.mark.parametrize(
    ("step", "code"), [(0, "755224"), (1, "287082"), (2, "359152"), (3, "969429")]
)
def test_codes_are_those_of_rfc_4226(step: int, code: str) -> None:
    assert code_at(SECRET, step) == code


@given(st.binary(min_size=20, max_size=20), st.integers(0, 2**33), st.integers(-5, 5))
def test_a_code_is_accepted_one_step_around_the_present_one(
    secret: bytes, seconds: int, away: int
) -> None:
    step = step_of(seconds) + away
    near = {step_of(seconds) + each for each in AROUND}
    code = code_at(secret, max(0, step))
    found = matching_step(secret, f" {code[:3]} {code[3:]} ", seconds)
    if step in near and step >= 0:
        assert found is not None
        assert code_at(secret, found) == code
    elif code not in {code_at(secret, each) for each in near if each >= 0}:
        assert found is None


@given(st.text(max_size=60))
def test_what_is_no_code_is_none(typed: str) -> None:
    digits = "".join(typed.split())
    codes = {code_at(SECRET, step) for step in (99, 100, 101)}
    assert (matching_step(SECRET, typed, 3_000) is not None) == (digits in codes)


def test_an_authenticator_reads_name_and_key() -> None:
    uri = otpauth_uri(SECRET, "ada", "HABC")
    assert uri.startswith("otpauth://totp/Tidewaiter%20HABC:ada?secret=GEZDGNBVGY3TQOJQ")
    assert uri.endswith("&issuer=Tidewaiter%20HABC")
    assert secret_text(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_recovery_codes_are_ten_and_all_differ() -> None:
    numbers = iter(range(10))
    codes = new_recovery_codes(lambda size: next(numbers).to_bytes(size, "big"))
    assert len({typed_hash(each) for each in codes}) == 10
    assert all(len(each) == 19 for each in codes)


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_a_password_is_right_when_it_is_the_same_text(password: str, other: str) -> None:
    stored = password_hash(password, LIGHT)
    assert is_right(password, stored, LIGHT)
    assert not is_outdated(stored, LIGHT)
    assert is_outdated(stored, PasswordCost())
    assert not is_right(f"{password}x", stored, LIGHT)
    assert not is_right(other, "", LIGHT)


def test_one_password_typed_on_two_keyboards_is_one() -> None:
    assert is_right("cafe\u0301 velvet", password_hash("caf\u00e9 velvet", LIGHT), LIGHT)


@pytest.mark.parametrize(
    "password", ["short", "x" * 257, "aaaaaaaaaaaaaa", "12121212121212", "I am ada ok ada"]
)
def test_a_password_that_is_too_plain_is_refused(password: str) -> None:
    with pytest.raises(RequestRefused):
        expect_good(password, "ada")
