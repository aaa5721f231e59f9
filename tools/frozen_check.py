"""Tests a frozen program with an empty environment: each step checks what a command did.

`python3 -m tools.freeze --check` calls it. The working folder is kept when a step fails. Photos
count as arrived only when the hub has signed for them and stores exactly their bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

SECONDS = 300.0
"""Seconds after which a command of the frozen program counts as hanging."""
PASSPHRASE = "a frozen program on a machine without python"
SCREENS_LEAST = 10
"""Minimum number of pictures by `screenshots`."""
ITEMS = ("RR473124829GB", "RR473124832GB")
BARE = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
"""The environment of every command: empty, except variables that Windows needs."""


class Failed(Exception):
    """A step failed; the text says why, in one line."""


@dataclass
class Trial:
    """A frozen program, and the folder in which it is tested."""

    frozen: Path
    folder: Path
    numbers: list[str] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)

    @property
    def program(self) -> str:
        """The path of the console program."""
        return str(self.frozen / ("tidewaiter.exe" if os.name == "nt" else "tidewaiter"))

    def run(self, *arguments: str | Path, status: int = 0) -> str:
        """The standard output of a command. Raises `Failed` when it ends with another status."""
        command = [self.program, *map(str, arguments)]
        done = subprocess.run(command, env=BARE, cwd=self.folder, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)  # fmt: skip
        out, errors = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        if done.returncode != status or "Traceback" in errors:
            output = (errors or out).strip().splitlines() or ["nothing"]
            raise Failed(f"{arguments[0]} ended with {done.returncode} and said: {output[-1]}")
        return out

    def at_post(self, word: str, *arguments: str | Path, status: int = 0) -> str:
        """The standard output of a command on the workstation."""
        opening = ("--home", self.folder / "post", "--passphrase-file", self.folder / "passphrase")
        return self.run(word, *opening, *arguments, status=status)


def version(trial: Trial) -> str:
    """The program starts, and all its libraries can be loaded."""
    out = trial.run("--version")
    for sign in ("cannot be loaded", "is not installed"):
        wrong = [line for line in out.splitlines() if sign in line]
        if wrong:
            raise Failed(wrong[0])
    return out.splitlines()[0]


def helps(trial: Trial) -> str:
    """The code of every command is in the frozen program: each prints its help."""
    commands = re.findall(r"^    ([a-z]+)\b", trial.run("--help"), re.M)
    for word in commands:
        _expect(f"usage: main.py {word}", trial.run(word, "--help"))
    return f"{len(commands)} commands"


def workbook(trial: Trial) -> str:
    """A pack becomes a workbook, and the same pack again."""
    pack = next(trial.frozen.rglob("packs/SAMPLE-MED/pack.json"))
    trial.run("pack", "--to-workbook", pack, "pack.xlsx")
    trial.run("pack", "--from-workbook", "pack.xlsx", "pack.json")
    _expect("the same pack", trial.run("pack", "--diff", pack, "pack.json"))
    return "a pack as a workbook, and back"


def init(trial: Trial) -> str:
    """A workstation can be made."""
    secret = trial.folder / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    arguments = ("--post", "MCN", "--country", "XA", "--number", "1", "--officer", "XA-1001")
    key = (trial.at_post("init", *arguments).split() or ["nothing"])[-1]
    if len(key) < 40:
        raise Failed(f"no recovery key was printed, but {key!r}")
    return "a workstation with its recovery key"


def record(trial: Trial) -> str:
    """Two interceptions become final, and the decoder process has read each photo."""
    files = [_record_file(trial, number) for number in range(2)]
    trial.at_post("record", *files)
    shown = [json.loads(line) for line in trial.at_post("list", "--json").splitlines()]
    trial.numbers = sorted(row["number"] for row in shown)
    if len(trial.numbers) != len(files):
        raise Failed(f"{len(trial.numbers)} of {len(files)} are in the list")
    for number in trial.numbers:
        for photo in json.loads(trial.at_post("show", number))["interception"]["photos"]:
            if (photo.get("readable"), photo.get("width"), photo.get("height")) != (None, 640, 480):
                raise Failed(f"a good photo is called {photo}")
            trial.hashes.add(photo["sha256"])
    return f"{len(trial.numbers)} records, {len(trial.hashes)} photos seen by the decoder"


def receipt(trial: Trial) -> str:
    """A receipt is a PDF, and verifies as genuine; a changed one does not."""
    paper = trial.folder / "receipt.pdf"
    trial.at_post("receipt", trial.numbers[0], "--out", paper, "--officer", "XA-1001")
    if not paper.read_bytes().startswith(b"%PDF-"):
        raise Failed("the receipt is no PDF")
    _expect("genuine", trial.at_post("verify", paper).lower())
    changed = trial.folder / "changed.pdf"
    changed.write_bytes(paper.read_bytes() + b" ")
    trial.at_post("verify", changed, status=1)
    trial.at_post("verify")
    return "the paper and the folder are judged as they are"


def hub(trial: Trial) -> str:
    """A hub signs for everything, and stores the bytes of every photo."""
    with _served(trial) as (url, code):
        trial.at_post("enrol", "--hub", url, code)
        output = trial.at_post("sync").strip()
        count, photos = len(trial.numbers), len(trial.hashes)
        _expect(f"hub has {count} of {count} records, {photos} of {photos} photos", output)
        _expect("MCN", trial.run("hub", "device", "list", "--database", _database(trial)))
        doctor = trial.at_post("doctor")
        if "WRONG" in doctor:
            raise Failed(next(line for line in doctor.splitlines() if "WRONG" in line))
    held = {hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (trial.folder / "objects").rglob("*") if file.is_file()}  # fmt: skip
    if not trial.hashes <= held:
        raise Failed(f"the hub's folder holds {len(trial.hashes & held)} of {photos} photos")
    return output


def hub_alone(trial: Trial) -> str:
    """A hub serves, knows the shipped packs, and makes a one-time code."""
    with _served(trial) as (_, code):
        if len(code) < 12:
            raise Failed(f"no code, but {code!r}")
        trial.run("hub", "device", "list", "--database", _database(trial))
        trial.run("hub", "check", "--database", _database(trial), "--objects", _objects(trial))
    return "it serves"


def screenshots(trial: Trial) -> str:
    """The desk draws all its screens, with their fonts."""
    out = trial.folder / "screens"
    trial.at_post("screenshots", "--out", out)
    pictures = list(out.glob("*.png"))
    for picture in pictures:
        colours = Image.open(io.BytesIO(picture.read_bytes())).convert("RGB").getcolors(1 << 20)
        if colours is not None and len(colours) < 20:
            raise Failed(f"{picture.name} is all but empty")
    if len(pictures) < SCREENS_LEAST:
        raise Failed(f"{len(pictures)} pictures")
    return f"{len(pictures)} pictures"


def demo(trial: Trial) -> str:
    """The demonstration starts desk and hub from the frozen program, and everything arrives."""
    output = trial.run("demo", "--headless", "--count", "2", "--out", trial.folder / "demo").strip()
    found = re.fullmatch(r"hub has 2 of 2 records, (\d+) of (\d+) photos", output)
    if not found or found[1] != found[2] or found[1] == "0":
        raise Failed(output)
    if not list((trial.folder / "demo" / "screens").glob("*.png")):
        raise Failed("the desk that it starts made no picture")
    return output


DESK_STEPS = (version, helps, workbook, init, record, receipt, hub, screenshots, demo)
HUB_STEPS = (hub_alone,)


@contextmanager
def _served(trial: Trial) -> Iterator[tuple[str, str]]:
    """A running hub from the frozen program: its address, and a code for one workstation."""
    file, log = trial.folder / "code", trial.folder / "hub.log"
    arguments = [
        "hub",
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--pages",
        "127.0.0.1:0",
        "--code",
        str(file),
    ]
    arguments += ["--database", _database(trial), "--objects", _objects(trial)]
    with log.open("wb") as errors, subprocess.Popen(
        [trial.program, *arguments], env=BARE, stdout=subprocess.PIPE, stderr=errors
    ) as child:  # fmt: skip
        try:
            line = child.stdout.readline().decode() if child.stdout else ""
            if not line.startswith("hub listens on "):
                raise Failed(f"hub serve: {log.read_text(encoding='utf-8').strip() or line}")
            yield line.split()[-1], file.read_text(encoding="utf-8").strip()
        finally:
            child.terminate()


def _database(trial: Trial) -> str:
    return f"sqlite:///{(trial.folder / 'hub.db').as_posix().lstrip('/')}"


def _objects(trial: Trial) -> str:
    return f"file:///{(trial.folder / 'objects').as_posix().lstrip('/')}"


def _record_file(trial: Trial, number: int) -> Path:
    """A record file of a mail packet with two photos, as another program would write it
    (exchange-format.md).
    """
    photos = []
    for role in ("overview", "label"):
        file = trial.folder / f"{number}-{role}.jpg"
        picture = Image.new("RGB", (640, 480), (40 * number, 120, 160))
        ImageDraw.Draw(picture).text((40, 40), f"{role} {number}", fill="white")
        picture.save(file, "JPEG", quality=90)
        photos.append({"file": file.name, "role": role})
    seized = datetime.now(UTC) - timedelta(hours=1 + number)
    document: dict[str, Any] = {
        "format": "tidewaiter-record/1", "pack": "SAMPLE-MED", "officer": "XA-1001", "post": "MCN",
        "occasion": {"seized_at": seized.isoformat(timespec="seconds")},
        "consignment": {"mode": "mail", "postal_item_id": ITEMS[number]},
        "route": {"dispatch_country": "GB", "destination_country": "XA"},
        "detection": {"methods": ["XRAY"]},
        "goods": [{
            "category": "MED_PREGAB", "description": "Capsules in blisters", "packs": "40",
            "units_per_pack": "14", "unit": "capsule", "reasons": ["NO_AUTHORISATION"],
            "medicine": {"inn": "pregabalin", "strength": "150 mg", "lot": f"B229{number}"},
            "bag_no": f"SB001-00004{number}",
        }],
        "legal": {"action": "seizure", "legal_basis": ["SAMPLE-MEDICINES-4"],
                  "grounds": "Forty blisters between two layers of hand cream; no import licence."},
        "photos": photos,
    }  # fmt: skip
    path = trial.folder / f"{number}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _expect(text: str, output: str) -> None:
    if text not in output:
        raise Failed(f"expected {text!r}, got {output.strip()[-200:]!r}")


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 when every step succeeded."""
    parser = argparse.ArgumentParser(prog="python -m tools.frozen_check")
    parser.add_argument("frozen", type=Path)
    parser.add_argument("--hub", action="store_true", help="the frozen program has no desk")
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="tidewaiter frozen program ")).resolve()
    trial = Trial(asked.frozen.resolve(), folder)
    steps: tuple[Callable[[Trial], str], ...] = HUB_STEPS if asked.hub else DESK_STEPS
    for step in steps:
        try:
            found = step(trial)
        except (Failed, OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
            print(f"{step.__name__:12} FAILED  {error}\nIts files are in {folder}", flush=True)
            return 1
        print(f"{step.__name__:12} ok      {found}", flush=True)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
