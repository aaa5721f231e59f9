"""What a page cannot do it says in the reader's language, with the headers of the pages."""

from __future__ import annotations

import html
from collections.abc import Iterator

import httpx2
import pytest

from hub.pages.guard import HEADERS
from hub.people.roles import Role
from tests.hub.conftest import Running
from tests.hub.people import a_person, hub_with_people, signed_in

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ASKED = {
    "nothing there": ("GET", "/nothing", b"", 404, "commencez par la liste"),
    "not in this way": ("POST", "/devices", b"", 405, "Revenez à la page précédente"),
    "no such interception": ("GET", "/interceptions/none", b"", 404, "ne détient pas"),
    "too much": ("POST", "/sign-in", b"x" * 100_000, 413, "par morceaux plus petits"),
    "not allowed": ("GET", "/people", b"", 403, "adressez-vous à votre administrateur"),
    "a fault": ("GET", "/unread", b"", 500, "indiquez à un administrateur"),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Somebody who reads French, at a hub one of whose tables is gone."""
    with hub_with_people(tmp_path_factory.mktemp("hub")) as (running, clock):
        ada = a_person(running.hub, "ada", Role.READER)
        clock.move(seconds=30)
        shown = signed_in(running, ada)
        shown.headers["Accept-Language"] = "fr-CA, en;q=0.5"
        _break(running)
        yield shown


def _break(running: Running) -> None:
    with running.hub.database.writing() as rows:
        rows.execute("DROP INDEX entry_raw")
        rows.execute("ALTER TABLE entry RENAME COLUMN readable TO gone")


def _asked(
    browser: httpx2.Client, method: str, path: str, content: bytes, accept: str
) -> httpx2.Response:
    headers = httpx2.Headers(browser.headers)
    headers.update({**FORM, "Accept": accept})
    with httpx2.Client(base_url=browser.base_url, cookies=browser.cookies) as once:
        return once.request(method, path, content=content, headers=headers)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_what_fails_says_what_to_do_next_in_the_readers_language(
    browser: httpx2.Client, asked: tuple[str, str, bytes, int, str]
) -> None:
    method, path, content, status, words = asked
    answer = _asked(browser, method, path, content, accept="*/*")
    assert answer.status_code == status
    assert words in answer.text
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers.items() >= {name.lower(): text for name, text in HEADERS.items()}.items()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_person_gets_a_page_with_a_way_back(
    browser: httpx2.Client, asked: tuple[str, str, bytes, int, str]
) -> None:
    method, path, content, status, words = asked
    answer = _asked(browser, method, path, content, accept="text/html,*/*;q=0.8")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers.items() >= {name.lower(): text for name, text in HEADERS.items()}.items()
    assert words in html.unescape(answer.text)
    assert '<html lang="fr">' in answer.text
    assert '<a class="button" href="/">Aux arrivées</a>' in answer.text


def test_too_many_headers_are_refused_in_an_answer_that_runs_nothing(
    browser: httpx2.Client,
) -> None:
    answer = browser.get("/", headers={f"X-{n}": "1" for n in range(120)})
    assert answer.status_code == 431
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
