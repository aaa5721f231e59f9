"""`verify` and `doctor` name a damaged page and go on; neither ends with the first of it."""

from __future__ import annotations

import pytest

from storage.first_look import DATABASE
from tests.journeys.desk import Desk

PAGE = 4096


def rot(desk: Desk, page: int) -> None:
    """One bit of the page is another."""
    file = desk.home / DATABASE
    data = bytearray(file.read_bytes())
    data[(page - 1) * PAGE + 1000] ^= 4
    file.write_bytes(data)


@pytest.mark.parametrize("page", [2, 4, 5, 20, 60])
def test_a_rotten_page_is_a_finding_of_verify_and_of_doctor(desk: Desk, page: int) -> None:
    rot(desk, page)

    verified, examined = desk.run("verify"), desk.run("doctor")

    assert (verified.status, verified.err) == (1, "")
    assert "WRONG: database: " in verified.out
    assert "restore the folder from a backup" in verified.out or "damaged" in verified.out
    assert "NOT sound" in verified.out
    assert (examined.status, examined.err) == (1, "")
    assert "WRONG   database: " in examined.out
    assert "ok      keys: slots passphrase, recovery" in examined.out
    assert " disk: " in examined.out
    assert " packs" in examined.out
    assert " hub" in examined.out
