"""Who may no longer have an export that was made meanwhile does not get it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.people.roles import Role
from hub.store.sql import audit, sign_ins
from tests.failover.servers import until
from tests.hub.people import a_person, hub_with_people, signed_in

OPEN_FILES = Path("/proc/self/fd")


def _is_being_made(folder: Path) -> Callable[[], bool]:
    """Whether a file without a name is open in the folder."""

    def look() -> bool:
        found = (_target(each) for each in OPEN_FILES.iterdir())
        return any(each.startswith(f"{folder}/") and "(deleted)" in each for each in found)

    return look


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # closed meanwhile
        return ""


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="open files are found in /proc")
def test_an_account_that_is_disabled_while_its_export_is_made_does_not_get_it(
    tmp_path: Path,
) -> None:
    with hub_with_people(tmp_path) as (running, clock), ThreadPoolExecutor(1) as other:
        station = running.station()
        station.finalise()
        station.send()
        person = a_person(running.hub, "ann", Role.ANALYST)
        clock.move(seconds=30)
        ann = signed_in(running, person)
        assert ann.get("/export").status_code == 200
        with running.hub.database.writing() as rows:  # the export waits to be noted meanwhile
            asked = other.submit(ann.get, "/export")
            until(_is_being_made(tmp_path / "objects" / "arriving"), 10)
            sign_ins.end_all(rows, person.id)  # as it is when the account is disabled
        answer = asked.result(timeout=20)
        assert answer.status_code == 401
        assert "You are no longer signed in" in answer.text
        assert "/sign-out" not in answer.text
        with running.hub.database.reading() as rows:
            newest = audit.page(rows, before=2**62, limit=1)[0]
        assert (newest.event, newest.status) == ("GET /export", 401)
