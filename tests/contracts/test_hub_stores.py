"""What any store of the hub promises; each implementation is a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from domain.ids import HubId, PhotoHash
from hub.errors import NotHere, RequestRefused
from hub.store.addresses import open_database, open_objects
from hub.store.objects.folder import FolderObjects
from hub.store.port import Database, Derived, Objects
from tests.hub.engines import PostgresServer, Url, sqlite_url
from tests.s3 import Swift

HUB = HubId.from_random(bytes(10))
UPLOAD = "0123456789abcdef"
ADD = "INSERT INTO refusal (hash, brought_by, reason, at) VALUES (?, '', '', 0)"
COUNT = "SELECT count(*) FROM refusal"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    with ExitStack() as at_end:
        url: Url = sqlite_url
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            url = at_end.enter_context(server.databases())
        made = open_database(url(tmp_path))
        at_end.callback(made.close)
        yield made


@pytest.fixture(params=["folder", "bucket"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """An empty store for photos that belongs to a hub."""
    if request.param == "folder":
        made: Objects = FolderObjects(tmp_path / "objects")
    else:
        swift: Swift = request.getfixturevalue("swift")
        made = open_objects(swift.bucket().address(tmp_path / "arriving"))
    made.claim(HUB)
    return made


def test_what_a_transaction_wrote_is_read_afterwards(database: Database) -> None:
    with database.writing() as rows:
        rows.execute(ADD, (b"1",))
    with database.reading() as rows:
        assert rows.execute(COUNT).fetchone()[0] == 1


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as rows:
            rows.execute(ADD, (b"1",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as rows:
        assert rows.execute(COUNT).fetchone()[0] == 0


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as rows:
        assert rows.execute(COUNT).fetchone()[0] == 0
        with database.writing() as writing:
            writing.execute(ADD, (b"1",))
        assert rows.execute(COUNT).fetchone()[0] == 0


def test_writers_about_one_name_follow_one_another(database: Database) -> None:
    def add(number: int) -> None:
        with database.writing(("name",)) as rows:
            (count,) = rows.execute(COUNT).fetchone()
            rows.execute(ADD, (count.to_bytes(4, "big"),))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(50)))
    with database.reading() as rows:
        assert rows.execute(COUNT).fetchone()[0] == 50


def test_a_copy_holds_what_was_committed(database: Database, tmp_path: Path) -> None:
    with database.writing() as rows:
        rows.execute(ADD, (b"1",))
    path = tmp_path / "copy"
    with database.copied_to(path) as copy:
        assert not path.exists()
        with copy.reading() as rows:
            assert rows.execute(COUNT).fetchone()[0] == 1
    assert path.exists()


def test_a_copy_that_was_not_read_back_well_does_not_get_its_name(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(ZeroDivisionError), database.copied_to(tmp_path / "copy"):
        raise ZeroDivisionError
    assert not (tmp_path / "copy").exists()


def test_bytes_are_staged_then_held_under_their_hash(objects: Objects) -> None:
    assert objects.staged(UPLOAD) == 0
    assert objects.append(UPLOAD, 0, b"one ") == 4
    assert objects.append(UPLOAD, 4, b"photo") == 9
    assert objects.staged(UPLOAD) == 9
    photo, start = objects.digest(UPLOAD)
    assert photo == PhotoHash.of(b"one photo")
    assert start == b"one photo"
    assert objects.size(photo) is None
    objects.keep(UPLOAD, photo)
    assert objects.size(photo) == 9
    assert objects.staged(UPLOAD) == 0
    assert b"".join(objects.read(photo)) == b"one photo"


def test_an_offset_that_is_not_the_end_is_refused(objects: Objects) -> None:
    objects.append(UPLOAD, 0, b"bytes")
    for offset in (0, 4, 6):
        with pytest.raises(RequestRefused) as refused:
            objects.append(UPLOAD, offset, b"x")
        assert refused.value.status == 409
    assert objects.staged(UPLOAD) == 5


def test_the_same_photo_twice_is_held_once(objects: Objects) -> None:
    photo = PhotoHash.of(b"photo")
    for upload in (UPLOAD, UPLOAD[::-1]):
        objects.append(upload, 0, b"photo")
        objects.keep(upload, photo)
    assert b"".join(objects.read(photo)) == b"photo"


def test_damaged_bytes_make_room_for_whole_ones(objects: Objects) -> None:
    photo = PhotoHash.of(b"photo")
    objects.append(UPLOAD, 0, b"photo")
    objects.keep(UPLOAD, photo)
    objects.set_aside(photo)
    assert objects.size(photo) is None
    with pytest.raises(NotHere):
        list(objects.read(photo))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x", "0123456789abcdef/..", "A" * 20])
def test_a_name_that_is_no_upload_leads_nowhere(objects: Objects, name: str) -> None:
    with pytest.raises(NotHere):
        objects.append(name, 0, b"x")


def test_what_is_arriving_is_named_with_the_time_of_its_last_change(objects: Objects) -> None:
    assert list(objects.arriving()) == []
    objects.append(UPLOAD, 0, b"bytes")
    objects.append(UPLOAD[::-1], 0, b"photo")
    named = dict(objects.arriving())
    assert set(named) == {UPLOAD, UPLOAD[::-1]}
    assert all(at > 1_700_000_000_000 for at in named.values())
    objects.keep(UPLOAD[::-1], PhotoHash.of(b"photo"))
    objects.drop(UPLOAD)
    assert list(objects.arriving()) == []


def test_what_is_made_of_a_photo_is_kept_once_and_apart_from_it(objects: Objects) -> None:
    photo = PhotoHash.of(b"photo")
    assert objects.derived(photo, Derived.THUMBNAIL) is None
    objects.put_derived(photo, Derived.THUMBNAIL, b"small")
    objects.put_derived(photo, Derived.THUMBNAIL, b"another")
    objects.put_derived(photo, Derived.PREVIEW, b"larger")
    assert objects.derived(photo, Derived.THUMBNAIL) == b"small"
    assert objects.derived(photo, Derived.PREVIEW) == b"larger"
    assert objects.derived(photo, Derived.VERDICT) is None
    assert objects.size(photo) is None


def test_what_is_made_by_many_at_once_is_whole(objects: Objects) -> None:
    photo, data = PhotoHash.of(b"photo"), b"x" * 300_000

    def make(_: int) -> bytes | None:
        objects.put_derived(photo, Derived.PREVIEW, data)
        return objects.derived(photo, Derived.PREVIEW)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(make, range(40))) == {data}
