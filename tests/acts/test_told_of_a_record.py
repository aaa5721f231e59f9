"""What `record` says of days, laboratories and weights: faults that refuse, remarks that do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acts.interception.record_file import record_file
from domain.errors import RecordRefused
from storage import cases
from storage.workstation import Workstation
from tests.acts.test_record_file import a_file
from tests.builders import NIGHT, a_line, a_photo

ADA = {"role": "consignee", "name": "Ada Example"}


def told(ws: Workstation, folder: Path, **changes: Any) -> dict[str, str]:
    """The faults of a refused file by path, else the remarks on the record with `warns ` before."""
    try:
        recorded = record_file(ws, a_file(folder, **changes))
    except RecordRefused as error:
        return {fault.path: fault.kind.what for fault in error.faults if not fault.warns}
    return {f"remark {fault.path}": fault.kind.what for fault in recorded.remarks}


def born(day: str) -> dict[str, Any]:
    return {"persons": {"involved": 1, "parties": [{**ADA, "born": day}]}}


@pytest.mark.parametrize("month", ["1961-04", "04/1961"])
def test_a_month_is_no_day_of_birth_and_no_day_of_a_report(
    ws: Workstation, tmp_path: Path, month: str
) -> None:
    month_for_day = "a month where a day belongs"
    assert told(ws, tmp_path, **born(month)) == {"persons.parties.0.born": month_for_day}
    goods = [a_line(drug={"laboratory_ref": "L-1", "laboratory_date": month})]
    assert told(ws, tmp_path, goods=goods) == {"goods.0.drug.laboratory_date": month_for_day}


@pytest.mark.parametrize("text", ["1961", "1961-W04", "1961-W04-1", "19610403", "1961-02-30"])
def test_a_day_is_written_in_one_way(ws: Workstation, tmp_path: Path, text: str) -> None:
    assert told(ws, tmp_path, **born(text)) == {"persons.parties.0.born": "not a date"}


@pytest.mark.parametrize("text", ["2027-04", "04/2027", "2027-04-30"])
def test_a_month_of_expiry_is_its_last_day(ws: Workstation, tmp_path: Path, text: str) -> None:
    goods = [a_line(medicine={"expiry": text})]
    test = {"kit": "Marquis", "result": "positive", "expiry": text}
    file = a_file(tmp_path, goods=goods, detection={"methods": ["XRAY"], "field_test": test})
    case = cases.read(ws.db, record_file(ws, file).record)
    what = case.current.body.shared
    assert str(what.goods[0].medicine.expiry) == "2027-04-30"
    assert str(what.detection.field_test.expiry) == "2027-04-30"


def drug(**drug: Any) -> dict[str, Any]:
    """A line of a drug, weighed, with what a laboratory said of it."""
    line = {
        "category": "ATS_METH", "description": "White crystals", "quantity": "0.512", "unit": "kg",
        "gross_weight_kg": "0.530", "net_weight_kg": "0.512", "weight_basis": "weighed",
        "reasons": ["CONTROLLED_1971"],
    }  # fmt: skip
    known = {"substance_suspected": "methamphetamine", "form": "crystal"}
    return {**line, "drug": {**known, **drug}}


CONFIRMED = {"substance_confirmed": "metamfetamine", "laboratory_ref": "L-1",
             "laboratory_date": "2026-11-23"}  # fmt: skip


def of_drugs(ws: Workstation, folder: Path, *lines: dict[str, Any], **test: str) -> dict[str, str]:
    detection = {"methods": ["XRAY"], "concealment": ["MAIL_TOY"], "field_test": test}
    legal = {"legal_basis": ["SAMPLE-DRUGS-3"], "action": "seizure",
             "grounds": "The X-ray showed a dense block inside a toy of foam."}  # fmt: skip
    photos = [{"file": f"{role}.jpg", "role": role} for role in ("overview", "substance")]
    for shade, photo in enumerate(photos):
        (folder / photo["file"]).write_bytes(a_photo(70 + shade))
    persons = {"involved": 1, "detained": 0, "parties": [ADA]}
    changes = {"goods": list(lines), "detection": detection, "legal": legal, "photos": photos,
               "persons": persons}  # fmt: skip
    file = a_file(folder, **changes)
    document = {**json.loads(file.read_text()), "pack": "SAMPLE-SYN", **changes}
    file.write_text(json.dumps(document))
    try:
        remarks = record_file(ws, file).remarks
    except RecordRefused as error:
        return {fault.path: fault.kind.what for fault in error.faults if not fault.warns}
    return {f"remark {fault.path}": fault.kind.what for fault in remarks}


def test_a_confirmed_substance_needs_no_field_test(ws: Workstation, tmp_path: Path) -> None:
    assert of_drugs(ws, tmp_path, drug(**CONFIRMED)) == {}


def test_one_presumed_substance_beside_a_confirmed_one_is_told(
    ws: Workstation, tmp_path: Path
) -> None:
    remarks = of_drugs(ws, tmp_path, drug(**CONFIRMED), drug())
    assert remarks == {"remark detection.field_test.result": "no field test"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({**CONFIRMED, "laboratory_date": "2026-11-24"}, {"laboratory_date": "is in the future"}),
        (
            {**CONFIRMED, "laboratory_date": "2026-11-22"},
            {"remark laboratory_date": "is before the goods were found"},
        ),
        (
            {"substance_confirmed": "metamfetamine"},
            {"remark laboratory_ref": "is missing", "remark laboratory_date": "is missing"},
        ),
        (
            {"purity_pct": "71", "laboratory_ref": "L-1"},
            {"remark laboratory_date": "is missing"},
        ),
        (
            {"sample_count": 3, "sample_ids": ["a", "a"]},
            {
                "remark sample_ids": "{sample} is entered twice",
                "remark sample_count": "is not the number of samples listed, {listed}",
            },
        ),
        ({"sample_count": 2, "sample_ids": ["a", "b"]}, {}),
        ({"sample_count": 2}, {}),
    ],
)
def test_what_a_laboratory_says_is_judged(
    ws: Workstation, tmp_path: Path, said: dict[str, Any], found: dict[str, str]
) -> None:
    told = of_drugs(ws, tmp_path, drug(**said), kit="Marquis", result="positive")
    assert {path.replace("goods.0.drug.", ""): what for path, what in told.items()} == found


def test_a_result_without_a_kit_is_told(ws: Workstation, tmp_path: Path) -> None:
    remarks = of_drugs(ws, tmp_path, drug(), result="positive")
    assert remarks == {"remark detection.field_test.kit": "is missing"}


@pytest.mark.parametrize(
    ("weighed", "differs"),
    [
        ((50, "kg", "1"), True),
        (("512", "g", "0.530"), True),
        (("0.512", "kg", "0.5"), False),
        (("512.3", "g", "0.512"), False),
        (("512", "g", "0.512"), False),
        (("0.52", "kg", "0.512"), False),
        (("0.53", "kg", "0.512"), True),
    ],
)
def test_a_weight_that_is_not_the_quantity_is_told(
    ws: Workstation, tmp_path: Path, weighed: tuple[Any, str, str], differs: bool
) -> None:
    quantity, unit, net = weighed
    line = drug() | {"quantity": quantity, "unit": unit, "net_weight_kg": net,
                     "gross_weight_kg": "60"}  # fmt: skip
    remarks = of_drugs(ws, tmp_path, line, kit="Marquis", result="positive")
    words = "differs from the quantity, {quantity} {unit}"
    assert remarks == ({"remark goods.0.net_weight_kg": words} if differs else {})


def test_a_time_of_service_without_its_way_is_told(ws: Workstation, tmp_path: Path) -> None:
    remarks = told(ws, tmp_path, legal={"served_at": str(NIGHT)})
    assert remarks == {"remark legal.served": "is missing"}
