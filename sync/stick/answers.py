"""Takes the hub's answers from a stick, and puts answers on one."""

from __future__ import annotations

from pathlib import Path

from acts.hub.join_hub import enrolled_hub
from acts.hub.take_answer import take_answer
from domain.ids import DeviceId
from domain.statement import Acknowledgement
from storage.workstation import Workstation
from sync.wire.acknowledgement import read_acknowledgement
from sync.wire.errors import WireError
from sync.wire.stick import ANSWER_LIMIT, answer_file
from system.errors import StickFailed
from system.stick import put, read_file


def take_own_answer(ws: Workstation, folder: Path) -> Acknowledgement | None:
    """Take the answer for this workstation that is on the stick; None when there is none.

    Raises `StickFailed`, `AcknowledgementRefused` for a statement that is not the hub's, and
    `OldAnswer`; nothing is changed then.
    """
    file = answer_file(folder, ws.device)
    if not file.is_file():
        return None
    return take_answer_file(ws, file)


def take_answer_file(ws: Workstation, file: Path) -> Acknowledgement:
    """Take the answer in the file. Raises as `take_own_answer`."""
    hub = enrolled_hub(ws)
    data = read_file(file, ANSWER_LIMIT)
    statement = read_acknowledgement(data, hub.key, hub=hub.id, device=ws.device)
    take_answer(ws, statement)
    return statement


def read_before(ws: Workstation, folder: Path, device: DeviceId) -> frozenset[str]:
    """The bundles of `device` that the hub has read, by a verified answer on the stick."""
    hub = enrolled_hub(ws)
    file = answer_file(folder, device)
    try:
        data = read_file(file, ANSWER_LIMIT) if file.is_file() else b""
        return frozenset(read_acknowledgement(data, hub.key, hub=hub.id, device=device).bundles)
    except (StickFailed, WireError):
        return frozenset()


def put_answer(ws: Workstation, folder: Path, device: DeviceId, data: bytes) -> bool:
    """Put the hub's answer for `device` on the stick, unless a later one is there; False then.

    Raises `AcknowledgementRefused` for a statement that is not the hub's, and `StickFailed`.
    """
    hub = enrolled_hub(ws)
    statement = read_acknowledgement(data, hub.key, hub=hub.id, device=device)
    file = answer_file(folder, device)
    if file.is_file():
        try:
            there = read_acknowledgement(
                read_file(file, ANSWER_LIMIT), hub.key, hub=hub.id, device=device
            )
            if there.epoch == statement.epoch and there.order > statement.order:
                return False
        except (StickFailed, WireError):
            pass  # it is damaged, and this one takes its name
    put(file, data)
    return True
