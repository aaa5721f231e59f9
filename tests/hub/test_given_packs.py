"""Packs are signed, published and given to the workstations whose post they name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

import main
from acts.errors import DeedRefused
from acts.interception.begin_draft import begin_draft
from acts.station.adopt_pack import adopt_pack
from cli.options.feed_item import item_in_words
from domain.ids import PackHash
from domain.interception.goods import GoodsLine
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from hub.codes import fresh_code
from storage import drafts, packs
from storage.packs import PackOrigin
from storage.workstation import Workstation
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.run import SyncOutcome, synchronise
from system.shipped import shipped_packs
from tests.builders import SESSION, a_final
from tests.domain.pack_files import SMALLEST, as_file, small
from tests.hub.conftest import Running
from tests.hub.station import Station
from tests.signing import Operation

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hq(running: Running, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs `main.py hub pack` at headquarters: exit status, output, errors."""

    def run(*words: object) -> tuple[int, str, str]:
        database = ["--database", running.database]
        status = main.main(["hub", "pack", *map(str, words), *database])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def post(running: Running, ws: Workstation) -> Workstation:
    """A workstation of post MCN that is enrolled."""
    enrol(ws, running.url, fresh_code(running.hub))
    return ws


def synced(ws: Workstation) -> SyncOutcome:
    return synchronise(ws, lambda: open_carrier(ws), tries=1)


def gloves(folder: Path, version: str = "1.0.0", **changes: Any) -> Path:
    """A pack in a file."""
    file = folder / f"gloves-{version}-{len(list(folder.iterdir()))}.json"
    file.write_bytes(as_file(small(version=version, **changes)))
    return file


def for_post(code: str) -> dict[str, Any]:
    name = {"en": f"Post {code}", "fr": f"Poste {code}"}
    return {"posts": [{**SMALLEST["posts"][0], "code": code, "name": name}]}


def origin(ws: Workstation, version: str = "1.0.0") -> PackOrigin | None:
    return packs.origin_of(ws.db, PackRef(id="NATIONAL-GLOVES", version=version))


def trusts(hq: Asked, key: Operation) -> None:
    assert hq("trust", key.public, "--fingerprint", key)[0] == 0


def test_a_post_trusts_the_key_that_its_hub_gives_and_adopts_what_it_signed(
    hq: Asked, post: Workstation, tmp_path: Path, north: Operation, south: Operation
) -> None:
    file = north.signs(gloves(tmp_path))
    status, _, told = hq("publish", file)
    assert (status, "a key that this hub does not give" in told) == (2, True), told
    assert hq("trust", north.public, "--fingerprint", south)[0] == 2
    trusts(hq, north)
    status, told, _ = hq("publish", file)
    assert status == 0
    assert f"signed by operation NORTH-SEA, key {north}\n" in told
    outcome = synced(post)
    assert outcome.problems == ()
    key, pack = map(item_in_words, outcome.came)
    assert key.startswith("operation key NORTH-SEA ")
    assert key.endswith(f": trusted, {north}")
    assert pack == "pack NATIONAL-GLOVES 1.0.0: in use, signed by operation NORTH-SEA"
    assert origin(post) is PackOrigin.SIGNED
    assert synced(post).came == ()
    _, told, _ = hq("list")
    assert f"key\tNORTH-SEA\t{north}\tgiven out\n" in told
    assert "NATIONAL-GLOVES\t1.0.0\t" in told
    assert "\tgiven out\tsigned by NORTH-SEA\n" in told


def test_an_unsigned_pack_goes_out_only_when_headquarters_says_so(
    hq: Asked, post: Workstation, tmp_path: Path
) -> None:
    file = gloves(tmp_path)
    status, _, told = hq("publish", file)
    assert (status, "nobody has signed this pack" in told) == (2, True)
    status, told, _ = hq("publish", file, "--unsigned")
    assert (status, "not signed: its records and receipts will show it" in told) == (0, True)
    synced(post)
    assert origin(post) is PackOrigin.UNSIGNED


