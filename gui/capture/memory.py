"""Values that the desk remembers from one interception to the next."""

from __future__ import annotations

from typing import Any

from gui.capture.proposals import carried
from gui.form.document import Document, value_at
from storage.settings import CARRIED, RECENT, write
from storage.workstation import Workstation

LONGEST = 6
"""How many codes of a list are remembered."""
_USED = {
    "detection": "detection.methods",
    "concealment": "detection.concealment",
    "indicators": "detection.indicators",
    "legal_bases": "legal.legal_basis",
    "countries": "route.dispatch_country",
}


def recent(ws: Workstation, list_name: str) -> tuple[str, ...]:
    """The last used codes of a list, newest first."""
    return RECENT.of(list_name).read(ws.db)


def carried_over(ws: Workstation, pack_id: str, officer: str) -> dict[str, Any]:
    """The values that the next interception copies from this officer's last one with the same
    pack.
    """
    return CARRIED.of(pack_id, officer).read(ws.db)


def remember(ws: Workstation, document: Document, pack_id: str, officer: str) -> None:
    """Store the values of this interception that the next one may need, in one transaction."""
    changes = [CARRIED.of(pack_id, officer).to(carried(document))]
    lines = document.get("goods") or ()
    used = {name: _codes(value_at(document, path)) for name, path in _USED.items()}
    used["reasons"] = [code for line in lines for code in line.get("reasons") or ()]
    used["bags"] = [str(line["bag_no"]) for line in lines if line.get("bag_no")]
    used["categories"] = [str(line["category"]) for line in lines if line.get("category")]
    for name, codes in used.items():
        newest = dict.fromkeys([*codes, *recent(ws, name)])
        changes.append(RECENT.of(name).to(tuple(newest)[:LONGEST]))
    write(ws.db, changes)


def _codes(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(code) for code in value]
    return [str(value)] if value else []
