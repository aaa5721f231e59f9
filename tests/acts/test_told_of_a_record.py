"""What `record` says of days, laboratories and weights: faults that refuse, remarks that do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acts.record_file import record_file
from domain.errors import RecordRefused
from storage.projections import records
from storage.workstation import Workstation
from tests.acts.test_record_file import a_file
from tests.builders import a_line

ADA = {"role": "consignee", "name": "Ada Example"}


def told(ws: Workstation, folder: Path, **changes: Any) -> dict[str, str]:
    """The faults of a refused file by path, else the remarks on the record with `warns ` before."""
    try:
        recorded = record_file(ws, a_file(folder, **changes))
    except RecordRefused as error:
        return {fault.path: fault.what for fault in error.faults if not fault.warns}
    return {f"remark {fault.path}": fault.what for fault in recorded.remarks}


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
    case = records.case(ws.db, record_file(ws, file).record)
    what = case.current.body.shared
    assert str(what.goods[0].medicine.expiry) == "2027-04-30"
    assert str(what.detection.field_test.expiry) == "2027-04-30"
