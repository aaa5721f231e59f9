"""The rows of the table of `benchmarks.sync`, and how each is measured."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from benchmarks.links.dead import UNSHARE, can_be_measured
from benchmarks.links.field import Field, Held, sync_over
from benchmarks.links.loads import Load
from tests.journeys.desk import MAIN
from tests.link.emulator import Counts, Link
from tests.link.profiles import AWFUL, GOOD, GPRS, POOR, Profile
from tests.link.raw import raw_stream

SMALL, MIDDLE, LARGE = Load(48, 60_000, 4), Load(16, 250_000, 4), Load(2, 2_500_000, 2)
FORTY = Load(40, 250_000, 4)
MANY = Load(200, 250_000, 4)
"""More than any desk can send in the time of its row."""
HELD = Load(10_000, 20, 50)
"""Photos that the hub holds already; nothing is left to send."""
NOTHING_LIMIT, DESK_SECONDS = 180.0, 600.0


@dataclass(frozen=True)
class Result:
    """One line of the table; `today` is version 0.1."""

    what: str
    today: str
    aim: str
    measured: str
    remark: str = ""


@dataclass(frozen=True)
class Row:
    """One run, and the lines that it gives. `alone`: nothing else may run beside it."""

    name: str
    purpose: str
    load: Load
    measure: Callable[[Field, int], list[Result]]
    alone: bool = False


@dataclass(frozen=True)
class Aims:
    """The figures of version 0.1 and of the issue for a whole load: × raw, and seconds."""

    all_today: str
    all: str
    records_today: str
    records: str


def _seconds(value: float | None, limit: float = 0.0) -> str:
    return f"over {limit:.0f} s" if value is None else f"{value:.1f} s"


def _all(
    here: Field,
    seed: int,
    *,
    profile: Profile,
    load: Load,
    aims: Aims,
    tls: bool = False,
) -> list[Result]:
    """Everything: × raw, records at the hub, sent again."""
    limit = 30 + 6 * load.payload / profile.bytes_per_second
    with _Beside(profile, load.payload, seed) as raw:
        found = sync_over(here, profile, load, seed=seed, tls=tls, limit=limit)
    counts = found.counts
    name = f"{profile.name}, {load.photos} × {load.size // 1000} KB" + (", TLS" if tls else "")
    ratio = "never" if found.photos is None else f"{found.photos / raw.seconds:.2f}"
    share = 100 / load.payload
    beyond = counts.up / load.payload
    lines = [
        Result(
            f"all, {name}", aims.all_today, aims.all, ratio,
            f"{_seconds(found.photos, limit)}, raw {raw.seconds:.1f} s, ended "
            f"{_seconds(found.ended, limit)} with {found.status}, {_line(counts)}",
        ),
        Result(
            f"records at the hub, {name}", aims.records_today, aims.records,
            _seconds(found.records, limit),
        ),
    ]  # fmt: skip
    if profile.cut_every:
        lines.append(
            Result(
                f"sent again because of cuts, {name}", "6–10 %", "≤ 4 %",
                f"{counts.up_dropped * share:.1f} %",
                f"raw {raw.counts.up_dropped * share:.1f} %; all bytes up / payload {beyond:.3f}, "
                f"raw {raw.counts.up / load.payload:.3f}",
            )
        )  # fmt: skip
    return lines


class _Beside:
    """The raw stream, beside the run of the product."""

    def __init__(self, profile: Profile, size: int, seed: int) -> None:
        self._thread = threading.Thread(target=self._run, args=(profile, size, seed))
        self.seconds, self.counts = 0.0, Counts()

    def _run(self, profile: Profile, size: int, seed: int) -> None:
        self.seconds, self.counts = raw_stream(profile, size, seed=seed)

    def __enter__(self) -> _Beside:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()


def _line(counts: Counts) -> str:
    return (
        f"{counts.connections} connections, {counts.turns} turns, {counts.cuts} cuts, "
        f"{counts.up} bytes up, {counts.down} down"
    )


def _nothing(here: Field, seed: int, *, profile: Profile, today: str) -> list[Result]:
    """Nothing to send: seconds from the connection to the end of the command."""
    found = sync_over(
        here, profile, replace(HELD, photos=0), seed=seed, limit=NOTHING_LIMIT
    )  # fmt: skip
    return [
        Result(
            f"nothing to send, 10,000 photos held, {profile.name}", today,
            "≤ 3 s" if profile is AWFUL else "", _seconds(found.ended, NOTHING_LIMIT),
            _line(found.counts),
        )
    ]  # fmt: skip


def _late(here: Field, seed: int, *, profile: Profile, load: Load) -> list[Result]:
    """Seconds from an interception's end to the hub, while photos go."""
    program = (sys.executable, "-m", "benchmarks.links.late_record")
    with here.hub() as hub:
        held, address = Held(hub.folder), urlsplit(hub.url)
        target = (address.hostname or "", address.port or 0)
        with Link(profile, target, seed=seed) as link:
            here.find_hub_at(link.url)
            words = here.desk.words("sync", "--tries", "1000")
            child = subprocess.Popen([*program, *words], stdout=subprocess.PIPE, text=True)
            assert child.stdout is not None
            try:
                final = float(child.stdout.readline())
                photos = held.count("photo")
                limit = final + 6 * load.payload / profile.bytes_per_second
                while held.count("interception") <= load.records and time.monotonic() < limit:
                    time.sleep(0.02)
                seconds = time.monotonic() - final
            finally:
                child.kill()
                child.communicate()
    aim = {"awful": "≤ 2 s", "poor": "≤ 1.5 s", "good": "≤ 0.2 s"}[profile.name]
    return [
        Result(
            f"a record while photos go, {profile.name}", "after all photos", aim,
            _seconds(seconds), f"{photos} of {load.photos} photos were there",
        )
    ]  # fmt: skip


