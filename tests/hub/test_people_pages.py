"""What an administrator does with accounts in the browser, and each person with the own one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hub.people.regions import put_region
from hub.people.roles import Role
from hub.people.second_factor import code_at, step_of
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

OTHER = "copper lantern seven orbit"


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Running, HandClock, Person]]:
    with hub_with_people(tmp_path, database=engine) as (running, clock):
        person = a_person(running.hub, "ada", Role.ADMINISTRATOR)
        clock.move(seconds=30)
        yield running, clock, person


def code_in(page: str) -> str:
    """The code that the page shows once."""
    found = re.search(r"<pre>([A-Z2-7-]{19})</pre>", page)
    assert found is not None
    return found[1]


def test_an_administrator_adds_a_person_who_then_signs_in(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, ada = place
    put_region(running.hub, "NORTH", ["MCN"])
    browser = signed_in(running, ada)
    typed = {"name": "Bo", "shown": "Bo <b>Ek</b>", "role": "reader", "region": "NORTH"}
    page = browser.post("/people", data=typed)
    assert page.status_code == 200
    assert "Bo &lt;b&gt;Ek&lt;/b&gt;" in page.text
    code = code_in(page.text)
    assert code not in browser.get("/people").text
    assert browser.post("/people", data=typed).status_code == 400  # there is one of this name
    with running.hub.database.reading() as rows:
        (secret,) = rows.execute("SELECT secret FROM invitation").fetchone()
    factor = code_at(bytes(secret), step_of(clock().millis // 1000))
    new = a_browser(running)
    words = {"code": code, "password": OTHER, "again": OTHER, "factor": factor}
    assert "recovery codes" in new.post("/welcome", data=words).text
    clock.move(seconds=30)
    now = code_at(bytes(secret), step_of(clock().millis // 1000))
    assert new.post("/sign-in", data={"name": "bo", "password": OTHER, "code": now}).is_redirect
    assert new.get("/people").status_code == 403


def test_an_administrator_changes_resets_disables_and_enables(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, ada = place
    bo = a_person(running.hub, "bo")
    clock.move(seconds=30)
    browser = signed_in(running, ada)

    def do(**what: str) -> httpx2.Response:
        return browser.post(f"/people/{bo.id}", data=what)

    for what in ({"do": "role", "role": "analyst"}, {"do": "end"}, {"do": "disable"}):
        theirs = signed_in(running, bo) if what["do"] != "disable" else None
        assert do(**what).status_code == 200
        assert theirs is None or theirs.get("/").status_code == 303
        clock.move(seconds=30)
    assert a_browser(running).post("/sign-in", data=bo.typed()).status_code == 401
    assert do(do="enable").status_code == 200
    clock.move(minutes=1)
    assert signed_in(running, bo).get("/").status_code == 200
    assert len(code_in(do(do="reset").text)) == 19
    clock.move(minutes=1)
    assert a_browser(running).post("/sign-in", data=bo.typed()).status_code == 401
    for wrong, status in (({"do": "fly"}, 400), ({"do": "role", "role": "king"}, 400)):
        assert do(**wrong).status_code == status
    assert browser.post("/people/ANOBODY", data={"do": "end"}).status_code == 404


def test_the_rail_has_one_language_on_all_pages_and_roles_are_words(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, _, ada = place
    browser = signed_in(running, ada)
    french = {"Accept-Language": "fr-CH, en;q=0.5"}
    pages = {path: browser.get(path, headers=french).text for path in ("/", "/devices", "/people")}
    rails = {re.sub(r' aria-current="page"', "", rail_in(page)) for page in pages.values()}
    assert len(rails) == 1
    assert "Se déconnecter" in rails.pop()
    assert 'chip plain">administrateur<' in pages["/people"]
    assert "administrator" not in re.sub(r'value="\w+"', "", pages["/people"])


def rail_in(page: str) -> str:
    """The rail of the page."""
    found = re.search(r"<nav .*?</nav>", page, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_last_administrator_stays(place: tuple[Running, HandClock, Person]) -> None:
    running, _, ada = place
    browser = signed_in(running, ada)
    for what in ({"do": "disable"}, {"do": "role", "role": "reader"}):
        answer = browser.post(f"/people/{ada.id}", data=what)
        assert answer.status_code == 400
        assert "This is the last administrator. Make another one first." in answer.text
    a_person(running.hub, "second", Role.ADMINISTRATOR)
    assert browser.post(f"/people/{ada.id}", data={"do": "disable"}).status_code == 200
    assert browser.get("/people").status_code == 303


def test_a_person_changes_the_own_password_and_is_signed_out_elsewhere(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, ada = place
    elsewhere = signed_in(running, ada)
    clock.move(seconds=30)
    browser = signed_in(running, ada)
    clock.move(seconds=30)
    typed = {"old": PASSWORD, "code": ada.code(), "password": OTHER, "again": OTHER}
    wrong = browser.post("/account/password", data={**typed, "old": "wrong wrong wrong"})
    assert (wrong.status_code, "password or the code is wrong" in wrong.text) == (401, True)
    done = browser.post("/account/password", data=typed)
    assert "The password is changed" in done.text
    assert browser.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303
    clock.move(minutes=1)
    assert a_browser(running).post("/sign-in", data=ada.typed()).status_code == 401
    clock.move(minutes=1)
    assert a_browser(running).post("/sign-in", data=ada.typed(password=OTHER)).is_redirect


def test_a_person_ends_the_own_sign_ins(place: tuple[Running, HandClock, Person]) -> None:
    running, clock, ada = place
    others = []
    for _ in range(2):
        others.append(signed_in(running, ada))
        clock.move(seconds=30)
    browser = signed_in(running, ada)
    page = browser.get("/account").text
    ids = re.findall(r'name="end" value="([0-9a-f]{64})"', page)
    assert len(ids) == 2
    assert browser.post("/account/sign-ins", data={"end": ids[0]}).is_redirect
    assert sorted(other.get("/").status_code for other in others) == [200, 303]
    assert browser.post("/account/sign-ins", data={"end": "others"}).is_redirect
    assert [other.get("/").status_code for other in others] == [303, 303]
    assert browser.get("/").status_code == 200
    stranger = a_person(running.hub, "bo")
    clock.move(seconds=30)
    with running.hub.database.reading() as rows:
        (own,) = rows.execute("SELECT hash FROM sign_in").fetchone()
    theirs = signed_in(running, stranger)
    assert theirs.post("/account/sign-ins", data={"end": bytes(own).hex()}).is_redirect
    assert browser.get("/").status_code == 200


def test_a_new_authenticator_voids_the_old_one(place: tuple[Running, HandClock, Person]) -> None:
    running, clock, ada = place
    browser = signed_in(running, ada)
    clock.move(seconds=30)
    page = browser.post("/account/factor", data={"old": PASSWORD, "code": ada.code()})
    assert page.status_code == 200
    code = re.search(r'name="code" value="([A-Z2-7-]{19})"', page.text)
    assert code is not None
    assert browser.get("/").status_code == 303  # signed out until it is done
    with running.hub.database.reading() as rows:
        (secret,) = rows.execute("SELECT secret FROM invitation").fetchone()
    factor = code_at(bytes(secret), step_of(clock().millis // 1000))
    words = {"code": code[1], "password": OTHER, "again": OTHER, "factor": factor}
    assert "recovery codes" in browser.post("/welcome", data=words).text
    clock.move(minutes=1)
    old = {"name": "ada", "password": OTHER}
    for void in (ada.code(), ada.recovery[0]):
        assert a_browser(running).post("/sign-in", data={**old, "code": void}).status_code == 401
    now = code_at(bytes(secret), step_of(clock().millis // 1000))
    assert a_browser(running).post("/sign-in", data={**old, "code": now}).is_redirect
