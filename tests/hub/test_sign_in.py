"""Signing in to the pages: who comes in, for how long, and what is not believed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hub.people.accounts import add_person, change_role, disable, enable, end_sign_ins, reset
from hub.people.roles import Role
from hub.people.second_factor import code_at, step_of
from hub.store.sql.codes import secret_hash
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import Url
from tests.hub.people import (
    HTML,
    PASSWORD,
    HandClock,
    Person,
    a_browser,
    a_person,
    hub_with_people,
    signed_in,
)

WRONG = "The name, the password or the code is wrong."


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


def test_a_hub_without_accounts_shows_one_page_that_says_how_to_make_one(running: Running) -> None:
    browser = a_browser(running)
    for path in ("/", "/devices", "/people", "/nothing", "/interceptions/x"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert "main.py hub user add NAME --role administrator" in answer.text
    assert "aucun compte" in browser.get("/", headers={"Accept-Language": "fr"}).text


def test_a_person_sets_a_password_with_a_code_and_signs_in(
    running: Running, clock: HandClock
) -> None:
    invited = add_person(running.hub, "Ada", Role.READER)
    browser = a_browser(running)
    form = browser.post("/welcome", data={"code": invited.code.lower().replace("-", " ")})
    assert form.status_code == 200
    assert "data:image/png;base64," in form.text
    assert "img-src 'self' data:" in form.headers["Content-Security-Policy"]
    with running.hub.database.reading() as rows:
        (secret,) = rows.execute("SELECT secret FROM invitation").fetchone()
    factor = code_at(bytes(secret), step_of(clock().millis // 1000))
    typed = {"code": invited.code, "password": PASSWORD, "again": PASSWORD, "factor": factor}
    for wrong, words in (
        ({"again": "another password"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"password": "a" * 40, "again": "a" * 40}, "repeats itself"),
        ({"factor": "000000"}, "authenticator is wrong"),
    ):
        answer = browser.post("/welcome", data={**typed, **wrong})
        assert answer.status_code == 400
        assert words in answer.text
    done = browser.post("/welcome", data=typed)
    assert "Keep these recovery codes" in done.text
    assert browser.post("/welcome", data=typed).status_code == 403  # it was good once
    clock.move(seconds=30)
    code = code_at(bytes(secret), step_of(clock().millis // 1000))
    answer = browser.post(
        "/sign-in", data={"name": " ADA ", "password": PASSWORD, "code": code, "to": "/devices"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/devices")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert opens(browser)


@pytest.mark.parametrize("wrong", ["name", "password", "code"])
def test_whatever_is_wrong_the_answer_is_the_same(
    running: Running, ada: Person, wrong: str
) -> None:
    browser = a_browser(running)
    answer = browser.post("/sign-in", data=ada.typed(**{wrong: "000000"}))
    assert answer.status_code == 401
    assert WRONG in answer.text
    assert "Set-Cookie" not in answer.headers
    assert PASSWORD not in answer.text
    assert not opens(browser)


def test_a_code_counts_once_also_for_two_at_the_same_time(running: Running, ada: Person) -> None:
    typed = ada.typed()
    answers: list[int] = []

    def sign_in() -> None:
        answers.append(a_browser(running).post("/sign-in", data=typed).status_code)

    both = [threading.Thread(target=sign_in) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)
    assert sorted(answers) == [303, 401]
    assert a_browser(running).post("/sign-in", data=typed).status_code == 401


def test_codes_of_half_a_minute_before_and_after_count_and_none_older(
    running: Running, clock: HandClock, ada: Person
) -> None:
    early = ada.code()
    clock.move(seconds=30)
    assert a_browser(running).post("/sign-in", data=ada.typed(code=early)).status_code == 303
    early = ada.code()
    clock.move(seconds=60)
    assert a_browser(running).post("/sign-in", data=ada.typed(code=early)).status_code == 401


def test_a_recovery_code_counts_once_however_it_is_typed(running: Running, ada: Person) -> None:
    typed = ada.recovery[3].lower().replace("-", " ")
    assert a_browser(running).post("/sign-in", data=ada.typed(code=typed)).status_code == 303
    assert a_browser(running).post("/sign-in", data=ada.typed(code=typed)).status_code == 401


def test_a_name_in_capitals_or_full_width_letters_is_the_same_name(
    running: Running, ada: Person
) -> None:
    answer = a_browser(running).post("/sign-in", data=ada.typed(name="\uff21DA"))
    assert answer.status_code == 303


def test_a_sign_in_ends_after_half_an_hour_without_a_person_and_after_twelve_hours(
    running: Running, clock: HandClock, ada: Person
) -> None:
    browser = signed_in(running, ada)
    for _ in range(2):
        clock.move(minutes=20)
        assert opens(browser)
    clock.move(minutes=20)
    assert browser.get("/rows").status_code == 200  # the page itself asked, no person
    clock.move(minutes=11)
    assert not opens(browser)
    clock.move(minutes=1)
    browser = signed_in(running, ada)
    for _ in range(35):
        clock.move(minutes=20)
        assert opens(browser)
    clock.move(minutes=21)
    assert not opens(browser)


def test_signing_out_ends_it_at_the_hub_too(running: Running, ada: Person) -> None:
    browser = signed_in(running, ada)
    stolen = dict(browser.cookies)
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert not opens(a_browser(running, cookies=stolen))


@pytest.mark.rows
def test_what_takes_rights_away_ends_all_sign_ins_at_once(
    running: Running, clock: HandClock, ada: Person
) -> None:
    hub = running.hub
    a_person(hub, "other", Role.ADMINISTRATOR)

    def enabled_again() -> None:
        disable(hub, ada.id)
        enable(hub, ada.id)

    for deed in (
        lambda: change_role(hub, ada.id, Role.ANALYST),
        lambda: end_sign_ins(hub, ada.id),
        enabled_again,
        lambda: reset(hub, ada.id),
    ):
        clock.move(seconds=30)
        browser = signed_in(running, ada)
        assert opens(browser)
        deed()
        assert not opens(browser)
    clock.move(seconds=30)
    assert a_browser(running).post("/sign-in", data=ada.typed()).status_code == 401


def test_an_open_line_ends_with_the_sign_in(running: Running, ada: Person) -> None:
    browser = signed_in(running, ada)
    with browser.stream("GET", "/live") as line:
        lines = line.iter_lines()
        assert next(lines).startswith(("data:", "id:", ":", "retry:", "event:"))
        end_sign_ins(running.hub, ada.id)
        for _ in lines:
            pass  # it ends by itself
    assert not opens(browser)


@pytest.mark.rows
def test_only_hashes_of_secrets_are_stored(running: Running, ada: Person) -> None:
    browser = signed_in(running, ada)
    (secret,) = browser.cookies.values()
    with running.hub.database.reading() as rows:
        hashes = [bytes(each) for (each,) in rows.execute("SELECT hash FROM sign_in").fetchall()]
        (password,) = rows.execute("SELECT password FROM account").fetchone()
        codes = rows.execute("SELECT hash FROM recovery_code").fetchall()
    assert hashes == [secret_hash(secret)]
    assert password.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert len(codes) == 10
    assert not {each.encode() for each in ada.recovery} & {bytes(each) for (each,) in codes}


def test_a_restored_hub_knows_no_sign_in(tmp_path: Path) -> None:
    with hub_with_people(tmp_path) as (running, clock):
        person = a_person(running.hub, "ada")
        clock.move(seconds=30)
        browser = signed_in(running, person)
        (secret,) = browser.cookies.values()
        with running.hub.database.writing() as rows:
            rows.execute("UPDATE hub SET is_copy = 1")
    with hub_with_people(tmp_path) as (running, _):
        assert running.count("sign_in") == 1
        assert not opens(a_browser(running, cookies={"tidewaiter": secret}))


def test_pages_with_data_are_kept_by_no_browser(running: Running, ada: Person) -> None:
    browser = signed_in(running, ada)
    for path in ("/", "/rows", "/devices", "/account", "/nothing"):
        answer = browser.get(path)
        assert answer.headers.get("Cache-Control", "no-store") == "no-store"
        if answer.status_code == 200:
            assert "form-action 'self'" in answer.headers["Content-Security-Policy"]


def test_a_browser_on_another_machine_gets_a_cookie_for_tls_alone(
    tmp_path: Path,
) -> None:
    clock = HandClock()
    with run_hub(tmp_path, sign_in=True, names=["hub.example"], now=clock) as running:
        person = a_person(running.hub, "ada")
        clock.move(seconds=30)
        browser = a_browser(running)
        browser.headers["Host"] = "hub.example"
        refused = browser.post("/sign-in", data=person.typed())
        assert refused.status_code == 403
        assert "https" in refused.text
        answer = browser.post(
            "/sign-in", data=person.typed(), headers={"X-Forwarded-Proto": "https"}
        )
        assert answer.status_code == 303
        assert answer.headers["Set-Cookie"].startswith("__Host-tidewaiter=")
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "Path=/" in answer.headers["Set-Cookie"]
        secret = answer.headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
        local = a_browser(running, cookies={"__Host-tidewaiter": secret})
        assert not opens(local)  # on loopback only the cookie for loopback counts


def test_data_without_a_sign_in_is_401_and_a_page_leads_to_the_form(running: Running) -> None:
    add_person(running.hub, "ada", Role.READER)
    assert httpx2.get(f"{running.pages}/rows").status_code == 401
    assert httpx2.get(f"{running.pages}/", headers=HTML).status_code == 303
    assert httpx2.get(f"{running.pages}/sign-in").status_code == 200
