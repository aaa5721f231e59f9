"""`show`: show one interception."""

from __future__ import annotations

import argparse
import json
import sys

from cli.options.folder import add_home
from cli.options.home import open_here
from domain.document import Document
from domain.encoding import to_plain
from domain.ids import RecordId
from storage import cases, drafts
from storage.projections import records
from storage.workstation import Workstation


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("number", help="seizure or receipt number")


def run(arguments: argparse.Namespace) -> int:
    """The interception as JSON, names included, with its status, receipts, and the others of its
    find.

    When the names are not stored here, the rest is shown, with a message on standard error.
    """
    with open_here(arguments, reading=True) as ws:
        record = records.find_number(ws.db, arguments.number)
        case = cases.read(ws.db, record)
        current = case.current
        what, whole = cases.with_names_if_held(ws.db, current.entry, current.body)
        shown = {
            "number": case.number,
            "status": case.status,
            "revision": current.body.revision,
            "entry": {"number": current.seq, "hash": str(current.entry)},
            "names_held": whole,
            "receipts": [receipt.body.number for receipt in case.receipts],
            "case": _case(ws, what.case or record, record),
            "interception": to_plain(what),
        }
    print(json.dumps(shown, indent=1, ensure_ascii=False))
    if not whole:
        print(f"tidewaiter: {case.number}: the names are not stored here", file=sys.stderr)
    return 0


def _case(ws: Workstation, case_id: RecordId, record: RecordId) -> Document:
    """The id of the case, and its other interceptions and drafts."""
    return {
        "id": str(case_id),
        "others": [
            {"number": row.number, "status": str(row.status), "pack": row.pack, "goods": row.title}
            for row in records.of_case(ws.db, case_id, besides=record)
        ],
        "drafts": [str(draft.record) for draft in drafts.of_case(ws.db, case_id, besides=record)],
    }
