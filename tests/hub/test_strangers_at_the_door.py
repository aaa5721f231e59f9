"""Those who should not come in: guesses, foreign pages, foreign addresses, forms that are none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hub.people.accounts import add_person
from hub.people.roles import Role
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import HandClock, Person, a_browser, a_person, hub_with_people, signed_in


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
