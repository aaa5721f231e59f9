"""Files that a stranger gets wrong: each is refused at its field, in one clear sentence.

And those that may be right: recorded, with a remark.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import copy_of
from tests.journeys.desk import Desk, Said
from tests.journeys.sheets import GOOD, Sheet, changed, med, medicine, meth, syn, write

ITEM = {"mode": "mail", "postal_item_id": "RR 473 124 829 GB"}
MAIL = med(consignment={"mode": "mail", "postal_item_id": "RR000000045GB"})
DRUGS = syn(consignment={"mode": "mail", "postal_item_id": "RR000000045GB"})
ADA = [{"role": "consignee", "name": "Ada María Example", "phone": "+999 555 0101",
        "document_no": "C01X00T47"}]  # fmt: skip
CHINESE = [{"role": "traveller", "name": "陈伟明"}]
ZEDEKIAH = [{"role": "consignee", "name": "Zedekiah Qarr"}]
JORIS = [{"role": "consignee", "name": "Joris van den Berg", "phone": "+999 555"}]
KIT = {"kit": "Marquis", "result": "positive"}


def told(path: str, value: Any, sheet: Sheet = MAIL) -> Sheet:
    return changed(sheet, path, value)


def with_party(parties: list[Any], path: str, value: Any) -> Sheet:
    return changed(changed(MAIL, "persons", {"involved": 1, "parties": parties}), path, value)


FAULTS: dict[str, tuple[Sheet, str, str]] = {
    # codes
    "UK": (told("route.dispatch_country", "UK"), "route.dispatch_country",
           "UK is not on the list countries. Perhaps: GB."),
    "a country in words": (told("route.dispatch_country", "Germany"), "route.dispatch_country",
                           "Germany is not on the list countries. Perhaps: DE."),
    "three letters": (told("route.transit_countries", ["GBR"]), "route.transit_countries", "GB"),
    "CE": (told("goods.0.medicine.conformity_marks", ["CE"]), "goods.0.medicine.conformity_marks",
           "is not on the list conformity_marks. Perhaps: ce, niosh"),
    "a mode in words": (told("consignment.mode", "ship"), "consignment.mode",
                        "is not on the list modes. Perhaps: mail, express"),
    "a category nearly": (told("goods.0.category", "MED_PREGABA"), "goods.0.category",
                          "is not on the list categories. Perhaps: MED_PREGAB"),
    "a post nobody has": (told("post", "XXX"), "post",
                          "XXX is not a post of this pack. It has: MCN, APE, ACG, EXH, SPT."),
    "a post that is no text": (told("post", ["MCN"]), "post", "holds a list where text belongs"),
    "a unit of another category": (told("goods.0.unit", "kg"), "goods.0.unit",
                                   "MED_PREGAB is not counted in kg"),
    "none and another": (told("detection.concealment", ["NONE", "MAIL_TOY"]),
                         "detection.concealment", "NONE stands beside other codes"),
    "no mark and a mark": (told("goods.0.medicine.conformity_marks", ["none", "ce"]),
                           "goods.0.medicine.conformity_marks", "none stands beside"),
    # numbers
    "less than zero": (told("goods.0.quantity", -5), "goods.0.quantity",
                       "must not be less than zero"),
    "thirteen digits": (told("goods.0.quantity", 1234567890123), "goods.0.quantity",
                        "has more than 12 digits before the point"),
    "five thousand digits": (told("goods.0.quantity", "7" * 400), "goods.0.quantity",
                             "has more than 12 digits before the point"),
    "a thousand or one": (told("goods.0.quantity", "1,000"), "goods.0.quantity",
                          "one thousand or one? Write 1000 or 1.000, with no comma."),
    "half a capsule": (told("goods.0.quantity", "0.5"), "goods.0.quantity",
                       "is counted in whole numbers, in the unit capsule"),
    "a float": (told("goods.0.quantity", 1e30), "goods.0.quantity", "not a number"),
    "none of it": (told("goods.0.quantity", 0), "goods.0.quantity", "must be greater than zero"),
    "packs below zero": (told("goods.0.packs", -1), "goods.0.packs", "must not be less than zero"),
    "a group for a number": (told("goods.0.quantity", {"id": 5}), "goods.0.quantity",
                             "holds a group where text belongs"),
    "a text for a group": (told("route", "GB to XA"), "route",
                           "where a group of fields belongs"),
    "net over gross": (told("goods.0", meth(net_weight_kg="1"), DRUGS), "goods.0.net_weight_kg",
                       "is more than the gross weight"),
    "a wrong check digit": (told("consignment.postal_item_id", "RR000000046GB"),
                            "consignment.postal_item_id", "check digit"),
    # bags
    "a bag twice": (told("goods", [medicine(bag_no="XB 0100001"), medicine(bag_no="xb-0100001")]),
                    "goods.1.bag_no", "bag XB0100001 stands in line 1 and in line 2"),
    "a bag of another record": (told("goods.0.bag_no", "xb 7001"), "goods.0.bag_no",
                                "bag xb 7001 was used in XA-MCN1-"),
    "a bag in letters of full width": (
        told("goods", [medicine(bag_no="XB 0100009"), medicine(bag_no="ＸＢ　０１００００９")]),
        "goods.1.bag_no", "bag XB0100009 stands in line 1 and in line 2"),
    "no bag": (told("goods.0.bag_no", "--"), "goods.0.bag_no", "is no number of a bag"),
    # place and time
    "half a position": (told("occasion.latitude", 51.5), "occasion.longitude", "is missing"),
    "year 1800": (told("occasion.seized_at", "1800-01-01T00:00:00Z"), "occasion.seized_at",
                  "lies before the year 2000"),
    "tomorrow": (told("occasion.seized_at", "2999-01-01T00:00:00Z"), "occasion.seized_at",
                 "lies in the future"),
    "no offset": (told("occasion.seized_at", "2026-11-01T00:00:00"), "occasion.seized_at",
                  "not a date and time with its offset"),
    "served before": (told("legal.served_at", "2020-01-01T00:00:00Z"), "legal.served_at",
                      "lies before the seizure"),
    "served in time to come": (told("legal.served_at", "2999-01-01T00:00:00Z"), "legal.served_at",
                               "lies in the future"),
    "signed and not served": (
        changed(told("legal.served", "none"), "legal.holder_signature", "signed"),
        "legal.holder_signature", "is filled, and the paper was not served"),
    "born tomorrow": (with_party([{"born": "2999-01-01"}], "case_ref", "1"),
                      "persons.parties.0.born", "lies in the future"),
    # grounds
    "dots": (told("legal.grounds", "." * 20), "legal.grounds", "does not say why in words"),
    "a letter and spaces": (told("legal.grounds", "x" + " " * 30 + "."), "legal.grounds",
                            "does not say why in words"),
    "one letter": (told("legal.grounds", "x" * 30), "legal.grounds", "does not say why in words"),
    "short": (told("legal.grounds", "no licence"), "legal.grounds", "shorter than 20 characters"),
    # the test at the bench
    "tester is witness": (
        told("detection.field_test", {**KIT, "tester": "4417", "witness": "44 17"}, DRUGS),
        "detection.field_test.witness", "is the tester"),
    # words of dots
    "a catch-all of a dash": (
        told("goods.0", medicine(category="MED_OTHER", category_other="-", unit="pack")),
        "goods.0.category_other", "says nothing. Write it in words."),
    "a lot of dots": (
        told("goods.0", medicine(category="VACCINE", unit="dose", medicine={"lot": "..."})),
        "goods.0.medicine.lot", "says nothing"),
    # badges
    "an officer with a name": (told("officer", "John Smith"), "officer", "is no badge number"),
    "an officer in two lines": (told("officer", "4417\n4418"), "officer",
                                 "is no badge number"),
    "a witness with a name": (
        told("detection.field_test", {**KIT, "tester": "4417", "witness": "Mary Jones"}, DRUGS),
        "detection.field_test.witness", "is no badge number"),
    "a tester with a Chinese name": (
        told("detection.field_test", {**KIT, "tester": "王小明"}, DRUGS),
        "detection.field_test.tester", "is no badge number"),
    "a party for an officer": (with_party(ADA, "officer", "AdaMariaExample"), "officer",
                               "repeats AdaMariaExample"),
    # lines and hidden characters
    "two lines in one": (
        told("goods.0.category_other", "Pill\nXA-APE2-2026-99999-9"), "goods.0.category_other",
        "holds a line break or a tab. Write it on one line."),
    "a tab": (told("goods.0.description", "A\tB"), "goods.0.description", "holds a line break"),
    "a separator of lines": (told("case_ref", "A\u2028B"), "case_ref", "holds a line break"),
    "a next line": (told("goods.0.brand", "A\x85B"), "goods.0.brand", "holds a line break"),
    "a line break in a list": (told("consignment.seals_found", ["A1", "A\nB"]),
                               "consignment.seals_found.1", "holds a line break"),
    "a name in two lines": (with_party([{"name": "Ada\nExample"}], "case_ref", "1"),
                            "persons.parties.0.name", "holds a line break"),
    "a space of no width": (with_party([{"name": "A\u200bda"}], "case_ref", "1"),
                            "persons.parties.0.name", "holds the hidden character U+200B"),
    "a mark of byte order": (told("remarks", "A \ufeffB"), "remarks", "hidden character U+FEFF"),
    # photos
    "a name for a time": (told("photos.0.captured_at", "Zedekiah Qarr 0999 555 0101"),
                          "photos.0.captured_at", "is not a date and time"),
    "yesterday": (told("photos.0.captured_at", "yesterday"), "photos.0.captured_at",
                  "is not a date and time"),
    # names that travel
    "a name in a caption": (with_party(ADA, "photos.0.caption", "To ADA EXAMPLE, as addressed"),
                            "photos.0.caption", "repeats ADA EXAMPLE"),
    "a name in a description": (with_party(ADA, "goods.0.description", "Example, María: capsules"),
                                "goods.0.description", "repeats Example María"),
    "a name without its space": (with_party(ZEDEKIAH, "goods.0.description", "For ZedekiahQarr"),
                                 "goods.0.description", "repeats ZedekiahQarr"),
    "a name with a soft hyphen": (
        with_party(ZEDEKIAH, "goods.0.description", "For Zede\u00adkiah Qarr"),
        "goods.0.description", "repeats Zedekiah Qarr"),
    "a name with a joiner": (
        with_party(ZEDEKIAH, "goods.0.description", "For Zede\u200dkiah Qarr"),
        "goods.0.description", "repeats Zedekiah Qarr"),
    "a name with particles": (
        with_party(JORIS, "goods.0.description", "Addressed to Joris van den Berg"),
        "goods.0.description", "repeats Joris Berg"),
    "a name for a number kept as seen": (
        told("consignment", {**MAIL["consignment"], "mrn": "Ada Example",
                             "as_seen_on_label": ["consignment.mrn"]},
             with_party(ADA, "goods.0.description", "To Ada Example")),
        "goods.0.description", "repeats Ada Example"),
    "a passport in a text": (
        with_party(ADA, "detection.concealment_text", "Beside passport C01 X00T47"),
        "detection.concealment_text", "repeats C01X00T47"),
    "a telephone": (with_party(ADA, "legal.property_left", "A note: (+999) 5550101"),
                    "legal.property_left", "repeats +999 555 0101"),
    "a Chinese name": (with_party(CHINESE, "photos.0.caption", "收件人陈伟明的包裹"),
                       "photos.0.caption", "repeats 陈伟明"),
    # the pack and the head
    "a pack nobody has": (told("pack", {"id": "SAMPLE-MED", "version": "9.9.9"}), "",
                          "there is no pack SAMPLE-MED 9.9.9 at this workstation. It has: "),
    "a pack of other bytes": (
        told("pack", {"id": "SAMPLE-MED", "version": "1.0.0", "sha256": "0" * 64}), "",
        "the pack SAMPLE-MED 1.0.0 at this workstation has another SHA-256 than 0000"),
    "a format of tomorrow": (told("format", "tidewaiter-record/2"), "",
                             "format is tidewaiter-record/2, and this program reads tidewaiter-"),
    "null in a list": (told("route.transit_countries", [None]), "route.transit_countries.0",
                       "holds null where text belongs"),
    "a hash that is none": (told("photos.0.sha256", "XYZ"), "photos.0",
                            "sha256 is not a SHA-256 in 64 hexadecimal digits"),
    "no pack": (told("pack", None), "",
                "the file names no pack, and this workstation has several. It has: SAMPLE-MED 1"),
    "a pack in a list": (told("pack", ["SAMPLE-MED"]), "", "pack is neither a name nor a group"),
    "a field nobody knows": (told("goods.0.colour", "red"), "goods.0.colour",
                             "there is no field of this name"),
    "an id of another kind": (told("record_id", "12"), "", "record_id is not a UUID of version 7"),
}  # fmt: skip


def raw(data: bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.write_bytes(data)

    return write


BYTES: dict[str, tuple[Callable[[Path], None], str]] = {
    "UTF-16": (lambda file: raw(file.read_text().encode("utf-16"))(file), "is not in UTF-8"),
    "UTF-16 without a mark": (
        lambda file: raw(file.read_text().encode("utf-16-le"))(file), "is not in UTF-8"),
    "Latin-1": (raw('{"remarks": "é"}'.encode("latin-1")), "is not in UTF-8. Save it as UTF-8."),
    "cut": (raw(b'{\n "post": "MC'), "not JSON from line 2, column 10 on"),
    "nested": (raw(b"[" * 200_000), "it is nested too deeply"),
    "a list": (raw(b"[]"), "not an interception in the format tidewaiter-record/1"),
    "twins": (raw(b'{"post": "A", "post": "B"}'), "the field post stands twice in one group"),
    "not a number": (raw(b'{"pack": "SAMPLE-MED", "persons": {"involved": NaN}}'),
                     "persons.involved: not a whole number"),
    "digits": (raw(b'{"pack": "SAMPLE-MED", "persons": {"involved": ' + b"7" * 5000 + b"}}"),
               "persons.involved: has more than 12 digits"),
}  # fmt: skip

REMARKS: dict[str, tuple[Sheet, str, str]] = {
    "born in 1790": (with_party([{"role": "consignee", "born": "1790-01-01"}], "case_ref", "1"),
                     "persons.parties.0.born", "lies more than 120 years back"),
    "no address": (with_party([{"role": "consignee", "email": "not an email"}], "case_ref", "1"),
                   "persons.parties.0.email", "is no e-mail address"),
    "a party twice": (with_party(ADA + ADA, "case_ref", "1"), "persons.parties.1",
                      "this person is there already"),
    "a witness twice": (told("legal.witnesses", ["Bo Wit", "BO WIT"]), "legal.witnesses.1",
                        "this witness is there already"),
    "a party for a witness": (with_party(ADA, "legal.witnesses", ["Ada Maria Example"]),
                              "legal.witnesses.0", "is a party"),
    "nobody and a party": (with_party(ADA, "persons.involved", 0), "persons.involved",
                           "is less than the persons who are named"),
    "one of two travellers": (
        with_party([{"role": "traveller", "name": "A B"}, {"role": "driver", "name": "C D"}],
                   "case_ref", "1"),
        "persons.involved", "is less than the persons who are named"),
    "detected long before": (told("occasion.detected_at", "2020-01-01T00:00:00Z"),
                             "occasion.detected_at", "lies more than a year before the seizure"),
    "a place in no country": (
        told("occasion", {**MAIL["occasion"], "place_text": "Quay", "unlocode": "ZZAAA",
                          "place_type": "seaport"}),
        "occasion.unlocode", "ZZ is no country with places"),
    "an old kit": (told("detection.field_test", {**KIT, "expiry": "2020-01"}, DRUGS),
                   "detection.field_test.expiry", "the kit had expired on 2020-01-31"),
    "year 2003": (told("occasion.seized_at", "2003-05-01T00:00:00Z"), "occasion.seized_at",
                  "lies more than a year back"),
    "before the pack": (told("occasion.seized_at", "2025-12-31T00:00:00Z"), "occasion.seized_at",
                        "lies before 2026-01-01, from when this pack holds"),
    "expired goods": (told("goods.0.medicine.expiry", "2020-01"), "goods.0.reasons",
                      "expired on 2020-01-31"),
    "no item number": (told("consignment.postal_item_id", None), "consignment.postal_item_id",
                       "no item number"),
    "an item of another record": (told("consignment", ITEM), "consignment.postal_item_id",
                                  "is in XA-MCN1-"),
    "transit through the end": (told("route.transit_countries", ["FR", "XA"]),
                                "route.transit_countries", "XA is a country of transit and an end"),
    "transit twice": (told("route.transit_countries", ["FR", "DE", "FR"]),
                      "route.transit_countries", "FR stands here twice"),
    "a traveller without a flight": (told("conveyance", {}, GOOD["air passenger"]),
                                     "conveyance.flight_no", "is missing"),
    "nobody in the car": (told("persons", None, med(
        consignment={"mode": "road_passenger"}, conveyance={"vehicle_registration": "A 1"})),
        "persons.involved", "is missing"),
    "another crime": (
        told("goods.0", {k: v for k, v in medicine(reasons=["OTHER_CRIME"]).items()
                         if k != "description"}),
        "goods.0.reasons", "OTHER_CRIME says nothing by itself"),
    "another mode": (told("remarks", None, GOOD["on foot"]), "consignment.mode",
                     "Say in words what it was, under remarks"),
    "remarks of dots": (told("remarks", "...", GOOD["on foot"]), "consignment.mode",
                        "Say in words what it was, under remarks"),
    "another form": (told("goods.0.medicine.dosage_form", "other", told("goods.0.description", "")),
                     "goods.0.medicine.dosage_form", "under goods.0.description"),
    "no currency": (told("consignment.declaration", {"value": "25"}),
                    "consignment.declaration.currency", "is missing"),
    "no kind of place": (told("occasion.place_text", "Quay 3"), "occasion.place_type",
                         "is missing"),
    "refused without a reason": (told("legal.holder_signature", "refused"),
                                 "legal.holder_signature_reason", "is missing"),
    "a party without a role": (with_party([{"name": "Bo Sample"}], "case_ref", "2"),
                               "persons.parties.0.role", "is missing"),
    "served on nobody": (told("legal.served", "person"), "legal.served",
                         "the paper names nobody it is served on"),
    "served on one of two": (
        with_party([{"role": "other", "name": "Bo Sample"}, {"role": "notify", "name": "Cy Demo"}],
                   "legal.served", "person"),
        "legal.served", "in the role of traveller, driver, consignee or agent"),
    "white tablets": (with_party([{"name": "Rose White"}], "goods.0.description", "White tablets"),
                      "goods.0.description", "repeats White"),
    "two names of three": (with_party(ADA, "photos.0.caption", "To ADA MARIA, as addressed"),
                           "photos.0.caption", "repeats ADA MARIA"),
    "a short telephone number in a lot": (
        with_party(JORIS, "goods.0.description", "Lot 999555, tablets"),
        "goods.0.description", "repeats +999 555"),
    "goods of the same name": (
        told("consignment.declaration", {"description": "hand cream"},
             with_party([{"name": "Hand Cream"}], "case_ref", "1")),
        "consignment.declaration.description", "repeats hand cream"),
    "a brand of the same name": (
        with_party([{"name": "Pfizer"}], "goods.0.brand", "Pfizer"), "goods.0.brand",
        "repeats Pfizer"),
    "a number kept as seen": (
        told("consignment", {**MAIL["consignment"], "mrn": "Ada Example",
                             "as_seen_on_label": ["consignment.mrn"]},
             with_party(ADA, "case_ref", "1")),
        "consignment.mrn", "repeats Ada Example"),
    "a camera whose clock is not set": (told("photos.0.captured_at", "0000-00-00T00:00:00"),
                                        "photos.0.captured_at", "no such date or time"),
    "a maker of the same name": (with_party(ADA, "goods.0.medicine.manufacturer_on_label",
                                            "Ada Maria"),
                                 "goods.0.medicine.manufacturer_on_label", "repeats Ada Maria"),
}  # fmt: skip

QUIET: dict[str, Sheet] = {
    "the grounds stay at the post": with_party(
        ADA, "legal.grounds", "Ada María Example could not show a licence for the goods."),
    "a business of the same words": with_party(
        [{"role": "shipper", "name": "Example Toys BV", "company": "Example Toys BV"}],
        "goods.0.description", "A bear of Example Toys BV"),
    "a place with the particles of a name": with_party(
        JORIS, "goods.0.description", "Tablets from Haven van den Haag"),
    "particles of many languages": with_party(
        [{"role": "notify", "name": name} for name in
         ("Ana de los Reyes", "Ali bin Omar", "Jo van der Meer", "Luc du Pont")],
        "goods.0.description", "Bin van der Valk, de los Andes, du Nord"),
    "part of a longer number": with_party(JORIS, "goods.0.description", "Order 1999555"),
    "a time of the camera": told("photos.0.captured_at", "2026-11-23T03:12:08"),
    "a time with its offset": told("photos.0.captured_at", "2026-11-23T03:12:08.5+01:00"),
    "joiners and marks of direction": told(
        "goods.0.description", "\u0645\u06cc\u200c\u062f \u200fA\u200e"),
    "remarks in two lines": told("remarks", "One.\nTwo."),
    "an id in capitals": told("record_id", "019AAE7D-4A40-7C3E-9B1F-5D0A3C2E7F61"),
    "a badge of groups": told("officer", "XA-44 17"),
    "Thai": told("legal.grounds", "พบยาเม็ดจำนวนมากซุกซ่อนในกล่องครีม"),
    "Arabic": told("legal.grounds", "وجدت أقراص كثيرة مخفية بين الكريمات"),
    "served on the only one": changed(
        with_party([{"role": "other", "name": "Bo Sample"}], "legal.served", "person"),
        "remarks", "The other party is the mate of the ship."),
    "left where nobody was": told("legal.served", "left_at_place"),
    "two words": told("legal.grounds", "Lääkeluvatonta maahantuontia"),
    "served in the same minute": changed(
        changed(told("occasion.seized_at", "2026-11-20T03:12:48Z"), "legal.served",
                "left_at_place"),
        "legal.served_at", "2026-11-20T03:12Z"),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(made: tuple[Desk, Said], tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What `record` said of all of them, in one run after two good ones."""
    folder = tmp_path_factory.mktemp("strange")
    desk = copy_of(made[0], folder / "home")
    first = [write(folder / "first", GOOD["mail"], 9),
             write(folder / "second", GOOD["air passenger, two travellers"], 11)]  # fmt: skip
    assert desk.run("record", *first).status == 0
    sheets = {f"fault {name}": sheet for name, (sheet, *_) in FAULTS.items()}
    sheets |= {f"remark {name}": sheet for name, (sheet, *_) in REMARKS.items()}
    sheets |= {f"quiet {name}": sheet for name, sheet in QUIET.items()}
    files = [
        write(folder / name, sheet, 300 + 4 * number)
        for number, (name, sheet) in enumerate(sheets.items())
    ]
    for number, (name, (change, _)) in enumerate(BYTES.items()):
        file = write(folder / f"bytes {name}", MAIL, 100 + 4 * number)
        change(file)
        files.append(file)
    return desk.run("record", *files)


