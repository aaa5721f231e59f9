"""A new workstation joins with what headquarters gave: a file, a code, a certificate."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from acts.hub.join_hub import enrolled_hub
from hub.codes import enrolment_of, fresh_code
from sync.wire.enrolment_file import GivenStation
from tests.gui.newcomer import Sit
from tests.hub.conftest import Running


@pytest.mark.parametrize("by", ["file", "code", "code and certificate"])
def test_what_headquarters_gave_makes_an_enrolled_workstation(
    sit: Sit, hub: Running, tmp_path: Path, by: str
) -> None:
    code = fresh_code(hub.hub, GivenStation(post="MCN", country="XA", number=6))
    file = tmp_path / "mcn6.enrolment"
    file.write_bytes(enrolment_of(hub.hub, code)[0])
    pem = tmp_path / "tls" / "hub.pem"
    person = sit(file=file if by == "file" else pem)
    person.press(Qt.Key.Key_1)
    if by == "file":
        person.push("Take an enrolment file …")
    else:
        if by != "code":
            person.push("Certificate of the authority …")
            assert person.reads("hub.pem")
        person.fill("One-time code", code)
        person.fill("Address of the hub", hub.url)
        person.forward()
    assert person.reads("Number: 6")
    person.fill("Badge number", "4417")
    ws = person.until_it_is_open()
    assert (enrolled_hub(ws).url, ws.station.number) == (hub.url, 6)


def test_a_code_that_the_hub_does_not_take_is_said_before_anything_is_made(
    sit: Sit, hub: Running, tmp_path: Path
) -> None:
    code = fresh_code(hub.hub, GivenStation(post="MCN", country="XA", number=6))
    person = sit()
    person.press(Qt.Key.Key_1)
    person.fill("One-time code", code[:-1] + ("A" if code[-1] != "A" else "B"))
    person.fill("Address of the hub", hub.url)
    person.forward()
    assert not person.reads("Number: 6")
    assert person.window.step.main_button.isEnabled()
    assert not (tmp_path / "workstation").exists()
    person.press(Qt.Key.Key_Escape)
    assert person.reads("What is wanted?")
