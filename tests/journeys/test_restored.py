"""An older backup goes on, the hub gives back the entries, and no paper lies about the names."""

from __future__ import annotations

import json
from pathlib import Path

from tests.journeys.conftest import Pair, copy_of
from tests.journeys.desk import a_record_file

NAME = "Zebulonowicz"


def test_after_a_restore_through_the_hub_no_paper_is_made_without_names(
    pair: Pair, tmp_path: Path
) -> None:
    backup = copy_of(pair.desk, tmp_path / "backup")
    person = {"role": "consignee", "name": f"Ada {NAME}"}
    file = a_record_file(tmp_path / "in", persons={"involved": 1, "parties": [person]})
    number = pair.desk.run("record", file).out.split()[0]
    said = pair.desk.run("receipt", number, "--out", tmp_path / "first.pdf")
    receipt = said.out.split()[0]
    assert pair.sync().status == 0

    restored = Pair(backup, pair.hub)
    assert restored.sync().status == 0
    assert number in backup.run("list", "pregabalin").out
    shown = backup.run("show", number)
    assert shown.status == 0
    assert not json.loads(shown.out)["names_held"]
    assert NAME not in shown.out
    for command in ("verify", "doctor"):
        judged = backup.run(command)
        assert "WRONG: " not in judged.out
        assert f"receipt {receipt}: its paper is not stored here" in judged.out
    assert backup.run("verify").status == 0
    assert "the names are not stored here" in shown.err

    for wanted, language in ((receipt, "en"), (number, "en"), (number, "fr")):
        out = tmp_path / f"{wanted}-{language}.pdf"
        said = backup.run("receipt", wanted, "--out", out, "--language", language)
        assert said.status == 2
        assert "the names are not stored here" in said.err
        assert not out.exists()
    assert json.loads(backup.run("show", number).out)["receipts"] == [receipt]
    assert backup.run("verify", tmp_path / "first.pdf").status == 0
