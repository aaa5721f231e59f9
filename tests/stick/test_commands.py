"""The commands of the stick, as a person gives them; and both ends killed with -9."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import main
from domain.statement import Refusal
from storage import hub_memory, journal
from storage.projections import records
from sync.wire.stick import bundles_on
from system.database import transaction
from tests.builders import BEGUN
from tests.house.source import ROOT
from tests.stick.conftest import Person, Post
from tests.stick.plugged import plug_in

KILLED = """
import os, signal, sys
from pathlib import Path
from hub.build import open_hub
from hub.stick import take_stick
from storage.keys import RecoveryKey
from storage.workstation import open_workstation
from sync.stick.export import export
from tests.builders import BEGUN

what, steps, stick, *words = sys.argv[1:]
left = int(steps)

def step(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

if what == "export":
    home, key = words
    with open_workstation(Path(home), RecoveryKey(key)) as ws:
        export(ws, Path(stick), size=12_000, progress=step)
else:
    database, objects = words
    hub = open_hub(database, objects)
    take_stick(hub, Path(stick), shown=step)
    hub.close()
"""


def test_the_whole_way_by_commands(
    person: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stick = person.post.stick
    bulletin = tmp_path / "blisters.txt"
    bulletin.write_text("Watch for blister packs.")
    database = person.post.hub.words[:2]
    assert main.main(["hub", "bulletin", "publish", str(bulletin), *database]) == 0
    assert person.here("bundle", "export", "--out", stick, "--size", "700M") == 0
    assert f"part 1 of 1, {BEGUN + 3} entries and 6 photos" in capsys.readouterr().out
    assert person.at_the_hub("import", stick) == 0
    said = capsys.readouterr().out
    assert f"{BEGUN + 3} entries ({BEGUN + 3} new) and 6 photos (6 new)" in said
    assert "answers written for 1 workstation" in said
    assert person.here("bundle", "import", stick) == 0
    said = capsys.readouterr().out
    assert "hub has 3 of 3 records, 6 of 6 photos" in said
    assert "bulletin blisters 1: kept" in said
    assert person.here("bundle", "export", "--out", stick) == 0
    assert "nothing to write" in capsys.readouterr().out
    assert person.here("feed", "--show") == 0
    assert "Watch for blister packs." in capsys.readouterr().out
    assert main.main(["hub", "pack", "list", *database]) == 0
    assert "SAMPLE-MED" in capsys.readouterr().out


def test_the_command_ejects_the_stick_and_says_when_it_cannot(
    person: Person,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = person.post.stick
    export = "bundle", "export", "--out", stick, "--eject"
    assert person.here(*export) == 3
    assert "no way to eject it from here. What was written is on it" in capsys.readouterr().err
    plugged = plug_in(tmp_path / "system", stick, monkeypatch)
    assert person.here(*export) == 0
    assert "ejected: pull the stick out" in capsys.readouterr().out
    assert plugged.calls[0] == "unmount --no-user-interaction -b /dev/sdy1"


def test_what_was_set_aside_goes_alone_and_then_rests(
    person: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What the hub refused and then takes waits no more, and goes once."""
    post, alone = person.post, tmp_path / "alone"
    alone.mkdir()
    with post.place.open() as ws:
        photo = hub_memory.waiting_photos(ws.db)[0]
        last = records.page(ws.db).rows[0]
        head = journal.head_hash(ws.db)
        assert head is not None
        with transaction(ws.db):
            hub_memory.refuse_photo(ws.db, photo, "it was too large", ws.now())
            hub_memory.refuse(ws.db, Refusal(head, "it did not fit"), ws.now())
    assert person.here("bundle", "export", "--out", post.stick) == 1
    said = capsys.readouterr().err
    assert f"set aside: photo {photo}" in said
    assert f"set aside: entry {head} of {last.number}" in said
    assert person.here("bundle", "export", "--out", alone, "--only", str(photo)) == 0
    assert "0 entries and 1 photo" in capsys.readouterr().out
    assert person.here("bundle", "export", "--out", alone, "--only", last.number) == 0
    assert (
        f"{BEGUN + 3} entries and 2 photos" in capsys.readouterr().out
    )  # with those that come before
    for stick in (post.stick, alone, post.stick):
        person.at_the_hub("import", stick)
        assert person.here("bundle", "import", stick) == 0
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())
    with post.place.open() as ws:
        summary = hub_memory.summary(ws.db)
        assert (hub_memory.count_waiting(ws.db), summary.refused) == (0, 0)
    capsys.readouterr()
    assert person.here("bundle", "export", "--out", alone) == 0
    assert "nothing to write" in capsys.readouterr().out


