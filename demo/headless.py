"""The whole loop without a screen: record, receipts, hub, sync, verify, pictures, summary."""

from __future__ import annotations

import json
import shutil
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from acts.receipt.verify_paper import verify_here
from demo.errors import FolderInUse
from demo.hub_child import HubChild, hub_child
from demo.pictures import desk_screens, hub_pages
from demo.practice import PASSPHRASE, Done, leave_draft, make_practice, record_all
from domain.ids import PaperHash
from domain.words import mark
from papers.judge.judgement import Verdict
from storage import journal
from storage.check import check
from storage.projections import records
from storage.workstation import Workstation, open_workstation
from sync.http.enrol import enrol
from sync.open import open_carrier
from sync.run import SyncProgress, SyncRun
from system.files import write_durably

MADE = ("summary.json", "receipts", "photos", "screens", "hub", "workstation", "passphrase.txt")
"""All files and folders that a run leaves in its folder."""
PHOTOS_SHOWN = 12
"""Number of photos that are also left as plain files."""


@dataclass
class Report:
    """The content of summary.json."""

    count: int
    seed: int
    held: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    records: list[dict[str, object]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)

    def phase(self, name: str) -> None:
        """Note that the phase `name` ends now."""
        spent = time.monotonic() - self.begun - sum(self.seconds.values())
        self.seconds[name] = max(0.0, round(spent, 2))
        print(f"demo: {name} ({self.seconds[name]:.1f} s)", file=sys.stderr, flush=True)

    @property
    def complete(self) -> bool:
        """Whether the hub signed for everything and every paper is genuine."""
        held = self.held
        return (
            self.count == held["records_at_post"] == held["records_at_hub"]
            and held["photos_at_post"] == held["photos_at_hub"]
            and held["receipts_genuine"] == self.count
            and held["faults_of_the_folder"] == 0
        )

    def line(self) -> str:
        """The line for standard output."""
        held = self.held
        return (
            f"hub has {held['records_at_hub']} of {self.count} records, "
            f"{held['photos_at_hub']} of {held['photos_at_post']} photos"
        )


def run(count: int, seed: int, out: Path) -> Report:
    """Run the demonstration, with its files in `out`, and return its report.

    Raises `FolderInUse`.
    """
    out = clear(out)
    home = out / "workstation"
    report = Report(count, seed)
    unlock = make_practice(home)
    passphrase = out / "passphrase.txt"
    write_durably(passphrase, f"{PASSPHRASE}\n".encode())
    report.phase("workstation made")
    with hub_child(out / "hub") as hub:
        with open_workstation(home, unlock) as ws:
            done = list(record_all(ws, count, seed, _show_progress))
            report.phase("recorded")
            _leave_files(ws, done, out)
            _synchronise(ws, hub)
            report.phase("synchronised")
            _judge(ws, done, report, out)
            report.phase("verified")
            leave_draft(ws, seed, count)
        report.missing["screens"] = desk_screens(home, passphrase, out / "screens")
        report.phase("screens drawn")
        pages = {"arrivals": "/", "workstations": "/devices"}
        if done:
            pages["interception"] = f"/interceptions/{done[-1].record}"
        report.missing["hub pages"] = hub_pages(hub.pages, pages, out / "hub")
        report.phase("hub's pages drawn")
    for name, why in report.missing.items():
        if why:
            print(f"demo: no {name}: {why}", file=sys.stderr, flush=True)
    _write(report, out)
    return report


def clear(out: Path) -> Path:
    """The absolute path of the folder, after the files of an earlier run are deleted; other files
    are not touched.
    """
    out = out.absolute()
    if out.exists() and any(out.iterdir()) and not (out / "summary.json").exists():
        raise FolderInUse(
            mark("the folder contains other files"),
            about=str(out),
            hint=mark("Name a new or empty folder with --out."),
        )
    out.mkdir(parents=True, exist_ok=True)
    for name in MADE:
        if (out / name).is_dir():
            shutil.rmtree(out / name)
        else:
            (out / name).unlink(missing_ok=True)
    return out


def _leave_files(ws: Workstation, done: list[Done], out: Path) -> None:
    for folder in ("receipts", "photos"):
        (out / folder).mkdir(exist_ok=True)
    for item in done:
        (out / "receipts" / f"{item.receipt}.pdf").write_bytes(item.pdf)
    shown = [(item.number, photo) for item in done for photo in item.photos][:PHOTOS_SHOWN]
    for number, photo in shown:
        name = f"{number}-{photo.short}.jpg"
        (out / "photos" / name).write_bytes(ws.photos.original(photo))


def _synchronise(ws: Workstation, hub: HubChild) -> None:
    enrol(ws, hub.url, hub.code)
    with closing(open_carrier(ws)) as carrier:
        outcome = SyncRun(ws, carrier, progress=_moved).go()
    for problem in outcome.problems:
        print(f"demo: {problem}", file=sys.stderr)


def _judge(ws: Workstation, done: list[Done], report: Report, out: Path) -> None:
    """Check the results: counts that the hub signs in a new question, the verdict on every paper,
    and the check of the folder.
    """
    head = journal.head(ws.db)
    wanted = [photo for item in done for photo in item.photos]
    with closing(open_carrier(ws)) as carrier:
        tips = carrier.tips()
        photos = carrier.photos(wanted) if wanted else None
    whole = head is not None and head.hash in {tip.hash for tip in tips.tips}
    held = {photo.hash for photo in photos.photos} if photos is not None else set()
    health = check(ws)
    report.held = {
        "records_at_post": len(done),
        "records_at_hub": len(done) if whole else 0,
        "photos_at_post": len(set(wanted)),
        "photos_at_hub": len(held & set(wanted)),
        "receipts_genuine": 0,
        "entries": health.entries,
        "faults_of_the_folder": len(health.findings),
    }
    for item in done:
        judgement = verify_here(out / "receipts" / f"{item.receipt}.pdf", ws)
        report.held["receipts_genuine"] += judgement.verdict is Verdict.GENUINE
        report.records.append(
            {
                "number": item.number,
                "record": str(item.record),
                "title": records.row(ws.db, item.record).title,
                "photos": [str(photo) for photo in item.photos],
                "receipt": item.receipt,
                "paper": str(PaperHash.of(item.pdf)),
                "judgement": judgement.verdict.value,
            }
        )


def _write(report: Report, out: Path) -> None:
    summary = {
        "line": report.line(),
        "complete": report.complete,
        "count": report.count,
        "seed": report.seed,
        **report.held,
        "seconds": report.seconds,
        "missing": {name: why for name, why in report.missing.items() if why},
        "records": report.records,
    }
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")


def _show_progress(done: int, count: int) -> None:
    if done % 10 == 0 or done == count:
        print(f"demo: {done} of {count} recorded", file=sys.stderr, flush=True)


def _moved(progress: SyncProgress) -> None:
    held = progress.summary
    if progress.sending and held.photos_held % 20 == 0:
        print(
            f"demo: hub has {held.records_held} of {held.records} records, "
            f"{held.photos_held} of {held.photos} photos",
            file=sys.stderr,
            flush=True,
        )
