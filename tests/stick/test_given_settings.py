"""Headquarters gives settings by the feed: over the wire and on a stick, by commands."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import main
from acts.hub.join_hub import enrolled_hub, join_hub
from domain.given_settings import CHECKED, HOURS, KILOBITS, METERED, SETTING
from domain.ids import Digest, HubId
from domain.instant import Instant
from hub.codes import fresh_code
from hub.given import give
from hub.hub import Hub
from hub.store.sql import feed
from storage import feed_items
from storage.feed_items import FeedState, StoredFeedItem
from storage.in_force import in_force
from storage.workstation import Workstation
from sync.feed import take_feed
from sync.http.carrier import HttpCarrier
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.photo_hours import is_time_for_photos
from sync.run import synchronise
from sync.stick.bring import import_stick
from system.database import transaction
from tests.builders import Clock
from tests.hub.conftest import run_hub
from tests.stick.conftest import Person, Post

OTHER = HubId("H" + "A" * 16)
NEWER = (
    ("photos.side", b'{"v":1,"value":3000}'),
    ("sync.kilobits", b'{"v":1,"value":"auto"}'),
    ("sync.kilobits", b'{"v":2,"value":{"day":1}}'),
    ("photos.hours", b'{"v":1,"value":"22:00-22:00"}'),
    ("photos.checked", b'{"v":1,"value":true}'),
)
"""What a newer hub may give: another setting, another form of a value, another format."""


def settings_of(person: Person, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """What `setting list` says: by name the value and where it comes from."""
    capsys.readouterr()
    assert person.here("setting", "list") == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    return {name: facts for name, *facts in lines}


def by_stick(person: Person) -> int:
    """The stick goes to the hub's machine and comes back."""
    assert person.here("bundle", "export", "--out", person.post.stick) == 0
    assert person.at_the_hub("import", person.post.stick) == 0
    return person.here("bundle", "import", person.post.stick)


def given(person: Person, *words: str) -> int:
    """A command of headquarters."""
    return main.main(["hub", "setting", *words, *person.post.hub.words[:2]])


def publish(hub: Hub, name: str, body: bytes, number: int) -> None:
    """What a newer hub gives out."""
    with hub.database.writing(("feed",)) as rows:
        sha256 = Digest.of(body).raw
        feed.add(rows, kind=SETTING, name=name, version=f"n{number}", sha256=sha256, at=number,
                 body=body)  # fmt: skip


def keep_given(ws: Workstation, name: str, body: bytes) -> None:
    """An item of the feed as it is kept."""
    item = StoredFeedItem(
        kind=SETTING,
        name=name,
        version="1",
        sha256=Digest.of(body),
        at=Instant(1),
        came_at=Instant(2),
        state=FeedState.KEPT,
        body=body,
    )
    with transaction(ws.db):
        feed_items.put(ws.db, item)


