"""The commands about the workstation's folder and what is recorded in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acts.errors import OptionsRefused
from acts.place_options import acting_officer, add_home, open_here, unlock
from domain.words import mark, one_line

if TYPE_CHECKING:
    from storage.workstation import Workstation

ONLY_THE_SEAL = 5
"""Exit status of `verify FILE` when a person has to compare the paper with its seal."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands."""
    _add_record(commands)
    _add_reading(commands)
    _add_receipt(commands)
    rebuild = commands.add_parser("rebuild", help="fill the projections from the journal again")
    add_home(rebuild)
    rebuild.set_defaults(run=run_rebuild)
    pack = commands.add_parser("pack", help="adopt an operation pack from a file")
    add_home(pack)
    pack.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    pack.add_argument("--officer", default="", metavar="BADGE", help="who acts; asked if left out")
    pack.set_defaults(run=run_pack)


def _add_record(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    record = commands.add_parser("record", help="record interceptions from files")
    add_home(record)
    record.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="docs/exchange-format.md"
    )
    record.add_argument("--officer", default="", metavar="BADGE", help="when a file names none")
    record.set_defaults(run=run_record)


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listing = commands.add_parser("list", help="list interceptions, newest first")
    add_home(listing)
    listing.add_argument("search", nargs="*", help="words that begin words of the record")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="show one interception")
    add_home(show)
    show.add_argument("number", help="seizure or receipt number")
    show.set_defaults(run=run_show)


