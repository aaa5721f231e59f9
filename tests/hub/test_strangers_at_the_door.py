"""Those who should not come in: guesses, foreign pages, foreign addresses, forms that are none."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from hub.errors import CodeRefused, NotKnown
from hub.people.accounts import add_person
from hub.people.delays import begin_try
from hub.people.passwords import PasswordCost, password_hash
from hub.people.roles import Role
from hub.people.signing_in import Origin, TypedSignIn, sign_in
from hub.store.sql import people
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import (
    PASSWORD,
    HandClock,
    Person,
    a_browser,
    a_person,
    hub_with_people,
    signed_in,
)


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Running, HandClock]]:
    with hub_with_people(tmp_path, look_seconds=0.05, database=engine) as found:
        yield found


@pytest.fixture
def running(place: tuple[Running, HandClock]) -> Running:
    return place[0]


@pytest.fixture
def clock(place: tuple[Running, HandClock]) -> HandClock:
    return place[1]


@pytest.fixture
def ada(running: Running, clock: HandClock) -> Person:
    """A reader, whose authenticator shows a code that was not used."""
    person = a_person(running.hub, "ada")
    clock.move(seconds=30)
    return person


def opens(browser: httpx2.Client) -> bool:
    """Whether the list is shown."""
    return browser.get("/").status_code == 200


def test_guessing_is_slowed_down_and_nobody_is_locked_out_for_ever(
    running: Running, clock: HandClock, ada: Person
) -> None:
    browser = a_browser(running)
    wrong = ada.typed(password="wrong wrong wrong")
    statuses = [browser.post("/sign-in", data=wrong).status_code for _ in range(5)]
    assert statuses[:3] == [401, 401, 401]
    assert statuses[-1] == 429
    waiting = browser.post("/sign-in", data=ada.typed())
    assert waiting.status_code == 429  # also the right one waits, so that it cannot be told
    assert int(waiting.headers["Retry-After"]) > 0
    clock.move(minutes=16)
    assert browser.post("/sign-in", data=ada.typed()).status_code == 303


def test_guesses_at_the_same_time_are_each_counted(running: Running, ada: Person) -> None:
    answers: list[int] = []

    def guess() -> None:
        wrong = ada.typed(password="wrong wrong wrong")
        answers.append(a_browser(running).post("/sign-in", data=wrong).status_code)

    some = [threading.Thread(target=guess) for _ in range(8)]
    for thread in some:
        thread.start()
    for thread in some:
        thread.join(30)
    assert sorted(answers) == [401] * 3 + [429] * 5


def test_a_code_of_an_invitation_cannot_be_guessed(running: Running) -> None:
    add_person(running.hub, "ada", Role.READER)
    browser = a_browser(running)
    statuses = [browser.post("/welcome", data={"code": f"{n}"}).status_code for n in range(5)]
    assert statuses == [403, 403, 403, 429, 429]


def test_all_addresses_of_one_ipv6_line_wait_together(running: Running) -> None:
    statuses = []
    for n in range(5):
        try:
            begin_try(running.hub, "ada", f"2001:db8::{n + 1}")
            statuses.append(200)
        except CodeRefused as error:
            statuses.append(error.status)
    assert statuses == [200, 200, 200, 429, 429]
    begin_try(running.hub, "ada", "2001:db8:0:1::1")  # another line


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example/", "/\\evil.example", "\t//evil", "", "x" * 400]
)
def test_a_sign_in_leads_to_no_foreign_address(running: Running, ada: Person, to: str) -> None:
    answer = a_browser(running).post("/sign-in", data=ada.typed(to=to))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_an_address_that_was_asked_for_comes_after_the_sign_in(
    running: Running, ada: Person
) -> None:
    browser = a_browser(running)
    asked = browser.get("/interceptions/abc@D1")
    assert (asked.status_code, asked.headers["Location"]) == (
        303,
        "/sign-in?to=/interceptions/abc@D1",
    )
    assert 'value="/interceptions/abc@D1"' in browser.get(asked.headers["Location"]).text
    limits = "post=MCN&number=RR+1"
    for path, to in (("/", "/"), ("/devices", "/devices"), ("/export", "/")):
        asked = browser.get(f"{path}?{limits}")
        typed = ada.typed(to=parse_qs(urlsplit(asked.headers["Location"]).query)["to"][0])
        assert typed["to"] == f"{to}?{limits}"
    assert browser.post("/sign-in", data=typed).headers["Location"] == f"/?{limits}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_foreign_page_changes_nothing(
    running: Running, ada: Person, headers: dict[str, str]
) -> None:
    browser = signed_in(running, ada)
    foreign = httpx2.Client(base_url=running.pages, cookies=dict(browser.cookies))
    for path in ("/sign-out", "/account/password", "/account/sign-ins"):
        answer = foreign.post(path, data={"end": "others"}, headers=headers)
        assert answer.status_code == 403
        assert "not asked by a page of this hub" in answer.text
    assert opens(browser)
    own = {"Origin": running.pages}
    assert foreign.post("/sign-out", headers=own).status_code == 303


@pytest.mark.rows
def test_forms_that_are_none_are_refused_in_one_sentence(running: Running, ada: Person) -> None:
    browser = a_browser(running)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/sign-in", content=b"x" * 10_000_000, headers=kind).status_code == 413
    assert browser.post("/sign-in", content=b"{}", headers={"Content-Type": "application/json"}
                        ).status_code == 415  # fmt: skip
    assert browser.post("/sign-in", content=b"a&" * 500, headers=kind).status_code == 400
    for data in ("name=a%00b&password=%00&code=%00", "name=%FF%FE&password=x&code=y", ""):
        answer = browser.post("/sign-in", content=data.encode(), headers=kind)
        assert answer.status_code in (401, 429)
        assert "Traceback" not in answer.text


def test_an_unknown_name_costs_as_much_work_as_a_known_one(running: Running, ada: Person) -> None:
    """The time of this thread alone counts, so that other work on the machine changes nothing."""
    cost = PasswordCost(iterations=2, memory_kib=16_384)
    with running.hub.database.writing() as rows:
        people.put_password(rows, ada.id, password_hash(PASSWORD, cost))

    def work(name: str, address: str) -> float:
        begun = time.thread_time()
        typed = TypedSignIn(name, "wrong wrong wrong", "000000")
        with pytest.raises(NotKnown):
            sign_in(running.hub, typed, Origin(address), cost)
        return time.thread_time() - begun

    # in turns, so that what slows the processor for a while slows both
    spent = [(work("ada", f"192.0.2.{n}"), work("eva", f"192.0.2.{n}")) for n in range(8)]
    known, unknown = (min(each) for each in zip(*spent, strict=True))
    assert 0.7 < known / unknown < 1.4
