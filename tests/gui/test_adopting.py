"""A pack is adopted from a file in the settings: signed, unsigned, or not at all."""

from __future__ import annotations

from pathlib import Path

from gui.settings.pack_card import PackCard
from tests.domain.pack_files import as_file, small
from tests.gui.conftest import Officer
from tests.gui.in_settings import Show, fill, press, says
from tests.signing import Operation


def test_a_file_that_is_no_pack_is_refused_in_words(
    officer: Officer, show: Show, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    view = show(broken)
    press(view, officer, "Adopt a pack from a file …")
    assert "The pack cannot be used: at $.format: is missing; $.id: is missing" in says(view)
    assert "and 11 more. Ask headquarters for a corrected pack" in says(view)
    view = show(broken, "fr")
    press(view, officer, "Adopter une liste depuis un fichier…")
    assert "$.format : manque ; $.id : manque" in says(view).replace("\u00a0", " ")
    view = show(tmp_path / "missing.json")
    press(view, officer, "Adopt a pack from a file …")
    assert "The pack cannot be read" in says(view)


def test_an_unsigned_pack_is_adopted_when_a_person_says_so_and_its_remarks_go_to_headquarters(
    officer: Officer, show: Show, tmp_path: Path
) -> None:
    doubtful = tmp_path / "gloves.json"
    doubtful.write_bytes(as_file(small(valid_to="2020-12-31")))
    view = show(doubtful)
    press(view, officer, "Adopt a pack from a file …")
    assert "Nobody has signed this pack. Ask headquarters for the signed file." in says(view)
    press(view, officer, "Adopt it unsigned")
    assert not view.findChildren(PackCard)[0].adopt_unsigned.isVisible()
    assert "gloves.json is adopted." in says(view)
    assert "Tell headquarters, at $.valid_to (line " in says(view)
    assert "the pack is over since 2020-12-31" in says(view)


def test_a_key_is_trusted_when_a_person_types_its_fingerprint(
    officer: Officer, show: Show, tmp_path: Path
) -> None:
    north = Operation.make(tmp_path, "NORTH-SEA", 7)
    signed = tmp_path / "signed.json"
    signed.write_bytes(north.signed(as_file(small())))
    view = show(signed)
    asked = "Fingerprint of the key, from headquarters"
    assert asked not in says(view)
    for file, typed, told in (
        (True, "", "NORTH-SEA signed this pack with a key that is not trusted here"),
        (False, "ABCD", "Another key signed this pack"),
        (True, str(north).lower(), "signed.json is adopted."),
    ):
        if file:
            press(view, officer, "Adopt a pack from a file …")
        if typed:
            fill(view, officer, asked, typed)
            press(view, officer, "Trust this key and adopt the pack")
        assert told in says(view)
    assert asked not in says(view)
