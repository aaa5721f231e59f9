"""`draft`: list the drafts, or move one to the newest version of its pack."""

from __future__ import annotations

import argparse

from acts.interception.move_draft import is_withdrawn, move_draft, newer_version, planned_move
from cli.options.folder import add_home
from cli.options.home import open_here
from domain.ids import RecordId
from domain.words import one_line
from storage import drafts
from storage.drafts import Draft
from storage.workstation import Workstation


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    listed = deeds.add_parser("list", help="the drafts, with their packs", allow_abbrev=False)
    move = deeds.add_parser(
        "move", help="show what changes, and move the draft", allow_abbrev=False
    )
    move.add_argument("record", help="the draft, as `draft list` names it")
    move.add_argument("--dry-run", action="store_true", help="only show what would change")
    for each in (listed, move):
        add_home(each)


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, 1 when there is no version to move to."""
    if arguments.deed == "list":
        with open_here(arguments, reading=True) as ws:
            for draft in drafts.drafts(ws.db):
                print(*_line(ws, draft), sep="\t")
        return 0
    with open_here(arguments) as ws:
        return _move(ws, RecordId.parse(arguments.record), dry=arguments.dry_run)


def _line(ws: Workstation, draft: Draft) -> tuple[str, ...]:
    newer = newer_version(ws, draft)
    states = [f"can move to {newer.pack.version}"] if newer is not None else []
    states += ["its pack was withdrawn"] if is_withdrawn(ws, draft) else []
    pack = f"{draft.pack.id} {draft.pack.version}"
    return (str(draft.record), str(draft.saved_at), pack, ", ".join(states) or "-")


def _move(ws: Workstation, record: RecordId, *, dry: bool) -> int:
    draft = drafts.draft(ws.db, record)
    plan = planned_move(ws, draft)
    pack = f"{draft.pack.id} {draft.pack.version}"
    if plan is None:
        print(f"{record}: {pack} is the newest version here")
        return 1
    version = plan.after.pack.version
    for line in plan.lines:
        print(one_line(str(line)))
    if not dry:
        move_draft(ws, record, version)
    print(f"{record}: {'would go' if dry else 'goes'} by version {version}, before {pack}")
    return 0
