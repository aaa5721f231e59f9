"""The table of roles and pages, every cell: asked over HTTP, compared with one written by hand."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from domain.ids import PhotoHash
from hub.hub import Hub
from hub.packs import open_library
from hub.pages.gate import Gate
from hub.pages.routes import page_routes
from hub.pages.templates import Templates
from hub.people.accounts import add_program, disable
from hub.people.actor import Actor
from hub.people.regions import put_region
from hub.people.roles import Role
from hub.serving.arrivals import Arrivals
from tests.hub.conftest import Running
from tests.hub.people import HTML, Person, a_browser, a_person, hub_with_people, signed_in
from tests.hub.station import a_photo
from tests.hub.test_photos import begin, patch

EVERYBODY = ["reader", "analyst", "coordinator", "administrator", "program", "exporter"]
TABLE = """
    GET   /                                 everybody
    GET   /rows                             everybody
    GET   /export                           analyst coordinator administrator exporter
    GET   /live                             everybody
    GET   /changes                          everybody
    GET   /interceptions/RECORD             everybody
    GET   /devices                          everybody
    GET   /unread                           everybody
    GET   /apart                            everybody
    GET   /clashes                          everybody
    GET   /photos/PHOTO/thumbnail           everybody
    GET   /photos/PHOTO/preview             everybody
    GET   /photos/PHOTO/sent-thumbnail      everybody
    GET   /photos/PHOTO/sent-preview        everybody
    GET   /photos/PHOTO                     analyst coordinator administrator exporter
    GET   /photos/PHOTO/original            analyst coordinator administrator exporter
    GET   /sticks                           coordinator administrator
    PUT   /sticks                           coordinator administrator
    GET   /sticks/answers/DEVICE.json       coordinator administrator
    GET   /account                          reader analyst coordinator administrator
    POST  /account/password                 reader analyst coordinator administrator
    POST  /account/factor                   reader analyst coordinator administrator
    POST  /account/sign-ins                 reader analyst coordinator administrator
    GET   /people                           administrator
    POST  /people                           administrator
    POST  /people/ACCOUNT                   administrator
    GET   /audit                            administrator
