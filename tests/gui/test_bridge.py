"""Work beside the window: our own mistakes are told calmly and logged without a value."""

from __future__ import annotations

from domain.errors import TidewaiterError
from storage.workstation import Workstation
from tests.gui.conftest import Officer


def test_the_log_of_a_mistake_has_places_and_names_of_errors_and_no_value(
    officer: Officer, ws: Workstation
) -> None:
    told: list[TidewaiterError] = []

    def work() -> None:
        raise ValueError("Jane Doe, 4 Harbour Lane")

    officer.desk.bridge.read(work, lambda _none: None, told.append)
    officer.wait()
    log = (ws.home / "log" / "faults.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_bridge.py" in log
    assert "Jane" not in log
    assert "the program made a mistake (ValueError)" in str(told[0])
