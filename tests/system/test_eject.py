"""A stick is ejected by the program of the system, and nothing but a stick is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from system.eject import can_eject, eject
from system.errors import StickFailed
from tests.stick.plugged import plug_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows needs no program for it")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "MY STICK"
    (made / "folder").mkdir(parents=True)
    return made


@pytest.fixture
def system(tmp_path: Path) -> Path:
    return tmp_path / "system"


def test_a_stick_is_unmounted_and_switched_off(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = plug_in(system, stick, monkeypatch)
    assert can_eject(stick / "folder")
    eject(stick / "folder")
    assert plugged.calls == [
        "unmount --no-user-interaction -b /dev/sdy1",
        "power-off --no-user-interaction -b /dev/sdy1",
    ]


def test_a_card_reader_that_cannot_be_switched_off_is_no_failure(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(system, stick, monkeypatch).refuses("power-off", "No usb device")
    eject(stick)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Error unmounting /dev/sdy1: target is busy", "a program still uses it. Close that"),
        ("Error: Not\nauthorized", "not ejected: Error: Not authorized. What was written is on it"),
    ],
)
def test_what_is_not_unmounted_is_not_switched_off(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    plugged = plug_in(system, stick, monkeypatch)
    plugged.refuses("unmount", words)
    with pytest.raises(StickFailed, match=sentence):
        eject(stick)
    assert len(plugged.calls) == 1


def test_a_disk_that_stays_in_the_computer_is_not_ejected(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = plug_in(system, stick, monkeypatch, bus="pci0000:00")
    assert not can_eject(stick)
    with pytest.raises(StickFailed, match="no way to eject it from here"):
        eject(stick)
    assert plugged.calls == []
    (system / "devices/pci0000:00/block/sdy/removable").write_text("1\n")
    assert can_eject(stick)


def test_a_folder_beside_the_stick_is_not_ejected(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(system, stick, monkeypatch)
    assert not can_eject(stick.with_name("MY STICK 2"))
    assert not can_eject(stick.parent)


def test_without_the_program_nothing_is_offered(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(system, stick, monkeypatch)
    monkeypatch.setenv("PATH", str(stick))
    assert not can_eject(stick)


def test_on_macos_the_volume_is_ejected_and_on_windows_nothing(
    stick: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = plug_in(system, stick, monkeypatch, program="diskutil")
    monkeypatch.setattr("system.eject.PLATFORM", "darwin")
    monkeypatch.setattr("system.eject.VOLUMES", stick.parent)
    assert can_eject(stick)
    eject(stick / "folder")
    assert plugged.calls == [f"eject {stick}"]
    monkeypatch.setattr("system.eject.PLATFORM", "win32")
    assert not can_eject(stick)
