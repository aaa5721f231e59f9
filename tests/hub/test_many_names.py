"""Trying many names from one address is slowed down, and an office behind it is not locked out."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from hub.config import NO_QUOTAS, Config, LogConfig
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import Url, sqlite_url
from tests.hub.people import HandClock, a_browser, a_person

pytestmark = pytest.mark.rows
OFFICE, OFFICE_6, ELSEWHERE = "192.0.2.7", "2001:db8::7", "198.51.100.1"
FREE = 20
"""Failures of one address before it has to wait."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hubs(tmp_path: Path, engine: Url, clock: HandClock) -> Iterator[Sequence[Running]]:
    """One hub, or two with one PostgreSQL, behind a proxy that they trust."""
    config = Config(
        log=LogConfig(requests=False),
        quotas=NO_QUOTAS,
        proxies=(ipaddress.ip_network("127.0.0.1"),),
    )
    with ExitStack() as held:
        yield [
            held.enter_context(
                run_hub(tmp_path, sign_in=True, database=engine, now=clock, config=config)
            )
            for _ in range(1 if engine is sqlite_url else 2)
        ]


def typed_at(hubs: Sequence[Running], number: int, address: str, typed: dict[str, str]) -> int:
    """The status of a sign-in from the address, at one hub after the other."""
    browser = a_browser(hubs[number % len(hubs)])
    return browser.post("/sign-in", data=typed, headers={"X-Forwarded-For": address}).status_code


def strangers(hubs: Sequence[Running], address: str, count: int, first: int = 0) -> list[int]:
    """The statuses of so many wrong sign-ins, each with another name."""
    return [
        typed_at(hubs, n, address, {"name": f"name{n}", "password": "x", "code": "1"})
        for n in range(first, first + count)
    ]


@pytest.mark.parametrize(("address", "neighbour"), [(OFFICE, OFFICE), (OFFICE_6, "2001:db8::8")])
def test_many_names_from_one_line_wait_but_for_who_has_signed_in_from_there(
    hubs: Sequence[Running], clock: HandClock, address: str, neighbour: str
) -> None:
    ada, bob = (a_person(hubs[0].hub, name) for name in ("ada", "bob"))
    clock.move(seconds=30)
    assert typed_at(hubs, 0, address, ada.typed()) == 303
    assert strangers(hubs, neighbour, FREE) == [401] * FREE
    assert strangers(hubs, address, 2, FREE) == [429, 429]
    assert strangers(hubs, ELSEWHERE, 2, FREE) == [401, 401]
    # the others' failures delay whoever was never here, and not who was
    assert typed_at(hubs, 1, address, bob.typed()) == 429
    wrong = [typed_at(hubs, n, address, ada.typed(password="wrong wrong")) for n in range(4)]
    assert wrong == [401, 401, 401, 429]
    clock.move(minutes=16)
    assert typed_at(hubs, 1, address, bob.typed()) == 303
    assert typed_at(hubs, 0, address, ada.typed()) == 303


def test_an_address_that_a_caller_makes_up_is_not_believed(
    tmp_path: Path, engine: Url, clock: HandClock
) -> None:
    with run_hub(tmp_path, sign_in=True, database=engine, now=clock) as running:
        statuses = [
            status
            for n in range(FREE + 1)
            for status in strangers([running], f"203.0.113.{n}", 1, n)
        ]
    assert statuses == [401] * FREE + [429]