def test_headquarters_sees_who_gets_a_pack_before_it_goes_out(
    hq: Asked, post: Workstation, tmp_path: Path
) -> None:
    posts = [*small()["posts"], *for_post("SPT")["posts"]]
    file = gloves(tmp_path, posts=posts)
    status, told, _ = hq("publish", file, "--unsigned", "--dry-run")
    assert status == 0
    assert told.splitlines() == [
        "not signed: its records and receipts will show it",
        f"goes to MCN: bench ({post.device})",
        "no workstation is enrolled at SPT",
        "NATIONAL-GLOVES 1.0.0: would be published; nothing was",
    ]
    assert "NATIONAL-GLOVES" not in hq("list")[1]
    assert "NATIONAL-GLOVES 1.0.0: published\n" in hq("publish", file, "--unsigned")[1]
    elsewhere = gloves(tmp_path, "1.1.0", **for_post("SPT"))
    _, told, _ = hq("publish", elsewhere, "--unsigned", "--dry-run")
    assert f"not for MCN: bench ({post.device})\n" in told


def test_a_post_gets_only_packs_that_name_it_and_those_of_its_records(
    hq: Asked, running: Running, tmp_path: Path
) -> None:
    """A page of the feed ends the same for everybody, so that nothing is asked for twice."""
    station = running.station(3)
    hq("publish", gloves(tmp_path, **for_post("SPT")), "--unsigned")

    def given() -> list[str]:
        items = feed(station)["items"]
        return [item["name"] for item in items if item["kind"] == "pack"]

    shipped = list(shipped_packs())
    assert given() == shipped
    assert [pack["id"] for pack in station.http.get("/api/packs").json()] == sorted(shipped)
    station.finalise(pack=PackRef(id="NATIONAL-GLOVES", version="1.0.0"))
    station.send()
    assert given() == [*shipped, "NATIONAL-GLOVES"]
    assert hq("withdraw", "NATIONAL-GLOVES", "1.0.0")[0] == 0
    assert given() == [*shipped, "NATIONAL-GLOVES"], "its records are to be shown"
    other = running.station(4)
    assert "NATIONAL-GLOVES" not in [
        item["name"] for item in feed(other)["items"] if item["kind"] == "pack"
    ]


def feed(station: Station) -> dict[str, Any]:
    """The whole feed, as the hub signed it for this workstation."""
    answer = station.http.get("/api/feed?after=0").json()
    return dict(json.loads(answer["statement"]))


def test_a_key_that_comes_later_lets_the_packs_in_that_waited_for_it(
    hq: Asked, post: Workstation, running: Running, tmp_path: Path, north: Operation
) -> None:
    """The hub took the key back before the workstation heard of it, and gives it again."""
    trusts(hq, north)
    assert hq("publish", north.signs(gloves(tmp_path)))[0] == 0
    assert hq("distrust", "NORTH-SEA")[0] == 0
    outcome = synced(post)
    assert "a key that is not trusted here" in str(outcome.problems[0])
    assert origin(post) is None
    trusts(hq, north)
    outcome = synced(post)
    assert (outcome.problems, origin(post)) == ((), PackOrigin.SIGNED)
    assert hq("distrust", "NORTH-SEA")[0] == 0
    status, _, told = hq("distrust", "NORTH-SEA")
    assert (status, "this hub gives no key of this operation" in told) == (2, True)
    assert "key\tNORTH-SEA" not in hq("list")[1]
    newer = north.signs(gloves(tmp_path, "1.1.0"))
    assert hq("publish", newer)[0] == 2
    synced(post)
    assert origin(post) is PackOrigin.SIGNED, "what was adopted stays"


def test_the_hub_publishes_nothing_that_its_posts_would_refuse(
    hq: Asked, tmp_path: Path, north: Operation, south: Operation
) -> None:
    for operation in (north, south):
        trusts(hq, operation)
    assert hq("publish", north.signs(gloves(tmp_path, "1.10.0")))[0] == 0
    for file, why in (
        (north.signs(gloves(tmp_path, "1.9.0")), "older than version 1.10.0, which is given out"),
        (north.signs(gloves(tmp_path, "1.10.0", form="long")), "another pack was published"),
        (south.signs(gloves(tmp_path, "1.11.0")), "another key that did not name this one"),
        (gloves(tmp_path, "1.11.0"), "nobody has signed this pack"),
    ):
        status, _, told = hq("publish", file)
        assert (status, why in told) == (2, True), told
    successor = north.followed_by(8)
    assert hq("publish", successor.signs(gloves(tmp_path, "1.11.0")))[0] == 0


