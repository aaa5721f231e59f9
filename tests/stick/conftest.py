"""A post that is enrolled at a hub, and a stick between them; the hub serves only to enrol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import main
from acts.hub.join_hub import EnrolledHub, join_hub
from hub.build import open_hub
from hub.codes import fresh_code
from hub.enrol import enrol
from hub.hub import Hub
from hub.stick import StickReport, take_stick
from storage.workstation import Workstation
from sync.stick.export import export
from sync.stick.outcome import ExportOutcome
from sync.wire.enrolment import make_request, read_request
from system.clock import Clock, system_clock_utc
from tests.builders import Place, a_final, a_secret_file
from tests.hub.engines import make_tables


@dataclass
class HubPlace:
    """A hub's folder, opened for each use."""

    folder: Path
    now: Clock = system_clock_utc

    @contextmanager
    def open(self) -> Iterator[Hub]:
        """The hub, closed afterwards."""
        self.folder.mkdir(exist_ok=True)
        make_tables(self.folder)
        database, objects = self.words[1::2]
        hub = open_hub(database, objects, now=self.now)
        try:
            yield hub
        finally:
            hub.close()

    @property
    def words(self) -> list[str]:
        """The options of a command that name it."""
        return [
            "--database",
            f"sqlite://{self.folder}/hub.sqlite",
            "--objects",
            f"file://{self.folder}/objects",
        ]

    def enrol(self, ws: Workstation) -> None:
        """Enrol the workstation without a network."""
        with self.open() as hub:
            request = make_request(
                ws.signing_key(),
                code=fresh_code(hub),
                device=ws.device,
                name=ws.station.name,
                post=ws.station.post,
                station=ws.station.number,
            )
            given = enrol(hub, read_request(request), "here", ())
        known = EnrolledHub(
            "http://127.0.0.1:9",
            given.hub,
            given.public_key,
            given.token,
            recipient=given.recipient,
        )
        join_hub(ws, known)

    def take(self, path: Path) -> StickReport:
        """What `hub import` does."""
        with self.open() as hub:
            return take_stick(hub, path)

    def holds(self) -> dict[str, set[str]]:
        """The hashes of all entries and photos, and each photo's bytes are looked at."""
        with self.open() as hub, hub.database.reading() as rows:
            found = {
                table: {bytes(h).hex() for (h,) in rows.execute(f"SELECT hash FROM {table}")}
                for table in ("entry", "photo")
            }
            lists = {
                str(row) for row in rows.execute("SELECT record, number, status FROM interception")
            }
            found["interception"] = lists
            assert {str(name) for name in hub.objects.names()} == found["photo"]
            return found


@dataclass
class Post:
    """A workstation, its hub, and a stick."""

    place: Place
    hub: HubPlace
    stick: Path

    def record(self, count: int = 1) -> None:
        """Record so many interceptions."""
        with self.place.open() as ws:
            for _ in range(count):
                a_final(ws)

    def export(self, **options: object) -> ExportOutcome:
        """What `bundle export` does."""
        with self.place.open() as ws:
            return export(ws, self.stick, **options)  # type: ignore[arg-type]

    def journal(self) -> set[str]:
        """The hashes of all entries at the post."""
        with self.place.open() as ws:
            return {bytes(h).hex() for (h,) in ws.db.execute("SELECT hash FROM entry")}

    def photos(self) -> set[str]:
        """The hashes of all photos at the post."""
        with self.place.open() as ws:
            return {str(name) for name in ws.photos.names()}


@pytest.fixture
def post(place: Place, tmp_path: Path) -> Post:
    """Three interceptions wait; the stick is empty."""
    stick = tmp_path / "stick"
    stick.mkdir()
    hub = HubPlace(tmp_path / "hub")
    with place.open() as ws:
        hub.enrol(ws)
    made = Post(place, hub, stick)
    made.record(3)
    return made


class Person:
    """Gives commands."""

    def __init__(self, post: Post, tmp_path: Path) -> None:
        self.post = post
        self.key = a_secret_file(tmp_path / "recovery", str(post.place.recovery))

    def here(self, *words: str | Path) -> int:
        """A command on the workstation."""
        home = ("--home", self.post.place.home, "--recovery-key-file", self.key)
        return main.main([str(word) for word in (*words, *home)])

    def at_the_hub(self, *words: str | Path) -> int:
        """A command at the hub's machine."""
        return main.main([str(word) for word in ("hub", *words, *self.post.hub.words)])


@pytest.fixture
def person(post: Post, tmp_path: Path) -> Person:
    return Person(post, tmp_path)
