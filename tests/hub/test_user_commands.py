"""`hub user`, `hub region` and `hub token`, as an administrator types them."""

from __future__ import annotations

import os
from pathlib import Path

import httpx2
import pytest

from hub.people.invitations import accept, open_invitation
from hub.people.second_factor import code_at, step_of
from tests.hub.conftest import LIGHT, Running, run_hub
from tests.hub.people import PASSWORD
from tests.journeys.desk import Said
from tests.journeys.desk import run as run_main


@pytest.fixture
def database(tmp_path: Path) -> list[str]:
    with run_hub(tmp_path) as running:
        return ["--database", running.database]


def run(*words: str) -> Said:
    return run_main(["hub", *words])


def test_the_first_administrator_is_made_at_the_machine(tmp_path: Path) -> None:
    with run_hub(tmp_path, sign_in=True) as running:
        database = ["--database", running.database]
        made = run("user", "add", "Ada", "--role", "administrator", *database)
        assert made.status == 0
        code, rest = made.out.splitlines()
        assert "for ada, until " in rest
        secret = open_invitation(running.hub, code, "x").secret
        factor = code_at(secret, step_of(running.hub.now().millis // 1000))
        accept(running.hub, code, PASSWORD, PASSWORD, factor, address="x", cost=LIGHT)
        listed = run("user", "list", *database).out
        assert listed == "ada\tadministrator\tall regions\tada\tactive\t0 signed in\n"


def test_accounts_are_changed_at_the_machine(database: list[str]) -> None:
    assert run("region", "set", "north", "--post", "mcn", *database).out == "NORTH: MCN\n"
    run("user", "add", "bo", "--role", "reader", "--region", "north", "--shown", "Bo Ek", *database)
    assert run("region", "list", *database).out == "NORTH\tMCN\tbo\n"
    assert "NORTH\tBo Ek\thas no password yet" in run("user", "list", *database).out
    assert run("user", "role", "bo", "analyst", *database).out == "bo is analyst now\n"
    assert run("user", "regions", "bo", *database).out == "bo sees all regions\n"
    assert run("region", "remove", "NORTH", *database).out == "removed\n"
    assert run("user", "disable", "bo", *database).out == "bo is disabled\n"
    assert "\tdisabled\t" in run("user", "list", *database).out
    assert run("user", "enable", "bo", *database).status == 0
    assert run("user", "end", "bo", *database).out == "bo: 0 sign-ins ended\n"
    assert len(run("user", "reset", "bo", *database).out.splitlines()[0]) == 19


def test_a_post_that_no_pack_has_is_told_when_a_region_is_made(database: list[str]) -> None:
    made = run("region", "set", "north", "--post", "MCN", "--post", "MNC", *database)
    assert (made.status, made.out) == (0, "NORTH: MCN, MNC\n")
    assert made.err == "tidewaiter: warning: no pack has a post MNC\n"
    assert run("region", "set", "north", "--post", "MCN", *database).err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["user", "add", "bo", "--role", "boss"],
        ["token", "new", "x", "--out", "x", "--role", "boss"],
        ["export", "--out", "x", "--format", "xml"],
    ],
)
def test_a_wrong_choice_is_answered_with_the_choices_as_they_are_typed(words: list[str]) -> None:
    refused = run(*words, "--database", "sqlite:///x")
    assert refused.status == 2
    assert "choose from" in refused.err
    assert "<" not in refused.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["user", "role", "nobody", "reader"], "no such account"),
        (["user", "add", "x", "--role", "reader"], "a name has 2 to 40"),
        (["user", "add", "\u0430da", "--role", "reader"], "a name has 2 to 40"),
        (["user", "add", "bo", "--role", "reader", "--region", "west"], "no such region"),
        (["region", "set", "west"], "a region has posts"),
        (["region", "set", "we/st", "--post", "MCN"], "a region has a name"),
        (["token", "end", "nothing"], "no such account"),
        (["audit", "--user", "nobody"], "no such account"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    database: list[str], words: list[str], sentence: str
) -> None:
    done = run(*words, *database)
    assert done.status == 2
    assert sentence in done.err
    assert done.err.count("\n") == 1


def test_two_names_that_differ_in_capitals_are_one(database: list[str]) -> None:
    assert run("user", "add", "bo", "--role", "reader", *database).status == 0
    again = run("user", "add", "BO", "--role", "reader", *database)
    assert (again.status, "there is an account of this name" in again.err) == (2, True)


def test_a_program_reads_with_its_token_until_it_is_ended(tmp_path: Path) -> None:
    with run_hub(tmp_path, sign_in=True) as running:
        database, out = ["--database", running.database], tmp_path / "token"
        run("user", "add", "ada", "--role", "administrator", *database)
        words = ["token", "new", "dashboard", "--days", "2", "--out", str(out), *database]
        assert run(*words).out.startswith("dashboard is reader until ")
        assert os.name == "nt" or out.stat().st_mode & 0o777 == 0o600
        assert run(*words).status == 2  # the file exists
        token = out.read_text().strip()
        assert _list_of(running, token).status_code == 200
        assert "\tused 20" in run("token", "list", *database).out
        assert token not in run("token", "list", *database).out
        assert run("token", "end", "dashboard", *database).status == 0
        assert _list_of(running, token).status_code == 401
        assert _list_of(running, run("token", "photos", *database).out.strip()).status_code == 401


def _list_of(running: Running, token: str) -> httpx2.Response:
    return httpx2.get(running.pages, headers={"Authorization": f"Bearer {token}"})