def test_a_withdrawn_pack_is_told_and_takes_no_new_drafts(
    hq: Asked, post: Workstation, tmp_path: Path
) -> None:
    """A file withdraws as its id and version do; the version before it is used again."""
    first, second = gloves(tmp_path), gloves(tmp_path, "1.1.0")
    for file in (first, second):
        assert hq("publish", file, "--unsigned")[0] == 0
    synced(post)
    begun = begin_draft(post, in_use(post), SESSION)
    assert drafts.draft(post.db, begun).pack.version == "1.1.0"
    assert hq("withdraw", second) == (0, "NATIONAL-GLOVES 1.1.0: withdrawn\n", "")
    assert hq("withdraw", second)[1] == "NATIONAL-GLOVES 1.1.0: was withdrawn before\n"
    held = in_use(post)
    outcome = synced(post)
    assert [item_in_words(item) for item in outcome.came] == [
        "pack NATIONAL-GLOVES 1.1.0: withdrawn by headquarters"
    ]
    assert in_use(post).pack.version == "1.0.0"
    with pytest.raises(DeedRefused, match="headquarters has withdrawn this pack"):
        begin_draft(post, held, SESSION)
    assert post.checklist(drafts.draft(post.db, begun).pack) is not None
    hq("withdraw", first)
    synced(post)
    assert [c for c in post.checklists() if c.pack.id == "NATIONAL-GLOVES"] == []


def in_use(ws: Workstation) -> Checklist:
    return next(c for c in ws.checklists() if c.pack.id == "NATIONAL-GLOVES")


def test_a_hub_that_lacks_the_pack_of_a_record_asks_the_post_for_its_bytes(
    post: Workstation, running: Running, hq: Asked
) -> None:
    """It gives words to codes, and is not given out; what headquarters publishes later replaces
    it.
    """
    text = shipped_packs()["SAMPLE-MED"].decode().replace("SAMPLE-MED", "LOCAL-MED")
    pack = json.loads(text)
    code, words = pack["categories"][0]["code"], "Goods of this post alone"
    pack["categories"][0]["label"]["en"] = words
    adopt_pack(post, json.dumps(pack).encode(), "local", SESSION, accept=PackOrigin.UNSIGNED)
    checklist = next(c for c in post.checklists() if c.pack.id == "LOCAL-MED")
    station = running.station(5)
    entry = station.finalise(pack=checklist.ref, goods=(GoodsLine(category=code),))
    page = f"/interceptions/{entry.head.subject}"
    assert station.send().packs_wanted == (msgspec.structs.replace(checklist.ref, unsigned=None),)
    shown = station.page(page).text
    assert words not in shown
    assert code in shown
    assert "not at the hub: codes stand for words" in shown
    put = f"/api/packs/{checklist.sha256}"
    assert station.http.put(put, content=b"{}").status_code == 460
    other = PackHash.of(b"{}")
    assert station.http.put(f"/api/packs/{other}", content=b"{}").status_code == 404
    assert running.station(6).http.put(put, content=text.encode()).status_code == 404
    data = packs.file_of(post.db, checklist.ref)
    assert station.http.put(put, content=data).status_code == 204
    shown = station.page(page).text
    assert (words in shown, "not at the hub" in shown) == (True, False)
    assert station.tips().packs_wanted == ()
    assert "LOCAL-MED" not in hq("list")[1]
    assert "LOCAL-MED" not in [one["name"] for one in feed(running.station(8))["items"]]


def test_a_post_sends_the_pack_that_its_hub_wants_with_its_records(
    post: Workstation, running: Running
) -> None:
    text = shipped_packs()["SAMPLE-MED"].decode().replace('"2.0.0"', '"2.5.0"')
    adopt_pack(post, text.encode(), "local", SESSION, accept=PackOrigin.UNSIGNED)
    record = a_final(post)
    outcome = synced(post)
    assert (outcome.problems, outcome.complete) == ((), True)
    page = httpx2.get(f"{running.pages}/interceptions/{record}", timeout=30).text
    assert "SAMPLE-MED 2.5.0" in page
    assert "not signed" in page
    assert "not at the hub" not in page
    with running.hub.database.reading() as rows:
        held = rows.execute("SELECT bytes FROM pack WHERE id = 'SAMPLE-MED'").fetchall()
    assert [bytes(data) for (data,) in held] == [text.encode()]
