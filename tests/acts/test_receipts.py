"""A receipt is issued once, and handed out as often as needed, each copy marked and logged."""

from __future__ import annotations

from pathlib import Path

import pytest

from acts.errors import DeedRefused, InputRefused
from acts.interception.amend import amend
from acts.interception.cancel import cancel
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import draw_copy, find, original, print_receipt
from acts.receipt.save_receipt import give_receipt
from acts.receipt.verify_paper import read_keys, verify_file, verify_here
from papers.judge.judgement import Verdict
from storage import cases
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation
from tests.builders import NIGHT, SESSION, Place, a_document, a_final, begin_changed
from tests.papers.paper_text import words_on


def test_the_first_print_is_the_original_and_the_next_are_copies(ws: Workstation) -> None:
    record = a_final(ws)
    number = issue_receipt(ws, record, SESSION).number

    first, _ = print_receipt(ws, number, SESSION, "printer")
    second, _ = print_receipt(ws, number, SESSION, "file")

    assert first == original(ws, number)
    assert second != first
    case = cases.read(ws.db, record)
    assert [(copy.copy, copy.way) for copy in case.receipts[0].copies] == [
        (1, "printer"),
        (2, "file"),
    ]
    assert records.row(ws.db, record).receipt == number


def test_a_copy_drawn_later_has_the_same_bytes(place: Place) -> None:
    with place.open() as ws:
        number = give_receipt(
            ws, _number(ws), session=SESSION, language="fr", file=place.home.parent / "first.pdf"
        )
        second, _ = print_receipt(ws, number, SESSION, "file")
        name = cases.read(ws.db, records.find_number(ws.db, number)).receipts[0].copies[1].paper
    for file in (place.home / "papers").rglob("*"):
        if file.name == str(name):
            file.unlink()

    with place.open() as ws:
        record, receipt = find(ws, number)
        assert draw_copy(ws, cases.read(ws.db, record), receipt, 2) == second


def test_an_amended_interception_gets_a_new_receipt_and_keeps_the_old(
    ws: Workstation, tmp_path: Path
) -> None:
    seizure, file = _number(ws), tmp_path / "receipt.pdf"
    first = give_receipt(ws, seizure, session=SESSION, language="en", file=file)
    record = records.find_number(ws.db, seizure)
    begin_changed(ws, record)
    amend(ws, record, SESSION, "typing_error")

    second = give_receipt(ws, seizure, session=SESSION, language="en", file=file)

    assert first != second
    assert original(ws, first) != original(ws, second)


def test_a_cancelled_interception_gets_no_receipt(ws: Workstation) -> None:
    record = a_final(ws)
    cancel(ws, record, SESSION, "twice")

    with pytest.raises(DeedRefused, match="cancelled"):
        issue_receipt(ws, record, SESSION)
    with pytest.raises(NotFound):
        original(ws, "XA-MCN1-2026-R00001-J")


@pytest.mark.parametrize(
    ("legal", "said", "unsaid"),
    [
        ({}, "30, counted from the day after this paper is served", "Claim until"),
        ({"served_at": str(NIGHT)}, "Days to claim 30", "Claim until"),
        ({"served_at": str(NIGHT)}, "Name unknown", "Time of service"),
        ({"served": "none"}, "Days to claim 30", "Claim until"),
        ({"served": "person", "served_at": str(NIGHT)}, "Claim until 23 December 2026", "Days to"),
        ({"action": "release"}, "handed back", "laim"),
        ({"action": "destroyed"}, "were destroyed", "forfeited"),
    ],
)
def test_a_deadline_stands_only_on_a_served_paper_of_an_act_that_takes(
    ws: Workstation, legal: dict[str, str], said: str, unsaid: str
) -> None:
    record = a_final(ws, a_document(legal=a_document()["legal"] | legal))
    pdf = original(ws, issue_receipt(ws, record, SESSION).number)
    assert said in words_on(pdf)
    assert unsaid not in words_on(pdf)


def test_the_clock_of_the_seizure_is_judged_on_the_paper_in_its_language(ws: Workstation) -> None:
    record = a_final(ws)
    english = original(ws, issue_receipt(ws, record, SESSION).number)
    french = original(ws, issue_receipt(ws, record, SESSION, "fr").number)
    assert "UTC+01:00 · clock not checked" in words_on(english)
    assert "UTC+01:00 · horloge non vérifiée" in words_on(french)


@pytest.mark.parametrize("language", ["es", "ar", "", "EN", "en-GB"])
def test_a_language_without_a_paper_is_refused_by_the_act_itself(
    ws: Workstation, language: str
) -> None:
    record = a_final(ws)
    with pytest.raises(InputRefused, match="no receipt is written in this language"):
        issue_receipt(ws, record, SESSION, language)
    assert cases.read(ws.db, record).receipts == ()


def test_a_receipt_is_judged_by_the_journal_and_by_the_public_key_alone(
    ws: Workstation, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.pdf"
    give_receipt(ws, _number(ws), session=SESSION, language="en", file=file)
    pdf = file.read_bytes()

    assert verify_here(file, ws).verdict is Verdict.GENUINE
    key = read_keys(ws.home / "public-key.txt")
    assert verify_file(file, key).verdict is Verdict.SEAL_ONLY
    file.write_bytes(pdf + b"\n% more")
    assert verify_here(file, ws).verdict is Verdict.ALTERED


def test_a_genuine_paper_says_what_became_of_its_interception(
    ws: Workstation, tmp_path: Path
) -> None:
    seizure = _number(ws)
    record = records.find_number(ws.db, seizure)
    file = tmp_path / "receipt.pdf"
    give_receipt(ws, seizure, session=SESSION, language="en", file=file)
    assert [str(note) for note in verify_here(file, ws).notes] == ["This is the original."]

    begin_changed(ws, record)
    amend(ws, record, SESSION, "typing_error")
    amended = verify_here(file, ws)
    cancel(ws, record, SESSION, "twice")
    cancelled = verify_here(file, ws)

    assert amended.verdict is cancelled.verdict is Verdict.GENUINE
    assert "Revision 2" in str(amended)
    assert "was cancelled" in str(cancelled)


def _number(ws: Workstation) -> str:
    return records.row(ws.db, a_final(ws)).number
