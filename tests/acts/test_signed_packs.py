"""A post adopts packs that an operation signed with a key that is trusted there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import main
from acts.receipt.save_receipt import give_receipt
from domain.interception.record import PackRef
from domain.pack.signature import read_operation_key
from papers.receipt.blocks.title import NOT_SIGNED
from storage import packs
from storage.packs import PackOrigin
from storage.projections import records
from system.shipped import shipped_packs
from tests.builders import SESSION, Place, a_final, a_secret_file
from tests.domain.pack_files import as_file, small
from tests.light_keys import light_passphrases
from tests.papers.paper_text import words_on
from tests.signing import Operation

Tried = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _light_passphrases() -> Iterator[None]:
    """What an operation keeps for its passphrase costs next to nothing."""
    with light_passphrases():
        yield


@pytest.fixture
def tried(place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Tried:
    """Runs `main.py pack` at a post: exit status, output, errors."""
    key = a_secret_file(tmp_path / "recovery", str(place.recovery))
    there = ("--home", str(place.home), "--recovery-key-file", str(key), "--officer", "4417")

    def run(*words: object) -> tuple[int, str, str]:
        status = main.main(["pack", *map(str, words), *there])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def gloves(folder: Path, version: str = "1.0.0", **changes: object) -> Path:
    """A pack in a file."""
    file = folder / f"gloves-{version}-{len(list(folder.iterdir()))}.json"
    file.write_bytes(as_file(small(version=version, **changes)))
    return file


def origin(place: Place, version: str = "1.0.0") -> PackOrigin | None:
    with place.open() as ws:
        return packs.origin_of(ws.db, PackRef(id="NATIONAL-GLOVES", version=version))


def test_a_pack_without_a_signature_is_refused_unless_a_person_says_so(
    place: Place, tmp_path: Path, tried: Tried
) -> None:
    file = gloves(tmp_path)
    status, _, told = tried(file)
    assert status == 2
    assert told == (
        f"tidewaiter: {file}: nobody has signed this pack. Ask headquarters for the signed file. To"
        " use it all the same, say --unsigned: its records and receipts will show it.\n"
    )
    assert origin(place) is None
    assert tried(file, "--unsigned")[0] == 0
    assert origin(place) is PackOrigin.UNSIGNED
    assert tried(file)[0] == 0, "it is here already"


def test_a_signed_pack_is_adopted_once_a_person_confirmed_the_key(
    place: Place, tmp_path: Path, tried: Tried, north: Operation
) -> None:
    file = north.signs(gloves(tmp_path))
    status, _, told = tried(file)
    assert status == 2
    assert (
        f"operation NORTH-SEA signed this pack with a key that is not trusted here ({north})"
        in told
    )
    status, _, told = tried("--trust", north.public)
    assert status == 2
    assert f"the fingerprint of this key of operation NORTH-SEA is {north}" in told
    status, _, told = tried("--trust", north.public, "--fingerprint", "AAAA-BBBB")
    assert status == 2
    assert "this is another key" in told
    typed = str(north).lower().replace("-", " ")
    assert tried("--trust", north.public, "--fingerprint", typed)[0] == 0
    assert tried(file)[0] == 0
    assert origin(place) is PackOrigin.SIGNED
    with place.open() as ws:
        held = packs.file_of(ws.db, PackRef(id="NATIONAL-GLOVES", version="1.0.0"))
        body = json.loads(ws.db.execute(
            "SELECT bytes FROM entry WHERE kind = 'pack.adopted' ORDER BY seq DESC"
        ).fetchone()[0])["body"]  # fmt: skip
    assert held == as_file(small()), "what is stored is the pack itself, byte for byte"
    assert (body["operation"], "unsigned" in body) == ("NORTH-SEA", False)
    assert body["key"] == str(read_operation_key(north.public.read_bytes(), "").key)


def test_an_unsigned_pack_becomes_a_signed_one_when_its_signature_comes(
    place: Place, tmp_path: Path, tried: Tried, north: Operation
) -> None:
    file = gloves(tmp_path)
    assert tried(file, "--unsigned")[0] == 0
    north.is_trusted_at(place)
    assert tried(north.signs(file))[0] == 0
    assert origin(place) is PackOrigin.SIGNED


def test_a_signed_pack_that_was_changed_is_refused(
    place: Place, tmp_path: Path, tried: Tried, north: Operation
) -> None:
    north.is_trusted_at(place)
    signed = json.loads(north.signs(gloves(tmp_path)).read_bytes())
    for changes, why in (
        (
            {"pack": signed["pack"].replace("Gloves", "Mittens")},
            "it was changed after it was signed",
        ),
        ({"operation": "SOUTH-SEA"}, "it was changed after it was signed"),
        ({"signature": "no"}, "it was changed after it was signed"),
        ({"pack": None}, "this signed pack cannot be read"),
        ({"format": "tidewaiter-signed-pack/2"}, "a newer program signed this pack"),
    ):
        file = tmp_path / "changed.json"
        file.write_text(json.dumps(signed | changes))
        for words in ((), ("--unsigned",), ("--check",)):
            status, _, told = tried(file, *words)
            assert (status, why in told) == (2, True), (changes, words, told)
    assert origin(place) is None


def test_two_packs_with_one_version_are_one_too_many(
    place: Place, tmp_path: Path, tried: Tried, north: Operation
) -> None:
    """Also when the operation itself signed the changed one."""
    north.is_trusted_at(place)
    assert tried(north.signs(gloves(tmp_path)))[0] == 0
    status, _, told = tried(north.signs(gloves(tmp_path, form="long")))
    assert status == 2
    assert "another pack with the id NATIONAL-GLOVES and version 1.0.0 is here already" in told


def test_an_older_version_than_the_one_in_use_is_refused(
    tmp_path: Path, tried: Tried, place: Place, north: Operation
) -> None:
    north.is_trusted_at(place)
    assert tried(north.signs(gloves(tmp_path, "1.10.0")))[0] == 0
    status, _, told = tried(north.signs(gloves(tmp_path, "1.9.0")))
    assert status == 2
    assert "version 1.9.0 of this pack is older than version 1.10.0, which is in use" in told


def test_another_operation_signs_no_later_version(
    place: Place, tmp_path: Path, tried: Tried, north: Operation, south: Operation
) -> None:
    for operation in (north, south):
        operation.is_trusted_at(place)
    assert tried(north.signs(gloves(tmp_path)))[0] == 0
    status, _, told = tried(south.signs(gloves(tmp_path, "1.1.0")))
    assert status == 2
    assert (
        f"operation SOUTH-SEA signed this pack with the key {south}, and operation NORTH-SEA"
        in told
    )
    assert "did not name this one" in told


def test_a_key_that_the_earlier_one_named_signs_later_versions(
    place: Place, tmp_path: Path, tried: Tried, north: Operation
) -> None:
    """It needs no confirmation: the key that is trusted vouches for it."""
    north.is_trusted_at(place)
    assert tried(north.signs(gloves(tmp_path)))[0] == 0
    stranger = Operation.make(tmp_path, "NORTH-SEA", 9)
    assert tried(stranger.signs(gloves(tmp_path, "1.1.0")))[0] == 2
    stranger.is_trusted_at(place)
    assert tried(stranger.signs(gloves(tmp_path, "1.1.0")))[0] == 2
    following = north.followed_by(8)
    assert tried(following.signs(gloves(tmp_path, "1.1.0")))[0] == 0
    assert origin(place, "1.1.0") is PackOrigin.SIGNED


def test_headquarters_makes_a_key_and_signs_and_a_successor_signs_on(
    place: Place, tmp_path: Path, tried: Tried, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the commands of headquarters to those of the post; nothing secret is in a file bare."""
    words = a_secret_file(tmp_path / "words", "five words that nobody chose")
    keys = tmp_path / "keys"
    make = ["hub", "pack", "key", "--passphrase-file", str(words), "--new", "NORTH-SEA"]
    assert main.main([*make, str(keys / "first")]) == 0
    told = capsys.readouterr().out.splitlines()
    shown = dict(line.split(" ", 1) for line in told if line.startswith(("operation", "fingerp")))
    assert main.main([*make, str(keys / "first")]) == 2
    assert "this file exists" in capsys.readouterr().err
    assert main.main(["hub", "pack", "key", str(keys / "first.pub")]) == 0
    assert f"fingerprint {shown['fingerprint']}\n" in capsys.readouterr().out
    assert (keys / "first").stat().st_mode & 0o077 == 0
    file, faulty = gloves(tmp_path), gloves(tmp_path, form="wide")
    there = ["--key", str(keys / "first"), "--passphrase-file", str(words)]
    signed = tmp_path / "signed.json"
    sign = ["pack", "--sign", "--out", str(signed)]
    assert main.main([*sign, str(faulty), *there]) == 2
    assert "'wide' is not a form" in capsys.readouterr().err
    assert not signed.exists()
    assert main.main([*sign, str(file), *there]) == 0
    assert shown["fingerprint"] in capsys.readouterr().out
    assert main.main([*sign, str(file), *there]) == 2
    assert "this file exists" in capsys.readouterr().err
    assert tried("--trust", keys / "first.pub", "--fingerprint", shown["fingerprint"])[0] == 0
    assert tried(signed)[0] == 0
    after = ["--after", str(keys / "first"), "--after-passphrase-file", str(words)]
    assert main.main([*make, str(keys / "second"), *after]) == 0
    later = tmp_path / "later.json"
    there[1] = str(keys / "second")
    newer = gloves(tmp_path, "1.1.0")
    assert main.main(["pack", "--sign", "--out", str(later), str(newer), *there]) == 0
    assert tried(later)[0] == 0
    assert origin(place, "1.1.0") is PackOrigin.SIGNED


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--sign",), "--sign needs --key KEYFILE and --out FILE"),
        (("--out", "x"), "--out needs --sign"),
        (("--fingerprint", "x"), "--fingerprint needs --trust"),
        (("--trust",), "this is not the public key of an operation"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    words: tuple[str, ...], why: str, tmp_path: Path, tried: Tried
) -> None:
    status, _, told = tried(gloves(tmp_path), *words)
    assert (status, why in told) == (2, True), told