def _add_receipt(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    receipt = commands.add_parser("receipt", help="issue a receipt, or give its PDF again")
    add_home(receipt)
    receipt.add_argument("number", help="seizure number (issues one) or receipt number (a copy)")
    receipt.add_argument("--out", required=True, type=Path, metavar="FILE")
    receipt.add_argument("--language", default="en", metavar="TAG", help="en, fr, ... (BCP 47)")
    receipt.add_argument(
        "--officer", default="", metavar="BADGE", help="who acts; asked if left out"
    )
    receipt.set_defaults(run=run_receipt)
    verify = commands.add_parser("verify", help="judge a paper, or with no file the whole folder")
    add_home(verify)
    verify.add_argument("file", nargs="?", type=Path, help="PDF or picture of a receipt")
    verify.add_argument("--key", type=Path, metavar="FILE", help="public key; no folder is needed")
    verify.set_defaults(run=run_verify, unnamed_home=verify.get_default("home"))


def run_record(arguments: argparse.Namespace) -> int:
    """One line per file, its remarks on standard error; 2 when any was refused, the others stay."""
    from acts.change_commands import tell_refused, tell_remarks  # as below
    from acts.interception.record_file import record_file  # --help must not wait for the database
    from domain.errors import Kind, RecordRefused, TidewaiterError  # as above

    status = 0
    with open_here(arguments) as ws:
        for file in arguments.files:
            try:
                done = record_file(ws, file, officer=arguments.officer)
            except RecordRefused as error:
                tell_refused(file, error)
                status = max(status, 2)
            except TidewaiterError as error:
                if error.kind is not Kind.PERSON:
                    raise
                print(f"tidewaiter: {one_line(str(error))}", file=sys.stderr)
                status = max(status, 2)
            else:
                tell_remarks(file, done.remarks)
                before = " (recorded before)" if done.before else ""
                _report(f"{done.number} {one_line(str(file))}{before}")
    return status


def _report(line: str) -> None:
    """Say what is recorded. It stays so, and the other files follow, when nobody can read it."""
    try:
        print(line, flush=True)
    except OSError as error:
        # What comes after, and what Python still flushes at its end, has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"tidewaiter: the results cannot be written: {error.strerror}", file=sys.stderr)


def run_list(arguments: argparse.Namespace) -> int:
    """All that match, page by page."""
    from domain.encoding import to_plain  # --help must not wait for the database
    from storage.projections import records  # as above

    with open_here(arguments, reading=True) as ws:
        after = None
        while True:
            page = records.page(ws.db, search=" ".join(arguments.search), after=after)
            for row in page.rows:
                print(json.dumps(to_plain(row)) if arguments.json else _line(row))
            after = page.next
            if after is None:
                return 0


def _line(row: Any) -> str:
    when = row.seized_at.local.strftime("%Y-%m-%d %H:%M") if row.seized_at else ""
    hub = "at hub" if row.at_hub and row.photos_at_hub == row.photos else "waits"
    title = " ".join(row.title.split())  # what an earlier version recorded may hold line breaks
    return f"{row.number}  {when}  {row.status:9} {hub:7} {row.route:8} {title}"


def run_show(arguments: argparse.Namespace) -> int:
    """The interception as JSON, names included, with its status, revisions and receipts.

    Where the names are not held here the rest is shown, and standard error says so.
    """
    from domain.encoding import to_plain  # --help must not wait for the database
    from storage.projections import records  # as above

    with open_here(arguments, reading=True) as ws:
        record = records.find_number(ws.db, arguments.number)
        case = records.case(ws.db, record)
        current = case.current
        what, whole = records.with_names_if_held(ws.db, current.entry, current.body)
        shown = {
            "number": case.number,
            "status": case.status,
            "revision": current.body.revision,
            "entry": {"number": current.seq, "hash": str(current.entry)},
            "names_held": whole,
            "receipts": [receipt.body.number for receipt in case.receipts],
            "interception": to_plain(what),
        }
    print(json.dumps(shown, indent=1, ensure_ascii=False))
    if not whole:
        print(f"tidewaiter: {case.number}: the names are not held here", file=sys.stderr)
    return 0


def run_receipt(arguments: argparse.Namespace) -> int:
    """Issues a receipt for a seizure that has none; else gives a copy of the one it has."""
    from acts.receipt.save_receipt import give_receipt  # --help must not wait for the database

    officer = acting_officer(arguments)
    with open_here(arguments) as ws:
        number = give_receipt(
            ws,
            arguments.number,
            officer=officer,
            language=arguments.language,
            file=arguments.out,
        )
    print(f"{number} {arguments.out}")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 0 genuine, 5 when only the seal was judged, 1 anything else.

    Raises `OptionsRefused` for a key beside a folder or without a paper: one of the two would be
    passed over.
    """
    if arguments.key is not None:
        _refuse_beside_key(arguments)
    if arguments.file is None:
        return _verify_folder(arguments)
    # --help must not wait for the database
    from acts.receipt.verify_paper import read_key, verify_file, verify_here  # as above
    from papers.judge.judgement import Verdict  # as above

    if arguments.key is not None:
        judgement = verify_file(arguments.file, read_key(arguments.key))
    else:
        with open_here(arguments, reading=True) as ws:
            judgement = verify_here(arguments.file, ws)
    print(judgement)
    return {Verdict.GENUINE: 0, Verdict.SEAL_ONLY: ONLY_THE_SEAL}.get(judgement.verdict, 1)


def _refuse_beside_key(arguments: argparse.Namespace) -> None:
    if arguments.file is None:
        raise OptionsRefused(
            mark("--key judges one paper, and no paper was named"),
            hint=mark("Name its file, or leave out --key to check the whole folder."),
        )
    # the same object only when no --home was given
    named = arguments.home is not arguments.unnamed_home
    if named or arguments.passphrase_file or arguments.recovery_key_file:
        raise OptionsRefused(
            mark("--key judges a paper without a folder, and a folder was named"),
            hint=mark(
                "Leave out --key to judge by the folder's journal, or leave out --home and the"
                " file that opens it."
            ),
        )


def _verify_folder(arguments: argparse.Namespace) -> int:
    from acts.station.check_folder import check_home  # --help must not wait for the database

    health = check_home(arguments.home, unlock(arguments))
    for finding in health.findings:
        print(f"{'look at' if finding.warns else 'WRONG'}: {finding}")
    print(
        f"{health.entries} entries, {health.photos} photos, {health.papers} papers: "
        f"{'sound' if health.sound else 'NOT sound'}"
    )
    print(health.end)
    return 0 if health.sound else 1


def run_rebuild(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the tables are filled anew and what a killed program left is cleared."""
    from acts.station.check_folder import never_issued  # --help must not wait for the database
    from storage.key_files import write_public_key  # as above
    from storage.sweep import sweep  # as above

    with open_here(arguments) as ws:
        count = rebuild_all(ws)
        write_public_key(ws.home, ws.identity())
        swept = sweep(ws, never_issued(ws))
    print(f"projections filled from {count} entries")
    if swept.parts or swept.papers:
        print(f"cleared: {swept.parts} half-written files, {swept.papers} papers never issued")
    return 0


def rebuild_all(ws: Workstation) -> int:
    """The number of entries read while filling the projections anew."""
    from storage.projections.project import rebuild  # --help must not wait for the database

    return rebuild(ws.db, ws.checklist, lambda count: print(f"{count} entries", file=sys.stderr))


def run_pack(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the pack is in force."""
    from acts.station.adopt_pack import adopt_pack  # --help must not wait for the database
    from domain.errors import PackRefused  # as above

    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise PackRefused(str(arguments.file), "the file", error.strerror or "?") from error
    officer = acting_officer(arguments)
    with open_here(arguments) as ws:
        adopt_pack(ws, data, str(arguments.file), officer)
    print(f"adopted {arguments.file}")
    return 0
