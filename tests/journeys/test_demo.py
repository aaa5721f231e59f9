"""Someone tries the product: one command, and everything is at the hub."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from demo.errors import FolderInUse
from demo.headless import clear
from demo.pictures import BROWSERS, hub_pages
from tests.house.source import ROOT


@pytest.mark.timeout(300)
def test_the_demonstration_brings_all_it_records_to_a_hub(tmp_path: Path) -> None:
    out = tmp_path / "out"

    words = ["main.py", "demo", "--headless", "--count", "2", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )

    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    photos = summary["photos_at_post"]
    assert done.stdout == f"hub has 2 of 2 records, {photos} of {photos} photos\n", done.stderr
    assert done.returncode == 0
    assert photos == sum(len(record["photos"]) for record in summary["records"]) >= 6
    assert {record["judgement"] for record in summary["records"]} == {"genuine"}
    assert len(list((out / "receipts").glob("*.pdf"))) == 2
    assert "screens" in summary["missing"] or list((out / "screens").glob("*.png"))


def test_a_browser_is_told_to_call_nobody_but_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/words"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    hub_pages("http://127.0.0.1:9", {"arrivals": "/"}, tmp_path / "pictures")

    words = (tmp_path / "words").read_text().splitlines()
    assert "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" in words
    assert {"--no-proxy-server", "--disable-background-networking", "--disable-sync"} <= set(words)
    assert words[-1] == "http://127.0.0.1:9/"


@pytest.mark.skipif(
    not shutil.which("strace") or not any(map(shutil.which, BROWSERS)),
    reason="no strace, no browser",
)
def test_a_browser_sends_nothing_beyond_this_computer(tmp_path: Path) -> None:
    """It asks the kernel whether there is a way out (a UDP `connect`); nothing is sent by that."""
    code = (
        "import sys, pathlib, demo.pictures as p; "
        "print(p.hub_pages('http://127.0.0.1:9', {'x': '/'}, pathlib.Path(sys.argv[1])))"
    )
    words = ["strace", "-f", "-qq", "-yy", "-e", "trace=connect,sendto,sendmsg,sendmmsg"]
    words += ["-o", str(tmp_path / "calls"), sys.executable, "-c", code, str(tmp_path)]
    subprocess.run(words, cwd=ROOT, capture_output=True, check=True)

    calls = (tmp_path / "calls").read_text(errors="replace").splitlines()
    outside = [call for call in calls if re.search("AF_INET|<(TCP|UDP)", call)]
    outside = [call for call in outside if not re.search(r"127\.0\.0\.1|\[::1\]", call)]
    probes = [call for call in outside if re.search(r"connect\(\d+<UDP", call)]
    assert [call for call in outside if call not in probes] == []


def test_the_demonstration_does_not_touch_a_folder_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(FolderInUse, match="contains other files"):
        clear(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