def test_faults_are_one_sentence_and_a_status(
    person: Person, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stick = person.post.stick
    assert person.here("bundle", "export", "--out", tmp_path / "away") == 3
    assert "is the stick plugged in?" in capsys.readouterr().err
    assert person.here("bundle", "export", "--out", stick, "--size", "9K") == 2
    assert "at least 100000 bytes" in capsys.readouterr().err
    assert person.here("bundle", "export", "--out", stick, "--only", "NO-SUCH") == 2
    assert "NO-SUCH" in capsys.readouterr().err
    assert person.here("bundle", "import", tmp_path / "away") == 3
    strange = stick / "photos.age"
    strange.write_bytes(b"PK\x03\x04" * 500)
    assert person.at_the_hub("import", strange) == 2
    assert "not a bundle of Tidewaiter" in capsys.readouterr().err
    assert person.at_the_hub("import", tmp_path / "away") == 3
    assert "away: there is no such file or folder" in capsys.readouterr().err
    for words in (("pack", "publish", strange), ("bulletin", "publish", tmp_path / "away")):
        line = ["hub", *map(str, words), *person.post.hub.words[:2]]
        assert main.main(line) == 2
        assert capsys.readouterr().err.count("\n") == 1
    no_pack = ["hub", "pack", "withdraw", "NONE", "1", *person.post.hub.words[:2]]
    assert main.main(no_pack) == 2


def test_a_cut_bundle_is_status_1_and_says_what_is_missing(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    person.post.record(20)
    assert person.here("bundle", "export", "--out", person.post.stick) == 0
    (path,) = bundles_on(person.post.stick)
    path.write_bytes(path.read_bytes()[:70_000])
    capsys.readouterr()
    assert person.at_the_hub("import", path) == 1
    said = capsys.readouterr()
    assert "damaged or cut short" in said.err
    assert "photos and 0 batches of it are missing" in said.err
    all_of_them = 23 + BEGUN
    assert f"{all_of_them} entries ({all_of_them} new)" in said.out


def killed(what: str, steps: int, stick: Path, *words: str) -> int:
    """A process that is killed after so many steps; its status."""
    line = [sys.executable, "-c", KILLED, what, str(steps), str(stick), *words]
    return subprocess.run(line, cwd=ROOT, check=False, timeout=60).returncode


def test_an_export_killed_at_any_step_is_finished_by_the_next(post: Post) -> None:
    words = (str(post.place.home), str(post.place.recovery))
    names: set[str] = set()
    for steps in (0, 1, 2, 3, 5, 8, 13):
        status = killed("export", steps, post.stick, *words)
        assert names <= {path.name for path in bundles_on(post.stick)}
        names = {path.name for path in bundles_on(post.stick)}
        if status == 0:
            break
        assert status == -signal.SIGKILL
    assert post.export(size=12_000).complete
    assert list(post.stick.glob("*.part")) == []
    post.hub.take(post.stick)
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_an_import_killed_at_any_step_is_finished_by_the_next(post: Post) -> None:
    post.export(size=12_000)
    words = post.hub.words[1::2]
    for steps in (0, 1, 2, 4, 6):
        if killed("import", steps, post.stick, *words) == 0:
            break
    assert all(taken.complete for taken in post.hub.take(post.stick).files)
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_a_refused_bundle_is_named_as_damaged_and_no_answer_is_written(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person.here("bundle", "export", "--out", person.post.stick) == 0
    (path,) = bundles_on(person.post.stick)
    data = bytearray(path.read_bytes())
    at = data.index(b"-> X25519 ") + 12
    data[at] = ord("A") if data[at] != ord("A") else ord("B")
    path.write_bytes(data)
    capsys.readouterr()
    assert person.at_the_hub("import", path) == 2
    said = capsys.readouterr()
    assert "not encrypted to this hub, or its first bytes are damaged" in said.err
    assert "bundle export --anew" in said.err
    assert "answers written" not in said.out


def test_an_empty_stick_at_the_hub_gets_the_feed_and_answers_for_all(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person.here("bundle", "export", "--out", person.post.stick) == 0
    assert person.at_the_hub("import", person.post.stick) == 0
    for path in bundles_on(person.post.stick):
        path.unlink()
    capsys.readouterr()
    assert person.at_the_hub("import", person.post.stick) == 1
    said = capsys.readouterr().out
    assert "no bundle in" in said
    assert "packs, bulletins and settings for the posts are on it" in said
    assert person.at_the_hub("import", person.post.stick, "--answers-for-all") == 0
    assert "answers written for 1 workstation" in capsys.readouterr().out