def lines(said: Said, name: str) -> list[str]:
    return [line for line in said.err.splitlines() if f"/{name}/record.json: " in line]


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_file_is_refused_at_its_field_in_one_sentence(said: Said, name: str) -> None:
    _, path, words = FAULTS[name]
    told = [line for line in lines(said, f"fault {name}") if "remark: " not in line]
    place = f"/fault {name}/record.json: {path}: " if path else f"/fault {name}/record.json: "
    assert [words in line for line in told if place in line] == [True], told
    assert len(told) == 1
    assert f"/fault {name}/record.json" not in said.out


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_record_are_told_as_what_they_are(said: Said, name: str) -> None:
    told = lines(said, f"bytes {name}")
    assert any(BYTES[name][1] in line for line in told), told
    assert "python" not in " ".join(told).lower()
    assert "sys." not in " ".join(told)


@pytest.mark.parametrize("name", REMARKS)
def test_what_may_be_right_is_recorded_with_a_remark(said: Said, name: str) -> None:
    _, path, words = REMARKS[name]
    told = lines(said, f"remark {name}")
    assert f"/remark {name}/record.json" in said.out, told
    assert all(line.startswith("tidewaiter: remark: ") for line in told)
    assert any(f"record.json: {path}: " in line and words in line for line in told), told


