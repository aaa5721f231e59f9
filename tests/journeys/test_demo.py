"""Someone tries the product: one command, and everything is at the hub."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from demo.errors import FolderInUse
from demo.headless import clear
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


def test_the_demonstration_does_not_touch_a_folder_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(FolderInUse, match="other things"):
        clear(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
