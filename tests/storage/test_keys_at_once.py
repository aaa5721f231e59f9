"""Threads of one process open their keys at once, and each of them goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANES, TIMES, THREADS = 4, 40, 6
OPENS = f"""
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from storage.errors import WrongSecret
from storage.key_file import KeyFile, Slot, SlotKind
from storage.keys import Passphrase, open_master

slot = Slot(kind=SlotKind.PASSPHRASE, salt=bytes(16), nonce=bytes(12), wrapped=bytes(48), name="",
            iterations=1, memory_kib=64, lanes={LANES})
file = KeyFile(1, (slot,), bytes(16))


def refused(_n):
    try:
        open_master(Path("nowhere"), file, Passphrase("some words that do not open it"))
    except WrongSecret:
        return True


with ThreadPoolExecutor({THREADS}) as pool:
    assert all(pool.map(refused, range({TIMES})))
"""


def test_passphrases_tried_at_once_are_each_judged() -> None:
    """In a child process, because a thread that waits for ever would keep this one."""
    done = subprocess.run(
        [sys.executable, "-c", OPENS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