def test_over_the_wire_headquarters_comes_first_and_the_own_value_after_it(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    post = person.post
    with run_hub(post.hub.folder) as running:
        with post.place.open() as ws:
            enrol(ws, running.url, fresh_code(running.hub))
        assert person.here("setting", "set", "sync.kilobits", "640") == 0
        assert given(person, "set", "sync.kilobits", "2000") == 0
        assert given(person, "set", "photos.metered", "yes", "--post", "MCN") == 0
        assert person.here("sync") == 0
        found = settings_of(person, capsys)
        assert found["sync.kilobits"][0] == "2000"
        assert "set by headquarters" in found["sync.kilobits"][1]
        assert "counts here when it is taken back: 640 (set here)" in found["sync.kilobits"][1]
        assert found["photos.metered"][0] == "yes"
        assert found["photos.checked"] == ["300", "the default"]
        assert person.here("setting", "set", "sync.kilobits", "64") == 0
        assert settings_of(person, capsys)["sync.kilobits"][0] == "2000"
        assert given(person, "clear", "sync.kilobits") == 0
        assert person.here("sync") == 0
        assert settings_of(person, capsys)["sync.kilobits"] == ["64", "set here"]


def test_by_stick_the_newest_that_concerns_the_post_counts(
    person: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old = tmp_path / "old"
    assert given(person, "set", "photos.hours", "22:00-6:00") == 0
    assert given(person, "set", "sync.kilobits", "500", "--post", "APE") == 0
    assert by_stick(person) == 0
    (person.post.stick / "tidewaiter" / "feed").rename(old)
    assert settings_of(person, capsys)["photos.hours"][0] == "22:00-06:00"
    assert settings_of(person, capsys)["sync.kilobits"] == ["0", "the default"]
    for words in (("20:00-05:00", "--post", "MCN"), ("always",)):
        assert given(person, "set", "photos.hours", *words) == 0
        assert by_stick(person) == 0
        assert settings_of(person, capsys)["photos.hours"][0] == words[0]
    (person.post.stick / "tidewaiter" / "feed" / "0.json").write_bytes(
        (old / "0.json").read_bytes()
    )
    assert person.here("bundle", "import", person.post.stick) == 0
    assert settings_of(person, capsys)["photos.hours"][0] == "always"


def test_what_is_given_now_is_listed_at_the_hub(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ("set", "photos.checked", "50", "--post", "APE"),
        ("set", "photos.checked", "100"),
        ("set", "photos.checked", "200", "--post", "MCN"),
        ("set", "photos.checked", "200", "--post", "MCN"),
        ("clear", "photos.checked", "--post", "APE"),
        ("set", "photos.metered", "yes"),
        ("clear", "photos.metered"),
        ("clear", "photos.metered"),
    ):
        assert given(person, *words) == 0
    out = capsys.readouterr().out
    assert "photos.checked 200, post MCN: was given before" in out
    assert "photos.metered, all posts: nothing was given" in out
    assert given(person, "list") == 0
    lines = [line.split("\t")[:3] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["photos.checked", "all posts", "100"],
        ["photos.checked", "post APE", "each workstation's own"],
        ["photos.checked", "post MCN", "200"],
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("set", "language", "fr"), "cannot give this setting"),
        (("set", "sync.kilobits", "7"), "from 8 to 10000000, or 0"),
        (("set", "photos.hours", "22:00-22:00"), "two times like 22:00-06:00"),
        (("set", "photos.metered", "maybe"), "yes or no"),
        (("set", "photos.checked", "9" * 5000), "from 1 to 5000"),
        (("set", "sync.kilobits", "64", "--post", "XXX"), "Its posts are: "),
        (("clear", "theme"), "It can give sync.kilobits"),
    ],
)
def test_what_cannot_be_given_is_refused(
    person: Person, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert given(person, *words) == 2
    assert why in capsys.readouterr().err


def test_what_a_newer_hub_gives_is_kept_and_reported_and_what_counted_before_counts(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    with person.post.hub.open() as hub:
        give(hub, "sync.kilobits", "500", None)
        for number, (name, body) in enumerate(NEWER):
            publish(hub, name, body, hub.now().millis + number + 1)
        give(hub, "photos.metered", "yes", None)
    by_stick(person)
    assert capsys.readouterr().err.count("does not know or cannot read") == len(NEWER)
    found = settings_of(person, capsys)
    assert found["photos.side"][0] == "-"
    assert "it is kept" in found["photos.side"][1]
    with person.post.place.open() as ws:
        assert in_force(ws, KILOBITS).value == 500
        assert (in_force(ws, HOURS).value, in_force(ws, CHECKED).value) == ("always", 300)
        assert in_force(ws, METERED).value is True


def test_what_an_older_program_kept_counts_after_the_update(post: Post) -> None:
    """A program without these settings keeps the item as it keeps a bulletin."""
    with post.place.open() as ws:
        keep_given(ws, "sync.kilobits", b'{"v":1,"value":500,"later":"passed over"}')
        assert in_force(ws, KILOBITS).value == 500


def test_the_later_one_counts_after_the_hubs_clock_was_set_back(post: Post) -> None:
    clock = Clock()
    post.hub.now = clock
    post.export()
    with post.hub.open() as hub:
        give(hub, "photos.checked", "10", None)
        clock.go(-600)
        give(hub, "photos.checked", "20", None)
    post.hub.take(post.stick)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert in_force(ws, CHECKED).value == 20


def test_photos_go_in_the_hours_that_were_given_also_when_they_come_in_the_run(
    post: Post,
) -> None:
    with run_hub(post.hub.folder) as running, post.place.open() as ws:
        enrol(ws, running.url, fresh_code(running.hub))
        hour = ws.now().local.hour
        give(running.hub, "photos.hours", f"{hour + 1:02}:00-{hour + 2:02}:00", "MCN")
        with closing(open_carrier(ws)) as carrier:
            take_feed(ws, carrier)
        assert not is_time_for_photos(ws)
        waits = synchronise(ws, lambda: open_carrier(ws), tries=1)
        assert (waits.photos_may_go, running.count("photo")) == (False, 0)
        give(running.hub, "photos.hours", "always", None)
        assert synchronise(ws, lambda: open_carrier(ws), tries=1).complete


def test_a_run_sends_no_faster_than_was_given(post: Post) -> None:
    with post.place.open() as ws:
        keep_given(ws, "sync.kilobits", b'{"v":1,"value":500}')
        with closing(open_carrier(ws)) as carrier:
            assert isinstance(carrier, HttpCarrier)
            assert carrier.flow.kilobits == 500
        with closing(open_carrier(ws, kilobits=64)) as carrier:
            assert isinstance(carrier, HttpCarrier)
            assert carrier.flow.kilobits == 64


def test_the_settings_of_another_hub_do_not_count(post: Post) -> None:
    with post.hub.open() as hub:
        give(hub, "photos.checked", "10", None)
    post.export()
    post.hub.take(post.stick)
    with post.place.open() as ws:
        import_stick(ws, post.stick)
        assert in_force(ws, CHECKED).value == 10
        before = enrolled_hub(ws)
        assert join_hub(ws, replace(before, id=OTHER)).settings
        assert in_force(ws, CHECKED).value == 300
