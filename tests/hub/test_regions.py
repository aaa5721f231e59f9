"""An account with regions sees what workstations of their posts sent, and nothing of the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from domain.ids import PhotoHash
from domain.interception.conveyance import Consignment
from domain.interception.goods import GoodsLine
from domain.kinds import StationOpened
from hub.build import open_registry
from hub.codes import fresh_code
from hub.errors import HubError
from hub.packs import open_library
from hub.people.accounts import change_regions
from hub.people.regions import posts_of, put_region, remove_region
from hub.people.roles import Role
from hub.store.sql import people, regions
from hub.store.sql.regional import totals_within
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import HandClock, a_person, hub_with_people, signed_in
from tests.hub.station import Station, a_photo
from tests.hub.test_photos import begin, patch

pytestmark = pytest.mark.rows
NORTH_PHOTO, SOUTH_PHOTO = b"\xff\xd8\xff north", b"\xff\xd8\xff south"


class OfSouth(Station):
    """A workstation of another post than the usual one."""

    def _opened(self) -> StationOpened:
        key = self.key.verify_key.raw.hex()
        return StationOpened(public_key=key, name="South 1", post="SPT", station=self.number)


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Running, HandClock]]:
    with hub_with_people(tmp_path, look_seconds=0.05, database=engine) as found:
        yield found


def south_of(running: Running) -> OfSouth:
    """A workstation of the southern post, enrolled as such."""
    station = OfSouth(running.url, 2, pages=running.pages)
    station.enrol(fresh_code(running.hub))
    with running.hub.database.writing() as rows:
        rows.execute("UPDATE device SET post = ? WHERE id = ?", ("SPT", str(station.device)))
    return station


def filled(running: Running) -> tuple[Station, Station]:
    """One interception with a photo from each of two posts; both used the same bag and item."""
    north, south = running.station(1), south_of(running)
    for station, photo in ((north, NORTH_PHOTO), (south, SOUTH_PHOTO)):
        station.finalise(
            photos=(a_photo(photo),),
            goods=(GoodsLine(category="B11", bag_no="BAG-77"),),
            consignment=Consignment(mode="mail", postal_item_id="RR123456785GB"),
        )
        station.add("something.new", "x", {"a": 1})
        station.send()
        patch(station, begin(station, photo).headers["Location"], 0, photo)
    return north, south


def test_every_page_shows_the_own_regions_alone(place: tuple[Running, HandClock]) -> None:
    running, clock = place
    north, south = filled(running)
    put_region(running.hub, "NORTH", ["MCN"])
    here = a_person(running.hub, "nora", Role.COORDINATOR, regions=["NORTH"])
    everywhere = a_person(running.hub, "ella", Role.COORDINATOR)
    clock.move(seconds=30)
    nora, ella = signed_in(running, here), signed_in(running, everywhere)
    theirs, own = south.chain[1].head.subject, north.chain[1].head.subject
    of_south = (theirs, str(south.device), "South 1", str(PhotoHash.of(SOUTH_PHOTO)))
    for path in ("/", "/rows", "/devices", "/unread", "/apart", "/clashes",
                 f"/interceptions/{own}", "/?before=99", f"/?case={theirs}"):  # fmt: skip
        page = nora.get(path)
        assert page.status_code == 200
        for name in of_south:
            assert name not in page.text.replace(f"/?case={theirs}", ""), path
    head = nora.get("/").text
    assert "1 interception<" in head
    assert "1 of 1 photos" in head
    assert "1 not readable here" in head
    assert "RR123456785GB" not in nora.get("/clashes").text
    assert "2 interceptions<" in ella.get("/").text
    assert "RR123456785GB" in ella.get("/clashes").text
    assert theirs in ella.get("/").text


def test_nothing_of_another_region_comes_by_its_address(
    place: tuple[Running, HandClock],
) -> None:
    running, clock = place
    north, south = filled(running)
    put_region(running.hub, "NORTH", ["MCN"])
    here = a_person(running.hub, "nora", Role.ADMINISTRATOR, regions=["NORTH"])
    clock.move(seconds=30)
    nora = signed_in(running, here)
    photo = PhotoHash.of(SOUTH_PHOTO)
    assert nora.get(f"/photos/{PhotoHash.of(NORTH_PHOTO)}").status_code == 200
    assert nora.get(f"/sticks/answers/{north.device}.json").status_code == 200
    for path in (
        f"/interceptions/{south.chain[1].head.subject}",
        f"/photos/{photo}",
        f"/photos/{photo}/original?download",
        f"/photos/{photo}/thumbnail",
        f"/photos/{photo}/preview",
        f"/photos/{photo}/sent-thumbnail",
        f"/photos/{photo}/sent-preview",
        f"/sticks/answers/{south.device}.json",
    ):
        assert nora.get(path).status_code == 404, path
        kept = nora.get(path, headers={"If-None-Match": f'"{photo}"'})
        assert kept.status_code == 404, path  # a picture of another person in this browser


def test_a_position_in_the_list_tells_nothing_of_what_others_sent(
    place: tuple[Running, HandClock],
) -> None:
    running, clock = place
    filled(running)
    put_region(running.hub, "NORTH", ["MCN"])
    here = a_person(running.hub, "nora", Role.READER, regions=["NORTH"])
    clock.move(seconds=30)
    nora = signed_in(running, here)
    with running.hub.database.reading() as rows:
        found = rows.execute("SELECT arrival FROM interception ORDER BY arrival").fetchall()
    (own,), *others = found
    places = {*range(own), *range(own + 1, others[-1][0] + 5)}
    for path in ("/rows?", "/rows?status=final&", "/rows?number=RR&"):
        texts = {nora.get(f"{path}before={number}").text for number in places}
        assert len(texts) == 1, path
        assert "XA-MCN" not in texts.pop()
        assert "XA-MCN" in nora.get(path).text


def test_an_open_line_tells_nothing_of_what_arrives_elsewhere(
    place: tuple[Running, HandClock],
) -> None:
    running, clock = place
    north, south = filled(running)
    put_region(running.hub, "NORTH", ["MCN"])
    person = a_person(running.hub, "nora", regions=["NORTH"])
    clock.move(seconds=30)
    nora = signed_in(running, person)
    position = nora.get("/").text.split('data-version="')[1].split('"')[0]

    def told() -> Any:
        return nora.get("/changes", params={"since": position}).json()

    south.finalise()
    south.send()
    assert (told()["rows"], told()["head"], told()["all"]) == ([], "", False)
    entry = north.finalise()
    north.send()
    change = told()
    assert [row["record"] for row in change["rows"]] == [entry.head.subject]
    assert "2 interceptions<" in change["head"]
    south.finalise()
    with nora.stream("GET", "/live", params={"since": change["id"]}) as line:
        data = (json.loads(each[6:]) for each in line.iter_lines() if each.startswith("data: "))
        assert not next(data)["rows"]
        south.send()
        later = north.finalise()
        north.send()
        assert [row["record"] for row in next(data)["rows"]] == [later.head.subject]


def test_an_account_whose_region_has_no_posts_of_the_hub_sees_nothing(
    place: tuple[Running, HandClock],
) -> None:
    running, clock = place
    filled(running)
    put_region(running.hub, "EAST", ["ZZZ"])
    person = a_person(running.hub, "ed", regions=["EAST"])
    clock.move(seconds=30)
    browser = signed_in(running, person)
    assert "0 interceptions" in browser.get("/").text
    put_region(running.hub, "EAST", ["MCN"])  # at once, without a new sign-in
    assert "1 interception<" in browser.get("/").text
    change_regions(running.hub, person.id, [])
    assert browser.get("/").status_code == 303
    with running.hub.database.reading() as rows:
        account = people.find(rows, person.id)
        assert account is not None
        assert totals_within(rows, account.scope).interceptions == 2


def test_a_region_that_an_account_sees_is_not_removed(
    place: tuple[Running, HandClock],
) -> None:
    """Else the account would see nothing, or worse: everything."""
    running, _ = place
    hub = running.hub
    put_region(hub, "north", ["MCN"])
    person = a_person(hub, "nora", regions=["NORTH"])
    with pytest.raises(HubError, match="accounts see this region: nora"):
        remove_region(hub, "NORTH")
    with pytest.raises(HubError, match="no such region"):
        change_regions(hub, person.id, ["SOUTH"])
    change_regions(hub, person.id, [])
    remove_region(hub, "NORTH")
    with hub.database.reading() as rows:
        assert regions.regions(rows) == {}


def test_a_country_stands_for_the_posts_that_the_packs_have_there(
    place: tuple[Running, HandClock],
) -> None:
    with open_registry(place[0].database) as hub:
        library = open_library(hub.database)
        countries = {post.country for pack in library.given_out for post in pack.posts}
        (country, *_) = sorted(countries)
        posts = {p.code for pack in library.given_out for p in pack.posts if p.country == country}
        assert posts_of(library, ["zz9"], [country.lower()]) == tuple(sorted({"ZZ9", *posts}))
        with pytest.raises(HubError, match="no pack has a post in this country"):
            posts_of(library, [], ["QQ"])
        with pytest.raises(HubError, match="a region has posts"):
            posts_of(library, [], [])


def test_a_bundle_of_another_region_is_taken_and_nothing_of_it_is_shown(
    place: tuple[Running, HandClock],
) -> None:
    running, clock = place
    put_region(running.hub, "NORTH", ["MCN"])
    person = a_person(running.hub, "nora", Role.COORDINATOR, regions=["NORTH"])
    clock.move(seconds=30)
    browser: httpx2.Client = signed_in(running, person)
    answer = browser.put("/sticks", content=b"no bundle")
    assert answer.status_code == 200
    assert not answer.json()["complete"]
