"""A correct file of every mode of transport can be written from the page, and is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from system.shipped import terms
from tests.journeys.conftest import copy_of
from tests.journeys.desk import Desk, Said
from tests.journeys.sheets import GOOD, changed, med, write


@dataclass
class Night:
    """One workstation on which all the files were recorded, and what was said of each."""

    desk: Desk
    files: dict[str, Path]
    first: Said
    again: Said

    def number(self, name: str) -> str:
        """The seizure number that the file got."""
        ending = f" {self.files[name]}"
        return next(line for line in self.first.lines if line.endswith(ending)).split()[0]


@pytest.fixture(scope="module")
def night(made: tuple[Desk, Said], tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    desk = copy_of(made[0], folder / "home")
    files = {
        name: write(folder / str(place), sheet, 40 + 4 * place)
        for place, (name, sheet) in enumerate(GOOD.items())
    }
    first = desk.run("record", *files.values())
    return Night(desk, files, first, desk.run("record", *files.values()))


@pytest.fixture
def shown(night: Night, capsys: pytest.CaptureFixture[str]) -> Callable[[str], Any]:
    def show(name: str) -> Any:
        capsys.readouterr()
        assert main.main(night.desk.words("show", night.number(name))) == 0
        return json.loads(capsys.readouterr().out)["interception"]

    return show


def test_every_file_is_recorded_without_a_fault_or_a_remark(night: Night) -> None:
    assert (night.first.status, night.first.err) == (0, "")
    assert len(night.first.lines) == len(GOOD)


def test_the_same_files_again_are_recorded_before(night: Night) -> None:
    assert night.again.status == 0
    assert [line for line in night.again.lines if "(recorded before)" not in line] == []
    assert len(night.desk.numbers()) == len(GOOD)


def test_every_mode_is_among_them() -> None:
    by_post = {"MCN": "mail", "APE": "air_passenger", "ACG": "air_cargo", "EXH": "express",
               "SPT": "sea_container"}  # fmt: skip
    modes = {
        sheet.get("consignment", {}).get("mode") or by_post[sheet.get("post", "MCN")]
        for sheet in GOOD.values()
    }
    assert modes == {code.code for code in terms()["modes"]}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("mail", ("Mail Centre North", "XAMCN", "mail_centre")),
        ("express", ("Express Hub", "XAEXH", "express_hub")),
        ("air passenger", ("Airport East, passengers", "XAAPE", "airport_passenger")),
        ("sea container", ("Seaport", "XASPT", "seaport")),
        ("bulk", ("Seaport", "XASPT", "seaport")),
        ("yacht", (None, None, "seaport")),
        ("lorry under TIR", ("Border crossing West, lane 4", None, "land_border")),
        ("car", ("Border crossing West", "XAWST", "land_border")),
        ("train", ("Central station", None, "rail")),
    ],
)
def test_the_place_is_that_of_the_post_that_the_file_names_or_the_files_own(
    shown: Any, name: str, place: tuple[str | None, ...]
) -> None:
    occasion = shown(name)["occasion"]
    assert tuple(occasion.get(part) for part in ("place_text", "unlocode", "place_type")) == place


def test_the_number_is_that_of_the_workstation_also_for_another_post(night: Night) -> None:
    assert night.number("air passenger").startswith("XA-MCN1-")


def test_what_the_page_calls_left_out_is_null_or_empty_or_missing(
    night: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = med(consignment={"mode": None, "postal_item_id": "RR000000028GB"})
    for path in ("route.destination_country", "occasion.place_text", "legal.action", "post"):
        sheet = changed(sheet, path, None)
    sheet = changed(changed(sheet, "occasion.customs_direction", ""), "pack", "SAMPLE-MED")
    file = write(tmp_path, sheet, 9)

    assert main.main(night.desk.words("record", file)) == 0

    said = capsys.readouterr()
    assert said.err == ""
    assert main.main(night.desk.words("show", said.out.split()[0])) == 0
    held = json.loads(capsys.readouterr().out)["interception"]
    assert held["route"]["destination_country"] == "XA"
    assert held["occasion"]["unlocode"] == "XAMCN"
    assert held["consignment"]["mode"] == "mail"


def test_a_file_with_a_byte_order_mark_is_read(
    night: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, med(consignment={"postal_item_id": "RR000000031GB"}), 12)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert main.main(night.desk.words("record", file)) == 0
    assert capsys.readouterr().err == ""


def test_a_bag_is_kept_in_one_form(shown: Any) -> None:
    goods = shown("air passenger, two travellers")["goods"]
    assert [line["bag_no"] for line in goods] == ["XB7001", "XB7002"]
