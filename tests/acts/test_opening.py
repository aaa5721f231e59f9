"""What is refused before a workstation is made or opened, and how its errors are told apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acts.errors import InputRefused, SecretRefused
from acts.session import Session
from acts.station.init import make_workstation
from cli.options.secrets import first_line
from domain.errors import Malformed
from domain.numbers.case_number import STATIONS, station_number
from storage.identity import Station
from storage.keys import Passphrase, RecoveryKey, way_of
from system.errors import CannotOpen, CannotWrite, NotYours
from system.shipped import shipped_packs
from tests.builders import Place, a_final, a_secret_file

WORDS = "harbour lantern sevenfold quartz meadow"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_secret_file_that_other_accounts_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    file = a_secret_file(tmp_path / "secret", WORDS)
    assert first_line(file) == WORDS
    file.chmod(mode)
    with pytest.raises(SecretRefused, match=f"chmod 600 {file}"):
        first_line(file)


@pytest.mark.parametrize("end", ["", "\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_secret_file_that_notepad_wrote_holds_the_secret_alone(
    tmp_path: Path, mark: bytes, end: str
) -> None:
    file = a_secret_file(tmp_path / "secret", "")
    file.write_bytes(mark + f"{WORDS}{end}".encode())
    assert first_line(file) == WORDS


def test_a_recovery_key_is_known_by_its_checksum_where_a_passphrase_is_asked(place: Place) -> None:
    key = place.recovery
    wrong = ("A" if key[0] != "A" else "B") + key[1:]
    assert way_of(key.lower().replace("-", " ")) == RecoveryKey(key.lower().replace("-", " "))
    assert way_of(wrong) == Passphrase(wrong)
    assert way_of(WORDS) == Passphrase(WORDS)


def test_a_recovery_key_does_not_become_a_passphrase(place: Place, tmp_path: Path) -> None:
    station = Station(name="bench", post="MCN", country="XA", number=1)
    with pytest.raises(CannotOpen, match="cannot be the passphrase"):
        make_workstation(
            tmp_path / "w",
            station,
            (Passphrase(place.recovery),),
            shipped_packs(),
            session=Session("4417"),
        )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root is refused")
def test_root_does_not_open_the_folder_of_another_account(place: Place) -> None:
    os.chown(place.home, 65534, -1)
    before = sorted(place.home.iterdir())
    with pytest.raises(NotYours, match="sudo -u"):
        place.open()
    assert sorted(place.home.iterdir()) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root is refused")
@pytest.mark.parametrize("home", ["theirs", "theirs/w", "theirs/deep/er/w"])
def test_root_makes_no_workstation_in_the_folder_of_another_account(
    tmp_path: Path, home: str
) -> None:
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 65534, -1)
    station = Station(name="bench", post="MCN", country="XA", number=1)
    with pytest.raises(NotYours, match="sudo -u"):
        make_workstation(
            tmp_path / home, station, (Passphrase(WORDS),), shipped_packs(), session=Session("4417")
        )
    assert list((tmp_path / "theirs").iterdir()) == []


@pytest.mark.parametrize(("post", "country"), [("LND", "XA"), ("MCN", "XB")])
def test_a_post_in_no_pack_is_refused_with_the_posts_there_are(
    tmp_path: Path, post: str, country: str
) -> None:
    station = Station(name="bench", post=post, country=country, number=1)
    with pytest.raises(InputRefused, match=r"MCN Mail Centre North \(XA\)"):
        make_workstation(
            tmp_path / "w", station, (Passphrase(WORDS),), shipped_packs(), session=Session("4417")
        )
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_a_workstation_is_a_number_or_its_character() -> None:
    assert [station_number(one) for one in STATIONS] == list(range(1, 36))
    assert [station_number(str(number)) for number in range(1, 36)] == list(range(1, 36))
    assert station_number(" b ") == 11
    for text in ("", "0", "36", "1.5", "-1", "AB", "²", "٣"):
        with pytest.raises(Malformed, match="1 to 35"):
            station_number(text)


def test_a_database_that_takes_no_writes_is_called_read_only_and_not_full(place: Place) -> None:
    with place.open() as ws:
        ws.db.execute("PRAGMA query_only = ON")
        with pytest.raises(CannotWrite, match="read-only"):
            a_final(ws)
        ws.db.execute("PRAGMA query_only = OFF")
        a_final(ws)