"""
OPEN = ("/sign-in", "/welcome", "/static")
"""For everybody; `/sign-out` ends what the other cells need, and has a test of its own."""
CELLS = [
    (method, path, EVERYBODY if allowed == ["everybody"] else allowed)
    for method, path, *allowed in map(str.split, filter(str.strip, TABLE.splitlines()))
]
OF_ONE = ("RECORD", "PHOTO", "DEVICE")


@dataclass
class Cast:
    """All who ask, by what they are."""

    running: Running
    browsers: dict[str, httpx2.Client]
    """People who are signed in, by role, and programs with a token."""
    elsewhere: dict[str, httpx2.Client]
    """The same, for a region where nothing arrived."""
    refused: dict[str, httpx2.Client]
    """Those whose sign-in or token does not count."""
    names: dict[str, str]
    """What stands for the parts in capitals."""

    def ask(self, browser: httpx2.Client, method: str, path: str) -> httpx2.Response:
        for part, name in self.names.items():
            path = path.replace(part, name)
        with browser.stream(method, path, content=b"" if method == "PUT" else None,
                            data={"x": "1"} if method == "POST" else None) as answer:  # fmt: skip
            if path != "/live":
                answer.read()
            return answer


def with_token(running: Running, hub: Hub, name: str, role: Role, *regions: str) -> httpx2.Client:
    _, token, _ = add_program(hub, name, role, days=1, in_regions=regions)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=running.pages, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """One hub with one interception and its photo; nothing in the cells changes them."""
    with hub_with_people(tmp_path_factory.mktemp("hub"), look_seconds=0.05) as (running, clock):
        hub = running.hub
        station = running.station()
        data = io.BytesIO()
        Image.new("RGB", (64, 48), "red").save(data, "JPEG")
        entry = station.finalise(photos=(a_photo(data.getvalue()),))
        station.send()
        patch(station, begin(station, data.getvalue()).headers["Location"], 0, data.getvalue())
        put_region(hub, "SOUTH", ["SPT"])
        made: dict[str, Person] = {}
        for role in Role:
            for kind in ("expired", "disabled", "live"):
                made[f"{role}-{kind}"] = a_person(hub, f"{role}-{kind}", role)
            made[f"{role}-south"] = a_person(hub, f"{role}-south", role, regions=["SOUTH"])
        clock.move(seconds=30)
        expired = {f"{r} expired": signed_in(running, made[f"{r}-expired"]) for r in Role}
        clock.move(minutes=31)
        live = {str(r): signed_in(running, made[f"{r}-live"]) for r in Role}
        south = {str(r): signed_in(running, made[f"{r}-south"]) for r in Role}
        ended = {f"{r} disabled": signed_in(running, made[f"{r}-disabled"]) for r in Role}
        for role in Role:
            disable(hub, made[f"{role}-disabled"].id)
        live["program"] = with_token(running, hub, "p1", Role.READER)
        live["exporter"] = with_token(running, hub, "p2", Role.ANALYST)
        south["program"] = with_token(running, hub, "p3", Role.READER, "SOUTH")
        south["exporter"] = with_token(running, hub, "p4", Role.ANALYST, "SOUTH")
        old = {"program ended": with_token(running, hub, "p5", Role.READER)}
        disable(hub, _account(hub, "p5"), Actor())
        nobody = {
            "nobody": a_browser(running),
            "stranger": a_browser(running, cookies={"tidewaiter": "x" * 43}),
            "wrong token": httpx2.Client(
                base_url=running.pages, headers={"Authorization": "Bearer twp_x"}
            ),
            "wrong scheme": httpx2.Client(
                base_url=running.pages, headers={"Authorization": "Basic YTpi"}
            ),
        }
        names = {
            "RECORD": entry.head.subject,
            "PHOTO": str(PhotoHash.of(data.getvalue())),
            "DEVICE": str(station.device),
            "ACCOUNT": made["reader-disabled"].id,
        }
        yield Cast(running, live, south, expired | ended | old | nobody, names)


def _account(hub: Hub, name: str) -> str:
    with hub.database.reading() as rows:
        return str(rows.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()[0])


@pytest.mark.parametrize(("method", "path", "allowed"), CELLS)
def test_each_page_opens_to_the_roles_of_its_row_and_to_nobody_else(
    cast: Cast, method: str, path: str, allowed: list[str]
) -> None:
    for who, browser in cast.browsers.items():
        status = cast.ask(browser, method, path).status_code
        if who in allowed:
            assert status not in (401, 403) or path.startswith("/account/"), (who, status)
            assert status < 500, (who, status)
        else:
            assert status == 403, (who, status)
    for who, browser in cast.elsewhere.items():
        answer = cast.ask(browser, method, path)
        if who not in allowed:
            assert answer.status_code == 403, who
        elif any(part in path for part in OF_ONE):
            assert answer.status_code == 404, who
        elif path != "/live" and "/account" not in path and "/people" not in path:
            assert cast.names["RECORD"] not in answer.text, who
            assert path == "/audit" or cast.names["DEVICE"] not in answer.text, who
    for who, browser in cast.refused.items():
        answer = cast.ask(browser, method, path)
        to_form = method == "GET" and browser.headers["Accept"] == HTML["Accept"]
        assert answer.status_code == (303 if to_form else 401), who
        if to_form:
            assert answer.headers["Location"].startswith("/sign-in?to=/")


def test_what_the_roles_allow_works(cast: Cast) -> None:
    """So that the cells above do not count an error as allowed."""
    for path in (
        "/", "/rows", "/interceptions/RECORD", "/photos/PHOTO", "/photos/PHOTO/thumbnail",
        "/sticks", "/sticks/answers/DEVICE.json", "/people", "/audit", "/account",
    ):  # fmt: skip
        assert cast.ask(cast.browsers["administrator"], "GET", path).status_code == 200, path


def test_every_route_has_a_row(cast: Cast) -> None:
    hub = cast.running.hub
    arrivals = Arrivals(hub.database)
    rows = {(method, path) for method, path, _ in CELLS} | {("POST", "/sign-out")}
    patterns = {"{record:path}": "RECORD", "{photo}": "PHOTO", "{device}": "DEVICE",
                "{account}": "ACCOUNT"}  # fmt: skip
    for route in page_routes(hub, open_library(hub.database), arrivals, Templates()):
        path = route.path
        for pattern, part in patterns.items():
            path = path.replace(pattern, part)
        if path.startswith(OPEN):
            continue
        methods = set() if isinstance(route, Mount) else (route.methods or set()) - {"HEAD"}
        assert methods
        assert {(method, path) for method in methods} <= rows


@pytest.mark.parametrize("sign_in", [True, False])
def test_a_route_that_the_table_lacks_is_open_to_nobody(cast: Cast, sign_in: bool) -> None:
    async def secret(request: Request) -> PlainTextResponse:
        return PlainTextResponse("secret")

    routes = [Route("/new", secret)]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(
                Gate, hub=cast.running.hub, routes=routes, templates=Templates(), sign_in=sign_in
            )
        ],
    )
    administrator = cast.browsers["administrator"]

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(
            transport=transport, base_url=cast.running.pages, cookies=dict(administrator.cookies)
        ) as client:
            return await client.get("/new")

    answer = asyncio.run(ask())
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_a_head_is_allowed_as_a_get(cast: Cast) -> None:
    assert cast.browsers["reader"].head("/audit").status_code == 403
    assert cast.browsers["reader"].head("/").status_code == 200
    assert cast.refused["nobody"].head("/").status_code == 303


def test_the_rail_names_what_the_role_opens(cast: Cast, tmp_path: Path) -> None:
    page = cast.browsers["reader"].get("/").text
    assert 'href="/people"' not in page
    assert 'href="/sticks"' not in page
    page = cast.browsers["administrator"].get("/").text
    assert 'href="/people"' in page
    assert 'action="/sign-out"' in page
    record = f"/interceptions/{cast.names['RECORD']}"
    assert "original?download" not in cast.browsers["reader"].get(record).text
    assert "original?download" in cast.browsers["analyst"].get(record).text
