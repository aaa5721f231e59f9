"""The commands about the workstation's folder and what is recorded in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acts.place_options import add_home, ask_passphrase, open_here, system_key_store
from domain.words import mark

if TYPE_CHECKING:
    from storage.keys import Unlock
    from storage.workstation import Workstation


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this room's commands."""
    _add_init(commands)
    _add_record(commands)
    _add_reading(commands)
    _add_receipt(commands)
    rebuild = commands.add_parser("rebuild", help="fill the projections from the journal again")
    add_home(rebuild)
    rebuild.set_defaults(run=run_rebuild)
    pack = commands.add_parser("pack", help="adopt an operation pack from a file")
    add_home(pack)
    pack.add_argument("file", type=Path, help="the pack (docs/pack-format.md)")
    pack.add_argument("--officer", default="admin", metavar="BADGE")
    pack.set_defaults(run=run_pack)


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make a workstation's folder")
    add_home(init)
    init.add_argument("--name", default="workstation", help="what people call this computer")
    init.add_argument("--post", default="MCN", metavar="CODE", help="post of the packs")
    init.add_argument("--country", default="XA", metavar="CC", help="ISO 3166-1 alpha-2")
    init.add_argument("--number", type=int, default=1, help="1 to 35, tells those of a post apart")
    init.add_argument("--officer", default="admin", metavar="BADGE")
    init.add_argument("--practice", action="store_true", help="mark everything as practice")
    init.add_argument("--keystore", action="store_true", help="also open by the system's key store")
    init.set_defaults(run=run_init)


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
    receipt.add_argument("--officer", default="admin", metavar="BADGE")
    receipt.set_defaults(run=run_receipt)
    verify = commands.add_parser("verify", help="judge a paper, or with no file the whole folder")
    add_home(verify)
    verify.add_argument("file", nargs="?", type=Path, help="PDF or picture of a receipt")
    verify.add_argument("--key", type=Path, metavar="FILE", help="public key; no folder is needed")
    verify.set_defaults(run=run_verify)


def run_init(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the folder is made; the recovery key is printed once."""
    from acts.init import make_workstation  # --help must not wait for the database
    from storage.place import Station  # as above
    from storage.resources import shipped_packs  # as above

    station = Station(
        name=arguments.name,
        post=arguments.post,
        country=arguments.country,
        number=arguments.number,
        practice=arguments.practice,
    )
    ways: tuple[Unlock, ...] = (ask_passphrase(arguments, "New passphrase: "),)
    if arguments.keystore:
        ways = (*ways, system_key_store())
    recovery = make_workstation(
        arguments.home, station, ways, shipped_packs(), officer=arguments.officer
    )
    print(f"workstation made in {arguments.home}")
    print(f"recovery key (write it down, it is not shown again): {recovery}")
    return 0


def run_record(arguments: argparse.Namespace) -> int:
    """One line per file, its remarks on standard error; 2 when any was refused, the others stay."""
    from acts.change_commands import tell_refused, tell_remarks  # as below
    from acts.record_file import record_file  # --help must not wait for the database
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
                print(f"tidewaiter: {error}", file=sys.stderr)
                status = max(status, 2)
            else:
                tell_remarks(file, done.remarks)
                _report(f"{done.number} {file}{' (recorded before)' if done.before else ''}")
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

    with open_here(arguments) as ws:
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
    return f"{row.number}  {when}  {row.status:9} {hub:7} {row.route:8} {row.title}"


def run_show(arguments: argparse.Namespace) -> int:
    """The interception as JSON, names included, with its status, revisions and receipts."""
    from domain.encoding import to_plain  # --help must not wait for the database
    from storage.projections import records  # as above

    with open_here(arguments) as ws:
        record = records.find_number(ws.db, arguments.number)
        case = records.case(ws.db, record)
        shown = {
            "number": case.number,
            "status": case.status,
            "revision": case.current.body.revision,
            "entry": {"number": case.current.seq, "hash": str(case.current.entry)},
            "receipts": [receipt.body.number for receipt in case.receipts],
            "interception": to_plain(records.complete(ws.db, record)),
        }
    print(json.dumps(shown, indent=1, ensure_ascii=False))
    return 0


def run_receipt(arguments: argparse.Namespace) -> int:
    """Issues a receipt for a seizure that has none; else gives a copy of the one it has."""
    from acts.print_receipt import give_receipt  # --help must not wait for the database
    from domain.errors import DeedRefused  # as above
    from storage.resources import languages  # as above

    if arguments.language not in languages():
        raise DeedRefused(
            mark("no receipt is written in this language"),
            about=arguments.language,
            hint=mark("There are: {known}."),
            known=", ".join(languages()),
        )
    with open_here(arguments) as ws:
        number, pdf = give_receipt(
            ws, arguments.number, officer=arguments.officer, language=arguments.language
        )
        _write(arguments.out, pdf)
    print(f"{number} {arguments.out}")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 0 genuine, 1 not."""
    if arguments.file is None:
        return _verify_folder(arguments)
    # --help must not wait for the database
    from acts.verify_paper import read_key, verify_file, verify_here  # as above
    from receipts.judgement import Verdict  # as above

    if arguments.key is not None:
        judgement = verify_file(arguments.file, read_key(arguments.key))
    else:
        with open_here(arguments) as ws:
            judgement = verify_here(arguments.file, ws)
    print(judgement)
    return 0 if judgement.verdict in (Verdict.GENUINE, Verdict.SEALED) else 1


def _verify_folder(arguments: argparse.Namespace) -> int:
    from storage.check import check  # --help must not wait for the database

    with open_here(arguments) as ws:
        health = check(ws)
    for finding in health.findings:
        print(f"{'look at' if finding.warns else 'WRONG'}: {finding}")
    print(
        f"{health.entries} entries, {health.photos} photos, {health.papers} papers: "
        f"{'sound' if health.sound else 'NOT sound'}"
    )
    return 0 if health.sound else 1


def run_rebuild(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the tables are filled anew and what a killed program left is cleared."""
    from storage.sweep import sweep  # --help must not wait for the database

    with open_here(arguments) as ws:
        count = rebuild_all(ws)
        swept = sweep(ws)
    print(f"projections filled from {count} entries")
    if swept.parts or swept.papers:
        print(f"cleared: {swept.parts} half-written files, {swept.papers} papers without an entry")
    return 0


def rebuild_all(ws: Workstation) -> int:
    """The number of entries read while filling the projections anew."""
    from storage.projections.project import rebuild  # --help must not wait for the database

    return rebuild(ws.db, ws.checklist, lambda count: print(f"{count} entries", file=sys.stderr))


def run_pack(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the pack is in force."""
    from acts.adopt_pack import adopt_pack  # --help must not wait for the database
    from domain.errors import PackRefused  # as above

    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise PackRefused(str(arguments.file), "the file", error.strerror or "?") from error
    with open_here(arguments) as ws:
        adopt_pack(ws, data, str(arguments.file), arguments.officer)
    print(f"adopted {arguments.file}")
    return 0


def _write(path: Path, data: bytes) -> None:
    from storage.files import cannot_write  # only when something is written

    try:
        path.write_bytes(data)
    except OSError as error:
        raise cannot_write(error, path) from error