def _desk(here: Field, seed: int) -> list[Result]:
    """The share of the time that the desk is on a link that is cut every 20 s."""
    with here.hub() as hub, _Beside(AWFUL, int(DESK_SECONDS * 28_000), seed) as raw:
        address = urlsplit(hub.url)
        with Link(AWFUL, (address.hostname or "", address.port or 0), seed=seed) as link:
            said = here.desk.run("enrol", "--hub", link.url, hub.code())
            assert said.status == 0, said.err
            before = link.counted()
            opened, arrived, begin = before.open_seconds, before.up_arrived, link.seconds
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            child = subprocess.Popen(
                [sys.executable, MAIN, *here.desk.words("desk")], env=environment
            )
            try:
                while link.seconds < begin + DESK_SECONDS and child.poll() is None:
                    time.sleep(0.5)
                counts, end = link.counted(), link.seconds
            finally:
                child.kill()
                child.wait()
    spent = end - begin
    of_raw = (counts.up_arrived - arrived) / spent / (raw.counts.up_arrived / raw.seconds)
    return [
        Result(
            "share of the time on a link cut every 20 s, the desk", "3.9 %", "≥ 95 %",
            f"{100 * (counts.open_seconds - opened) / spent:.1f} %",
            f"bytes arrive in {100 * counts.busy_share(begin, end):.1f} % of the time, "
            f"{of_raw:.2f} x raw, {_line(counts)}",
        )
    ]  # fmt: skip


def _dead(here: Field, _: int) -> list[Result]:
    """A line that goes dead without a word: until it is noticed, and after it is back."""
    if not can_be_measured():
        return [Result("a dead line is noticed", "120 s", "≤ 20 s", "not here", "needs Linux")]
    words = [*UNSHARE, sys.executable, "-m", "benchmarks.links.dead", str(here.folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    noticed, back = done.stdout.split()
    return [
        Result("a dead line is noticed", "120 s", "≤ 20 s", f"{noticed} s"),
        Result("after the link returns until bytes arrive", "up to 12 min", "≤ 2 s", f"{back} s"),
    ]


def _all_of(name: str, profile: Profile, load: Load, aims: Aims, *, tls: bool = False) -> Row:
    """The row of a whole load over a link."""
    measure = functools.partial(_all, profile=profile, load=load, aims=aims, tls=tls)
    purpose = f"{load.photos} photos of {load.size // 1000} KB over {profile.name}"
    return Row(name, purpose + (" and TLS" if tls else ""), load, measure, profile is GOOD)


ROWS = [
    _all_of("good", GOOD, FORTY, Aims("1.00", "≤ 1.00", "0.2 s", "≤ 0.2 s")),
    _all_of("awful-60", AWFUL, SMALL, Aims("1.37", "≤ 1.00", "3.0 s", "≤ 2 s")),
    _all_of("awful-250", AWFUL, MIDDLE, Aims("1.37", "≤ 0.97", "2.5 s", "≤ 2 s")),
    _all_of("awful-2500", AWFUL, LARGE, Aims("1.68", "≤ 1.05", "2.5 s", "≤ 2 s")),
    _all_of("awful-60-tls", AWFUL, SMALL, Aims("1.86", "≤ 1.15", "4.0 s", ""), tls=True),
    _all_of("poor", POOR, FORTY, Aims("0.66", "≤ 0.62", "2.0 s", "≤ 1.5 s")),
    _all_of("gprs", GPRS, SMALL, Aims("1.30", "", "", "")),
    Row(
        "nothing-good", "nothing to send, 10,000 photos held, good", HELD,
        functools.partial(_nothing, profile=GOOD, today="2.5 s"), alone=True,
    ),
    Row(
        "nothing-poor", "nothing to send, 10,000 photos held, poor", HELD,
        functools.partial(_nothing, profile=POOR, today="50 s"),
    ),
    Row(
        "nothing", "nothing to send, 10,000 photos held, awful", HELD,
        functools.partial(_nothing, profile=AWFUL, today="never"),
    ),
    Row(
        "late", "a record that is final while photos go, awful", MIDDLE,
        functools.partial(_late, profile=AWFUL, load=MIDDLE),
    ),
    Row(
        "late-poor", "a record that is final while photos go, poor", FORTY,
        functools.partial(_late, profile=POOR, load=FORTY),
    ),
    Row("dead", "a line that goes dead without a word, and comes back", LARGE, _dead),
    Row("desk", "the desk on a link that is cut every 20 s", MANY, _desk),
]  # fmt: skip
