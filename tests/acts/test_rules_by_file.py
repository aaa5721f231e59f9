"""A record file is judged by the rules of its pack, and its receipt has the law of its act."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acts.interception.record_file import record_file
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import original
from domain.errors import RecordRefused
from tests import wildlife
from tests.builders import SESSION, Place, a_photo
from tests.domain.pack_files import as_file
from tests.papers.paper_text import says

PERMIT = wildlife.words("Animals of the appendices need a permit.", "Il faut un permis.")


def the_pack() -> dict[str, Any]:
    rule = {"need": "added.permit_no", "when": {"added.appendix": {"filled": True}}, "say": PERMIT}
    pack = wildlife.pack(profiles=[{**wildlife.ANIMAL, "rules": [rule]}])
    first, *rest = pack["legal_bases"]
    law = {"for": ["live_animal"], "title": wildlife.words("Notice of animals", "Avis"),
           "claim_rule": {"days": 5}}  # fmt: skip
    return {**pack, "legal_bases": [{**first, **law}, *rest]}


def a_file(folder: Path, **added: Any) -> Path:
    document = wildlife.document(**added)
    document["legal"] |= {"legal_basis": ["SAMPLE-CUSTOMS-10"], "action": "seizure"}
    (folder / "all.jpg").write_bytes(a_photo(10))
    head = {"format": "tidewaiter-record/1", "pack": "TEST-WILD",
            "photos": [{"file": "all.jpg", "role": "overview"}]}  # fmt: skip
    file = folder / "one.json"
    file.write_text(json.dumps({**document, **head}))
    return file


def test_a_file_is_refused_in_the_words_of_the_rule_and_then_recorded(tmp_path: Path) -> None:
    place = Place(tmp_path / "workstation", packs={"TEST-WILD": as_file(the_pack())})
    with place.open() as ws:
        with pytest.raises(RecordRefused) as refused:
            record_file(ws, a_file(tmp_path, permit_no=None))
        found = {fault.path: str(fault) for fault in refused.value.faults}
        assert found == {"goods.0.added.permit_no": PERMIT["en"]}
        recorded = record_file(ws, a_file(tmp_path))
        pdf = original(ws, issue_receipt(ws, recorded.record, SESSION).number)
    assert says(pdf, "Notice of animals")
    assert says(pdf, "Days to claim 5, counted from the day after this paper is served")
