"""People at the pages of a hub: accounts made by its own deeds, and browsers that are signed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from domain.instant import Instant
from hub.hub import Hub
from hub.people.accounts import add_person
from hub.people.invitations import accept, open_invitation
from hub.people.roles import Role
from hub.people.second_factor import code_at, step_of
from tests.hub.conftest import LIGHT, Running, run_hub
from tests.hub.engines import Url, sqlite_url
from tests.hub.station import NIGHT

PASSWORD = "orbit velvet kettle seven"
HTML = {"Accept": "text/html"}


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self._at = NIGHT.millis

    def __call__(self) -> Instant:
        return Instant(self._at)

    def move(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Move it on."""
        self._at += int(minutes * 60_000 + seconds * 1_000)


@dataclass
class Person:
    """Somebody with an account, a password and an authenticator."""

    hub: Hub
    id: str
    name: str
    secret: bytes
    recovery: tuple[str, ...]
    steps: int = 0

    def code(self) -> str:
        """The next code that this authenticator shows and that was not used."""
        return code_at(self.secret, step_of(self.hub.now().millis // 1000))

    def typed(self, **other: str) -> dict[str, str]:
        """What is typed into the form."""
        return {"name": self.name, "password": PASSWORD, "code": self.code(), **other}


def a_person(
    hub: Hub, name: str, role: Role = Role.READER, *, regions: Sequence[str] = ()
) -> Person:
    """A person who has set a password; the code that was used for it is of the present step."""
    invited = add_person(hub, name, role, in_regions=regions)
    secret = open_invitation(hub, invited.code, "192.0.2.1").secret
    factor = code_at(secret, step_of(hub.now().millis // 1000))
    recovery = accept(
        hub, invited.code, PASSWORD, PASSWORD, factor, address="192.0.2.1", cost=LIGHT
    )
    return Person(hub, invited.account.id, invited.account.name, secret, recovery)


def a_browser(running: Running, **more: Any) -> httpx2.Client:
    """A browser that shows the pages; it says of each request that its own page made it."""
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": "a browser", **HTML}
    return httpx2.Client(base_url=running.pages, timeout=30, headers=headers, **more)


def signed_in(running: Running, person: Person) -> httpx2.Client:
    """A browser in which the person has just signed in."""
    browser = a_browser(running)
    answer = browser.post("/sign-in", data=person.typed())
    assert answer.status_code == 303, answer.text
    return browser


@contextmanager
def hub_with_people(
    folder: Path, *, look_seconds: float = 5, database: Url = sqlite_url
) -> Iterator[tuple[Running, HandClock]]:
    """A hub whose pages need a sign-in, and its clock."""
    clock = HandClock()
    with run_hub(
        folder,
        sign_in=True,
        now=clock,
        look_seconds=look_seconds,
        database=database,
    ) as running:
        yield running, clock