@pytest.mark.parametrize("name", QUIET)
def test_what_is_right_is_not_doubted(said: Said, name: str) -> None:
    told = [line for line in lines(said, f"quiet {name}") if "postal_item_id" not in line]
    assert told == []
    assert f"/quiet {name}/record.json" in said.out


def test_there_is_no_word_of_the_language_it_is_written_in(said: Said) -> None:
    assert said.status == 2
    for word in ("Traceback", "None", "{'", "recursion", "set_int_max", "codec", "NoneType"):
        assert word not in said.err.replace("NONE", ""), word


def test_the_name_of_a_file_makes_no_line_of_its_own(
    made: tuple[Desk, Said], tmp_path: Path
) -> None:
    desk = copy_of(made[0], tmp_path / "home")
    good = write(tmp_path / "a\nXA-APE2-2026-99999-9 b", MAIL, 20)
    bad = write(tmp_path / "c\ntidewaiter: all is well", told("goods.0.quantity", -5), 24)
    missing = tmp_path / "d\ntidewaiter: e"

    said = desk.run("record", good, bad, missing)

    assert [line[:3] for line in said.lines] == ["XA-"]
    assert "a\\nXA-APE2-2026-99999-9 b" in said.out
    assert all(line.startswith("tidewaiter: /") for line in said.err.splitlines()
               if "remark: " not in line)  # fmt: skip
    assert "all is well" not in [line.removeprefix("tidewaiter: ") for line in
                                 said.err.splitlines()]  # fmt: skip
    told_alone = desk.run("amend", "--reason", "typing_error", missing)
    assert len(told_alone.err.splitlines()) == 1


def test_what_is_no_file_is_called_what_it_is(made: tuple[Desk, Said], tmp_path: Path) -> None:
    desk = copy_of(made[0], tmp_path / "home")
    file = write(tmp_path / "sheet", MAIL, 20)
    for place, name in enumerate(("overview.jpg", "label.jpg")):
        (file.parent / name).unlink()
        if place:
            (file.parent / name).write_bytes(b"")
        else:
            (file.parent / name).mkdir()
    os.mkfifo(tmp_path / "pipe.json")

    said = desk.run("record", file, tmp_path / "pipe.json")

    assert "photos.0: overview.jpg: is a folder" in said.err
    assert "photos.1: label.jpg: the file is empty" in said.err
    assert "pipe.json: is no plain file" in said.err


def test_a_number_that_is_kept_is_not_asked_to_be_kept(said: Said) -> None:
    told = [line for line in lines(said, "remark a number kept as seen") if "shape" in line]
    assert told
    assert not any("keep it as seen" in line for line in told)
