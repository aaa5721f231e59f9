"""Two hubs behind one PostgreSQL are one door: a sign-in counts at both, and ends at both."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from hub.people.accounts import change_role, disable
from hub.people.roles import Role
from tests.hub.conftest import run_hub
from tests.hub.engines import PostgresServer
from tests.hub.people import HandClock, a_browser, a_person, signed_in

LINES = 400
"""Of a live line that does not end: some seconds of it."""


def test_a_sign_in_counts_and_ends_at_both(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server: PostgresServer = request.getfixturevalue("postgres")
    clock = HandClock()
    with (
        server.databases() as url,
        run_hub(tmp_path, sign_in=True, database=url, now=clock, look_seconds=0.05) as one,
        run_hub(tmp_path, sign_in=True, database=url, now=clock, look_seconds=0.05) as two,
    ):
        ada = a_person(one.hub, "ada", Role.READER)
        clock.move(seconds=30)
        there = a_browser(two, cookies=dict(signed_in(one, ada).cookies))
        assert there.get("/").status_code == 200
        typed = ada.typed()
        assert a_browser(two).post("/sign-in", data=typed).status_code == 401  # the code was used
        with there.stream("GET", "/live") as line:
            lines = line.iter_lines()
            assert next(lines)
            change_role(one.hub, ada.id, Role.ANALYST)
            assert len(list(itertools.islice(lines, LINES))) < LINES  # it ends at the other hub too
        assert there.get("/").status_code == 303
        clock.move(minutes=1)
        there = a_browser(one, cookies=dict(signed_in(two, ada).cookies))
        assert there.get("/").status_code == 200
        disable(two.hub, ada.id)
        assert there.get("/").status_code == 303
        wrong = [
            a_browser(hub).post("/sign-in", data={"name": "eva", "password": "x", "code": "1"})
            for hub in (one, two, one, two, one)
        ]
        assert [answer.status_code for answer in wrong] == [401, 401, 401, 429, 429]