def test_a_signed_file_is_checked_as_the_pack_in_it(
    tmp_path: Path, tried: Tried, north: Operation
) -> None:
    status, told, _ = tried(north.signs(gloves(tmp_path)), "--check")
    assert status == 0
    assert f"signed by operation NORTH-SEA, key {north}" in told
    assert told.endswith("no faults, no remarks\n")


def test_records_and_receipts_of_an_unsigned_pack_say_so(
    place: Place, tmp_path: Path, tried: Tried, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the same pack that came signed, and those of a pack that ships, do not."""
    newer = json.loads(shipped_packs()["SAMPLE-MED"]) | {"version": "2.5.0"}
    file, paper = tmp_path / "newer.json", tmp_path / "paper.pdf"
    file.write_text(json.dumps(newer))
    with place.open() as ws:
        shipped = records.row(ws.db, a_final(ws)).number
    assert tried(file, "--unsigned")[0] == 0
    with place.open() as ws:
        number = records.row(ws.db, a_final(ws)).number
        issue = give_receipt(ws, number, session=SESSION, language="en", file=paper)
        give_receipt(ws, shipped, session=SESSION, language="en", file=tmp_path / "other.pdf")
    assert NOT_SIGNED in words_on(paper.read_bytes())
    assert NOT_SIGNED not in words_on((tmp_path / "other.pdf").read_bytes())
    key = str(tmp_path / "recovery")
    here = ("--home", str(place.home), "--recovery-key-file", key)
    assert main.main(["show", issue, *here]) == 0
    assert json.loads(capsys.readouterr().out)["interception"]["pack"]["unsigned"] is True
    assert main.main(["list", *here]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("  (pack not signed)")
    assert "not signed" not in second
    assert main.main(["verify", str(paper), *here]) == 0
    main.main(["doctor", *here])
    assert "SAMPLE-MED 2.5.0 is in use here and nobody signed it" in capsys.readouterr().out
