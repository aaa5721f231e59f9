"""Two copies of one folder were used: nothing is signed until a person chooses which goes on.

The choice is `keep_on`, when the other copy is no longer used, or `acts.station.renew`: this folder
becomes another workstation.
"""

from __future__ import annotations

from acts.errors import ForkUndecided
from domain.changes import Changes
from domain.words import mark
from storage import forks
from storage.finding import Finding
from storage.workstation import Workstation
from system.database import transaction


def refuse_forked(ws: Workstation) -> None:
    """Raises `ForkUndecided` while a branch stands for which nobody has chosen."""
    if not forks.is_undecided(ws.db, ws.device):
        return
    raise ForkUndecided(
        mark(
            "two copies of this workstation's folder were used: nothing is signed here until"
            " somebody chooses which one goes on"
        ),
        hint=mark("Drafts are kept. Tell headquarters."),
    ).with_way_out(
        "When the other copy is no longer used: `main.py station keep`. Else this one becomes a new"
        " workstation: `main.py station renew ENROLMENT`.",
        mark("The administrator chooses at this computer: `main.py station` names both ways."),
    )


def undecided(ws: Workstation) -> tuple[Finding, ...]:
    """What the desk shows in a line that stays: where the journal branches, and the numbers that
    were given twice; () when there is nothing to choose.
    """
    if not forks.is_undecided(ws.db, ws.device):
        return ()
    return tuple(finding for finding in forks.forks(ws.db, ws.device) if finding.forked)


def keep_on(ws: Workstation) -> Changes:
    """This folder goes on as the workstation, since the other copy is no longer used.

    Should that copy be used all the same, its branch goes on, and there is a choice again.
    """
    with transaction(ws.db):
        forks.keep_branches(ws.db, ws.device)
    return Changes(hub=True)
