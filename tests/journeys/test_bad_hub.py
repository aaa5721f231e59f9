"""A hub that fails, lies or is none: one clear sentence, and everything waits at the post."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.signing import ACKNOWLEDGEMENT, SigningKey
from sync.wire.envelope import Envelope, sign
from tests.journeys.conftest import Pair, at_address, copy_of
from tests.journeys.desk import Desk, a_record_file
from tests.sync.lines import Answer, Asked, a_server, again, an_answer, passed_on

PAGE = b"<html><body>Welcome to the hotel. Please accept our terms.</body></html>"


@pytest.fixture(scope="module")
def waiting(paired: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workstation with one record that no hub has. Nothing on this page changes that."""
    folder = tmp_path_factory.mktemp("waiting")
    desk = copy_of(paired, folder / "home")
    assert desk.run("record", a_record_file(folder)).status == 0
    return desk


PLAIN: dict[str, tuple[Answer, int, str]] = {
    "500": (lambda _: an_answer(500, PAGE, "text/html"), 3, "an internal error (status 500)"),
    "garbage": (lambda _: b"\x16\x03\x01 what is this\r\n\r\n", 3, "no answer from the hub"),
    "nothing": (lambda _: b"", 3, "no answer from the hub"),
    "cut short": (lambda _: an_answer(200, b"{}" * 500)[:-200], 3, "no answer from the hub"),
    "a page": (lambda _: an_answer(200, PAGE, "text/html"), 3, "not a statement"),
    "elsewhere": (
        lambda _: an_answer(302, b"", Location="http://x.invalid/"),
        3,
        "not the address",
    ),
    "no access": (lambda _: an_answer(401, b'{"error": "no token"}'), 2, "refuses: no token"),
    "a page with 404": (lambda _: an_answer(404, PAGE, "text/html"), 2, "refuses: status 404"),
    "a page with 403": (lambda _: an_answer(403, PAGE, "text/html"), 3, "something before it"),
    "a proxy with 502": (lambda _: an_answer(502, PAGE, "text/html"), 3, "does not reach it"),
    "empty JSON": (lambda _: an_answer(200, b"{}"), 3, "not a statement"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_an_answer_that_is_none_is_one_sentence_and_everything_waits(
    waiting: Desk, name: str
) -> None:
    answer, status, words = PLAIN[name]

    with a_server(answer) as url:
        at_address(waiting, url)
        said = waiting.run("sync", "--tries", "1")

    assert (said.status, said.out) == (status, "")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert "<html>" not in said.err


def test_a_hub_that_is_back_at_the_second_try_gets_everything(pair: Pair, tmp_path: Path) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    asked: list[str] = []

    def answer(question: Asked) -> bytes:
        asked.append(question.path)
        if len(asked) == 1:
            return an_answer(503, b"")
        return again(*passed_on(pair.hub.url, question))

    with a_server(answer) as url:
        at_address(pair.desk, url)
        said = pair.desk.run("sync")

    assert (said.status, said.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n")
    told = said.err.splitlines()[0]
    assert told == f"{url}: a proxy before the hub does not reach it (status 503); trying again"
    assert "stamina" not in said.err


def test_photos_wait_here_while_the_hubs_folder_for_them_is_away(
    pair: Pair, tmp_path: Path
) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    photos = pair.hub.folder / "objects" / "photos"
    kept = photos.rename(photos.with_name("unmounted"))
    photos.mkdir()

    said = pair.sync("--tries", "1")

    assert said.status == 3
    assert "the hub's folder for photos is not there" in said.err
    assert "0 of 2 photos" in said.err
    photos.rmdir()
    kept.rename(photos)
    after = pair.sync()
    assert (after.status, after.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n")


def test_no_address_is_told_as_such(waiting: Desk) -> None:
    for url in ("hub.example.org", "http://", "http://[::1", "http://127.0.0.1:1"):
        said = waiting.run("sync", "--hub", url, "--tries", "1")
        assert said.status in (2, 3)
        assert said.err.count("\n") == 1, said.err


def _forged(body: bytes) -> bytes:
    """The same statement, signed by somebody else."""
    statement = json.loads(json.loads(body)["statement"])
    return json.dumps(_plain(sign(statement, SigningKey(bytes(32)), ACKNOWLEDGEMENT))).encode()


def _altered(body: bytes) -> bytes:
    """A statement of which one letter was changed after it was signed."""
    return body.replace(b"received", b"safe")


def _plain(envelope: Envelope) -> dict[str, str]:
    return {"statement": envelope.statement, "signature": envelope.signature}


@pytest.mark.parametrize("lie", [_forged, _altered])
def test_a_forged_acknowledgement_counts_for_nothing(
    pair: Pair, tmp_path: Path, lie: Callable[[bytes], bytes]
) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0

    def answer(asked: Asked) -> bytes:
        status, headers, body = passed_on(pair.hub.url, asked)
        if asked.method == "POST" and asked.route == "/api/batches":
            body = lie(body)
        return again(status, headers, body)

    with a_server(answer) as url:
        at_address(pair.desk, url)
        said = pair.desk.run("sync")

    assert said.status in (2, 3)
    assert "sign" in said.err
    assert "waits" in pair.desk.run("list").out
    after = pair.sync()
    assert (after.status, after.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n")


@pytest.mark.parametrize("offset", ["0", "999999999", "-1", "all"])
def test_a_lying_offset_is_named_and_the_photo_waits(
    pair: Pair, tmp_path: Path, offset: str
) -> None:
    assert pair.desk.run("record", a_record_file(tmp_path)).status == 0
    photos: list[str] = []

    def answer(asked: Asked) -> bytes:
        if not asked.path.startswith("/api/photos"):
            return again(*passed_on(pair.hub.url, asked))
        photos.append(asked.path)
        length = asked.headers.get("upload-length", "0")
        where = {"location": "/api/photos/upload", "tus-resumable": "1.0.0"}
        status = 201 if asked.method == "POST" else 204
        return again(status, {**where, "upload-offset": length if offset == "all" else offset}, b"")

    with a_server(answer) as url:
        at_address(pair.desk, url)
        said = pair.desk.run("sync")

    assert photos
    assert said.status == 1
    assert said.out == "hub has 1 of 1 records, 0 of 2 photos\n"
    assert any(line.startswith("tidewaiter: ") for line in said.err.splitlines()), said.err
    after = pair.sync()
    assert (after.status, after.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n")
