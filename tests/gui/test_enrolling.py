"""The card of the hub takes a file, the text of a QR code or a typed code, behind any authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from acts.hub.join_hub import enrolled_hub
from domain.words import in_english
from gui.settings.hub_card import HubCard
from gui.words import Words
from hub.codes import enrolment_of, fresh_code, put_address
from storage.workstation import Workstation
from sync.wire.enrolment_file import GivenStation, packed
from tests.gui.conftest import Officer
from tests.hub.conftest import Running
from tests.hub.test_tls import self_signed

Card = Callable[[Path | None], HubCard]
TAKE = "Take an enrolment file …"


@pytest.fixture
def card(officer: Officer) -> Iterator[Card]:
    """Shows the card by itself, with the file that the officer would choose."""
    shown: list[HubCard] = []

    def make(file: Path | None = None) -> HubCard:
        words = Words("en", in_english)
        made = HubCard(officer.desk.settings, words, file_of=lambda _parent, _title: file)
        made.show()
        shown.append(made)
        return made

    yield make
    for each in shown:
        each.close()
        each.deleteLater()


def given(hub: Running) -> str:
    """A code for the station that this workstation is given."""
    return fresh_code(hub.hub, GivenStation(post="MCN", country="XA", number=6))


def push(card: HubCard, officer: Officer, name: str) -> str:
    """Press a button of the card, and what the card says then."""
    buttons = card.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == name).click()
    officer.wait()
    return " ".join(each.text() for each in card.findChildren(QLabel))


def put(card: HubCard, officer: Officer, name: str, text: str) -> None:
    line = next(one for one in card.findChildren(QLineEdit) if one.accessibleName() == name)
    line.setFocus()
    line.selectAll()
    officer.bot.keyClicks(line, text)


def test_an_enrolment_file_enrols_behind_a_private_authority(
    officer: Officer, card: Card, ws: Workstation, hub: Running, tmp_path: Path
) -> None:
    file = tmp_path / "mcn6.enrolment"
    file.write_bytes(enrolment_of(hub.hub, given(hub))[0])
    assert f"Enrolled at {hub.url}." in push(card(file), officer, TAKE)
    assert (enrolled_hub(ws).url, ws.station.number) == (hub.url, 6)


@pytest.mark.parametrize("typed", ["code", "qr"])
def test_a_typed_code_and_the_text_of_a_qr_code_do_too(
    officer: Officer, card: Card, ws: Workstation, hub: Running, typed: str
) -> None:
    code, shown = given(hub), card(None)
    if typed == "code":
        put(shown, officer, "Address of the hub", hub.url)
    text = code if typed == "code" else packed(enrolment_of(hub.hub, code)[0])
    put(shown, officer, "One-time code", text)
    assert f"Enrolled at {hub.url}." in push(shown, officer, "Enrol")
    assert ws.station.number == 6


def test_what_cannot_be_taken_names_the_button_and_no_option(
    officer: Officer, card: Card, hub: Running, tmp_path: Path
) -> None:
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8 no file of headquarters")
    assert "this is not an enrolment file" in push(card(other), officer, TAKE).lower()
    shown = card(None)
    assert "are both needed" in push(shown, officer, "Enrol")
    put_address(hub.hub, "", self_signed(tmp_path / "another").pem)
    put(shown, officer, "Address of the hub", hub.url)
    put(shown, officer, "One-time code", given(hub))
    told = push(shown, officer, "Enrol")
    assert "does not trust the authority" in told
    assert f"press “{TAKE}”" in told
    assert "--" not in told
    assert "main.py" not in told
