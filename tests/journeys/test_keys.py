"""Every way that opens a workstation opens it from the command line, and can be changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.key_file import ITERATIONS, LANES, MEMORY_KIB, SlotKind, key_file
from storage.recovery import recovery_text
from tests.builders import a_secret_file
from tests.journeys.conftest import INIT, WORDS, copy_of
from tests.journeys.desk import KILLED, MAIN, PATIENCE, Desk, Said, a_record_file, run

NEW_WORDS = "ninety-nine lanterns over a quiet quay"
KEY_STORE = """
import pathlib
from keyring.backend import KeyringBackend
class Stored(KeyringBackend):
    priority = 1
    def _path(self, name):
        return pathlib.Path(__file__).with_name(name.replace(" ", "-"))
    def get_password(self, service, name):
        path = self._path(service + "-" + name)
        return path.read_text() if path.exists() else None
    def set_password(self, service, name, value):
        self._path(service + "-" + name).write_text(value)
"""
"""A key store of the operating system, in a file: it keeps what is put there."""
POSIX = pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere on Windows")


@pytest.fixture
def recovery(made: tuple[Desk, Said]) -> str:
    """The recovery key as `init` printed it."""
    return made[1].out.split()[-1]


def opened_by(desk: Desk, file: Path, option: str = "--recovery-key-file") -> Said:
    """`list` on the folder, opened by that file alone."""
    return run(["list", "--home", str(desk.home), option, str(file)])


def test_the_passphrase_opens_it(desk: Desk) -> None:
    assert (desk.run("list").status, desk.run("verify").status) == (0, 0)


def test_the_recovery_key_opens_it_and_the_work_goes_on(
    desk: Desk, recovery: str, tmp_path: Path
) -> None:
    file = a_secret_file(tmp_path / "recovery", recovery.lower().replace("-", " "))
    opening = ["--home", str(desk.home), "--recovery-key-file", str(file)]

    said = run(["record", *opening, str(a_record_file(tmp_path / "in"))])

    assert (said.status, said.err) == (0, "")
    assert desk.numbers() == [said.out.split()[0]]


def test_the_recovery_key_opens_it_in_the_place_of_a_passphrase(
    desk: Desk, recovery: str, tmp_path: Path
) -> None:
    file = a_secret_file(tmp_path / "recovery", recovery)
    assert opened_by(desk, file, "--passphrase-file").status == 0


def test_a_wrong_letter_of_the_recovery_key_is_told_as_one(
    desk: Desk, recovery: str, tmp_path: Path
) -> None:
    wrong = ("A" if recovery[0] != "A" else "B") + recovery[1:]
    file = a_secret_file(tmp_path / "recovery", wrong)
    for option in ("--recovery-key-file", "--passphrase-file"):
        said = opened_by(desk, file, option)
        assert said.status == 2
        assert "a wrong letter or is not complete" in said.err


def test_what_a_person_can_put_right_about_keys_ends_with_2(desk: Desk, tmp_path: Path) -> None:
    key = recovery_text(bytes(32))
    for words, option, why in (
        (NEW_WORDS, "--passphrase-file", "the passphrase does not open this workstation"),
        (key, "--recovery-key-file", "the recovery key does not open this workstation"),
        (key, "--passphrase-file", "the recovery key does not open this workstation"),
    ):
        said = opened_by(desk, a_secret_file(tmp_path / "wrong", words), option)
        assert (said.status, said.out) == (2, "")
        assert f"{why}. " in said.err
        assert ("Try again" in said.err) == (why.startswith("the passphrase"))
    short = a_secret_file(tmp_path / "short", "123456")
    for said in (
        desk.run("rekey", "--new-passphrase-file", short),
        Desk(tmp_path / "new", short).run("init", *INIT),
        desk.run("init", *INIT),
    ):
        assert (said.status, said.out) == (2, "")
        assert said.err.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_the_key_store_opens_it_without_a_word(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "filestore.py").write_text(KEY_STORE)
    store = {"PYTHON_KEYRING_BACKEND": "filestore.Stored", "PYTHONPATH": str(tmp_path)}
    new = Desk(tmp_path / "new", desk.passphrase, store)
    assert new.run("init", *INIT, "--keystore").status == 0
    # Here `init` started Python anew: the passphrase costs a guesser what it costs at a post.
    slot = next(one for one in key_file(new.home).slots if one.kind == SlotKind.PASSPHRASE)
    assert (slot.iterations, slot.memory_kib, slot.lanes) == (ITERATIONS, MEMORY_KIB, LANES)

    assert run(["verify", "--home", str(new.home)], store).status == 0
    next(tmp_path.glob("tidewaiter-tidewaiter*")).unlink()
    lost = run(["list", "--home", str(new.home)], store)
    assert lost.status == 3
    assert "does not hold this workstation's key" in lost.err


def test_a_new_passphrase_opens_it_and_the_old_one_no_longer(desk: Desk, tmp_path: Path) -> None:
    new = a_secret_file(tmp_path / "new", NEW_WORDS)

    said = desk.run("rekey", "--new-passphrase-file", new)

    assert (said.status, said.out, said.err) == (0, "changed: passphrase\n", "")
    assert "does not open" in desk.run("list").err
    assert Desk(desk.home, new).run("verify").status == 0


def test_who_lost_the_passphrase_makes_a_new_one_by_the_recovery_key(
    desk: Desk, recovery: str, tmp_path: Path
) -> None:
    file, new = a_secret_file(tmp_path / "r", recovery), a_secret_file(tmp_path / "n", NEW_WORDS)
    opening = ["--home", str(desk.home), "--recovery-key-file", str(file)]

    assert run(["rekey", *opening, "--new-passphrase-file", str(new)]).status == 0

    assert Desk(desk.home, new).run("verify").status == 0
    assert opened_by(desk, file).status == 0


def test_a_new_recovery_key_is_shown_once_and_the_old_one_opens_no_longer(
    desk: Desk, recovery: str, tmp_path: Path
) -> None:
    said = desk.run("rekey", "--new-recovery-key")

    shown, changed = said.lines
    assert changed == "changed: recovery key"
    new = shown.split()[-1]
    assert new != recovery
    assert new not in (desk.home / "keys.json").read_text()
    assert opened_by(desk, a_secret_file(tmp_path / "new", new)).status == 0
    assert "does not open" in opened_by(desk, a_secret_file(tmp_path / "old", recovery)).err
    assert desk.run("verify").status == 0


def test_rekey_killed_before_any_of_its_steps_leaves_a_folder_that_opens(
    made: tuple[Desk, Said], recovery: str, tmp_path: Path
) -> None:
    old = a_secret_file(tmp_path / "old", recovery)
    kills, step = 0, 14
    ended: int | None = None
    while ended != 0:
        desk = copy_of(made[0], tmp_path / f"home{step}")
        said = desk.killed_at(step, "rekey", "--new-recovery-key")
        ended = said.status
        assert ended in (0, KILLED), said.err
        shown = [line.split()[-1] for line in said.lines if line.startswith("new recovery")]
        files = [old] + [a_secret_file(tmp_path / "new", text) for text in shown]
        assert [opened_by(desk, file).status for file in files].count(0) == 1
        said = desk.run("verify")
        assert (said.status, "WRONG" in said.out) == (0, False), said.out
        kills += ended != 0
        step += 2
    assert kills >= 4


def test_rekey_without_a_wish_says_what_it_can_change(desk: Desk) -> None:
    said = desk.run("rekey")
    assert said.status == 2
    assert "--new-recovery-key" in said.err


def test_a_short_new_passphrase_is_refused_and_the_old_one_opens(
    desk: Desk, tmp_path: Path
) -> None:
    said = desk.run("rekey", "--new-passphrase-file", a_secret_file(tmp_path / "new", "short"))
    assert "shorter than" in said.err
    assert desk.run("list").status == 0


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_secret_file_that_other_accounts_can_use_is_refused(desk: Desk, mode: int) -> None:
    held = a_secret_file(desk.home.parent / "passphrase", WORDS)
    held.chmod(mode)

    said = Desk(desk.home, held).run("list")

    assert said.status == 2
    assert f"`chmod 600 {held}`" in said.err
    assert said.err.count("\n") == 1
    held.chmod(0o400)
    assert Desk(desk.home, held).run("list").status == 0


@POSIX
def test_a_passphrase_that_comes_by_a_pipe_is_taken(desk: Desk) -> None:
    reader, writer = os.pipe()
    os.write(writer, WORDS.encode() + b"\n")
    os.close(writer)
    words = ["list", "--home", str(desk.home), "--passphrase-file", f"/dev/fd/{reader}"]
    done = subprocess.run(
        [sys.executable, MAIN, *words],
        pass_fds=[reader],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    os.close(reader)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root is refused")
def test_root_is_sent_to_the_account_that_owns_the_folder(desk: Desk) -> None:
    before = sorted(path.name for path in desk.home.iterdir())
    os.chown(desk.home, 65534, -1)
    for words in (("list",), ("verify",), ("rekey", "--new-recovery-key")):
        said = desk.run(*words)
        assert said.status == 2
        assert "`sudo -u nobody ...`" in said.err
    assert sorted(path.name for path in desk.home.iterdir()) == before
    os.chown(desk.home, 0, -1)
    assert desk.run("list").status == 0


def test_init_guesses_nothing_and_lists_the_posts(desk: Desk, tmp_path: Path) -> None:
    new = Desk(tmp_path / "new", desk.passphrase)

    said = new.run("init", "--post", "MCN")

    assert said.status == 2
    assert "--country, --number, --officer" in said.err
    assert "APE Airport East, passengers (XA)" in said.err
    assert not new.home.exists()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (("--post", "LND"), "no pack has a post LND in XA"),
        (("--country", "FR"), "no pack has a post MCN in FR"),
        (("--number", "36"), "1 to 35"),
        (("--number", "0"), "1 to 35"),
        (("--number", "two"), "1 to 35"),
    ],
)
def test_init_refuses_a_post_in_no_pack_and_a_number_that_does_not_exist(
    desk: Desk, tmp_path: Path, changed: tuple[str, str], why: str
) -> None:
    new = Desk(tmp_path / "new", desk.passphrase)

    said = new.run("init", *INIT, *changed)

    assert said.status == 2
    assert why in said.err
    assert not new.home.exists()


def test_the_number_of_a_workstation_may_be_its_letter(desk: Desk, tmp_path: Path) -> None:
    new = Desk(tmp_path / "new", desk.passphrase)
    assert new.run("init", *INIT, "--post", "ape", "--number", "b").status == 0
    said = new.run("record", a_record_file(tmp_path / "in"))
    assert said.out.startswith("XA-APEB-"), said.err


def test_a_practice_workstation_says_loudly_what_was_made_up(desk: Desk, tmp_path: Path) -> None:
    new = Desk(tmp_path / "new", desk.passphrase)

    said = new.run("init", "--practice")

    assert said.status == 0
    assert "PRACTICE workstation, never for real work; made up: post MCN" in said.err


def test_a_receipt_needs_who_acts(desk: Desk, tmp_path: Path) -> None:
    number = desk.run("record", a_record_file(tmp_path / "in")).out.split()[0]
    words = ["receipt", number, "--out", str(tmp_path / "paper.pdf")]

    said = run([*words, "--home", str(desk.home), "--passphrase-file", str(desk.passphrase)])

    assert said.status == 2
    assert "the officer who acts is missing" in said.err
    assert json.loads(desk.run("show", number).out)["receipts"] == []
