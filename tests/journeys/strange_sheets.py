"""Record files that are wrong, each with its field and the words that tell of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.sheets import Sheet, changed, med, medicine, meth, syn

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
           "UK is not on the list countries. Perhaps: GB (United Kingdom)."),
    "a country in words": (told("route.dispatch_country", "Germany"), "route.dispatch_country",
                           "Germany is not on the list countries. Perhaps: DE (Germany)."),
    "three letters": (told("route.transit_countries", ["GBR"]), "route.transit_countries", "GB"),
    "CE": (told("goods.0.medicine.conformity_marks", ["CE"]), "goods.0.medicine.conformity_marks",
           "is not on the list conformity_marks. Perhaps: ce, niosh"),
    "a mode in words": (told("consignment.mode", "ship"), "consignment.mode",
                        "is not on the list modes. Perhaps: mail, express"),
    "a category nearly": (told("goods.0.category", "MED_PREGABA"), "goods.0.category",
                          "is not on the list categories. Perhaps: MED_PREGAB"),
    "a post nobody has": (told("post", "XXX"), "post",
                          "XXX is not a post of this pack. It has: MCN (Mail Centre North), APE"),
    "a post that is no text": (told("post", ["MCN"]), "post", "expected text, found a list"),
    "a unit of another category": (told("goods.0.unit", "kg"), "goods.0.unit",
                                   "MED_PREGAB (Pregabalin) is not counted in kg (kilograms)"),
    "none and another": (told("detection.concealment", ["NONE", "MAIL_TOY"]),
                         "detection.concealment", "NONE (Open, no concealment) cannot be combined"),
    "no mark and a mark": (told("goods.0.medicine.conformity_marks", ["none", "ce"]),
                           "goods.0.medicine.conformity_marks", "none cannot be combined with"),
    # numbers
    "less than zero": (told("goods.0.quantity", -5), "goods.0.quantity",
                       "must be zero or greater"),
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
    "packs below zero": (told("goods.0.packs", -1), "goods.0.packs", "must be zero or "
                                                                     "greater"),
    "a group for a number": (told("goods.0.quantity", {"id": 5}), "goods.0.quantity",
                             "expected text, found an object"),
    "a text for a group": (told("route", "GB to XA"), "route",
                           "expected an object, found 'GB to XA'"),
    "net over gross": (told("goods.0", meth(net_weight_kg="1"), DRUGS), "goods.0.net_weight_kg",
                       "is more than the gross weight"),
    "a wrong check digit": (told("consignment.postal_item_id", "RR000000046GB"),
                            "consignment.postal_item_id", "check digit"),
    # bags
    "a bag twice": (told("goods", [medicine(bag_no="XB 0100001"), medicine(bag_no="xb-0100001")]),
                    "goods.1.bag_no", "bag XB0100001 is in line 1 and in line 2"),
    "a bag of another record": (told("goods.0.bag_no", "xb 7001"), "goods.0.bag_no",
                                "bag xb 7001 was used in XA-MCN1-"),
    "a bag in letters of full width": (
        told("goods", [medicine(bag_no="XB 0100009"), medicine(bag_no="ＸＢ　０１００００９")]),
        "goods.1.bag_no", "bag XB0100009 is in line 1 and in line 2"),
    "no bag": (told("goods.0.bag_no", "--"), "goods.0.bag_no", "is not a bag number"),
    # place and time
    "half a position": (told("occasion.latitude", 51.5), "occasion.longitude", "is missing"),
    "year 1800": (told("occasion.seized_at", "1800-01-01T00:00:00Z"), "occasion.seized_at",
                  "is before the year 2000"),
    "tomorrow": (told("occasion.seized_at", "2999-01-01T00:00:00Z"), "occasion.seized_at",
                 "is in the future"),
    "no offset": (told("occasion.seized_at", "2026-11-01T00:00:00"), "occasion.seized_at",
                  "not a date and time with its offset"),
    "served before": (told("legal.served_at", "2020-01-01T00:00:00Z"), "legal.served_at",
                      "is before the seizure"),
    "served in time to come": (told("legal.served_at", "2999-01-01T00:00:00Z"), "legal.served_at",
                               "is in the future"),
    "signed and not served": (
        changed(told("legal.served", "none"), "legal.holder_signature", "signed"),
        "legal.holder_signature", "is filled, but the paper was not served"),
    "born tomorrow": (with_party([{"born": "2999-01-01"}], "case_ref", "1"),
                      "persons.parties.0.born", "is in the future"),
    # grounds
    "dots": (told("legal.grounds", "." * 20), "legal.grounds", "does not give the "
                                                               "reasons in words"),
    "a letter and spaces": (told("legal.grounds", "x" + " " * 30 + "."), "legal.grounds",
                            "does not give the reasons in words"),
    "one letter": (told("legal.grounds", "x" * 30), "legal.grounds", "does not give "
                                                                     "the reasons in "
                                                                     "words"),
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
    "an officer with a name": (told("officer", "John Smith"), "officer", "is not a "
                                                                         "badge "
                                                                         "number"),
    "an officer in two lines": (told("officer", "4417\n4418"), "officer",
                                 "is not a badge number"),
    "a witness with a name": (
        told("detection.field_test", {**KIT, "tester": "4417", "witness": "Mary Jones"}, DRUGS),
        "detection.field_test.witness", "is not a badge number"),
    "a tester with a Chinese name": (
        told("detection.field_test", {**KIT, "tester": "王小明"}, DRUGS),
        "detection.field_test.tester", "is not a badge number"),
    "a party for an officer": (with_party(ADA, "officer", "AdaMariaExample"), "officer",
                               "contains AdaMariaExample"),
    # lines and hidden characters
    "two lines in one": (
        told("goods.0.category_other", "Pill\nXA-APE2-2026-99999-9"), "goods.0.category_other",
        "contains a line break or a tab. Write it on one line."),
    "a tab": (told("goods.0.description", "A\tB"), "goods.0.description", "contains a line break"),
    "a separator of lines": (told("case_ref", "A\u2028B"), "case_ref", "contains a line break"),
    "a next line": (told("goods.0.brand", "A\x85B"), "goods.0.brand", "contains a line break"),
    "a line break in a list": (told("consignment.seals_found", ["A1", "A\nB"]),
                               "consignment.seals_found.1", "contains a line break"),
    "a name in two lines": (with_party([{"name": "Ada\nExample"}], "case_ref", "1"),
                            "persons.parties.0.name", "contains a line break"),
    "a space of no width": (with_party([{"name": "A\u200bda"}], "case_ref", "1"),
                            "persons.parties.0.name", "contains the hidden character U+200B"),
    "a mark of byte order": (told("remarks", "A \ufeffB"), "remarks", "hidden character U+FEFF"),
    # photos
    "a name for a time": (told("photos.0.captured_at", "Zedekiah Qarr 0999 555 0101"),
                          "photos.0.captured_at", "is not a date and time"),
    "yesterday": (told("photos.0.captured_at", "yesterday"), "photos.0.captured_at",
                  "is not a date and time"),
    # names that travel
    "a name in a caption": (with_party(ADA, "photos.0.caption", "To ADA EXAMPLE, as addressed"),
                            "photos.0.caption", "contains ADA EXAMPLE"),
    "a name in a description": (with_party(ADA, "goods.0.description", "Example, María: capsules"),
                                "goods.0.description", "contains Example María"),
    "a name without its space": (with_party(ZEDEKIAH, "goods.0.description", "For ZedekiahQarr"),
                                 "goods.0.description", "contains ZedekiahQarr"),
    "a name with a soft hyphen": (
        with_party(ZEDEKIAH, "goods.0.description", "For Zede\u00adkiah Qarr"),
        "goods.0.description", "contains Zedekiah Qarr"),
    "a name with a joiner": (
        with_party(ZEDEKIAH, "goods.0.description", "For Zede\u200dkiah Qarr"),
        "goods.0.description", "contains Zedekiah Qarr"),
    "a name with particles": (
        with_party(JORIS, "goods.0.description", "Addressed to Joris van den Berg"),
        "goods.0.description", "contains Joris Berg"),
    "a name for a number kept as seen": (
        told("consignment", {**MAIL["consignment"], "mrn": "Ada Example",
                             "as_seen_on_label": ["consignment.mrn"]},
             with_party(ADA, "goods.0.description", "To Ada Example")),
        "goods.0.description", "contains Ada Example"),
    "a passport in a text": (
        with_party(ADA, "detection.concealment_text", "Beside passport C01 X00T47"),
        "detection.concealment_text", "contains C01X00T47"),
    "a telephone": (with_party(ADA, "legal.property_left", "A note: (+999) 5550101"),
                    "legal.property_left", "contains +999 555 0101"),
    "a Chinese name": (with_party(CHINESE, "photos.0.caption", "收件人陈伟明的包裹"),
                       "photos.0.caption", "contains 陈伟明"),
    # the pack and the head
    "a pack nobody has": (told("pack", {"id": "SAMPLE-MED", "version": "9.9.9"}), "",
                          "there is no pack SAMPLE-MED 9.9.9 at this workstation. It has: "),
    "a pack of other bytes": (
        told("pack", {"id": "SAMPLE-MED", "version": "2.0.0", "sha256": "0" * 64}), "",
        "the pack SAMPLE-MED 2.0.0 at this workstation has another SHA-256 than 0000"),
    "a format of tomorrow": (told("format", "tidewaiter-record/2"), "",
                             "format is tidewaiter-record/2, and this program reads tidewaiter-"),
    "null in a list": (told("route.transit_countries", [None]), "route.transit_countries.0",
                       "expected text, found null"),
    "a hash that is none": (told("photos.0.sha256", "XYZ"), "photos.0",
                            "sha256 is not a SHA-256 in 64 hexadecimal digits"),
    "no pack": (told("pack", None), "",
                "the file names no pack, and this workstation has several. It has: SAMPLE-CITES 1"),
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
    "cut": (raw(b'{\n "post": "MC'), "not valid JSON at line 2, column 10"),
    "nested": (raw(b"[" * 200_000), "it is nested too deeply"),
    "a list": (raw(b"[]"), "not an interception in the format tidewaiter-record/1"),
    "twins": (raw(b'{"post": "A", "post": "B"}'), "the field post occurs twice in one group"),
    "not a number": (raw(b'{"pack": "SAMPLE-MED", "persons": {"involved": NaN}}'),
                     "persons.involved: not a whole number"),
    "digits": (raw(b'{"pack": "SAMPLE-MED", "persons": {"involved": ' + b"7" * 5000 + b"}}"),
               "persons.involved: has more than 12 digits"),
}  # fmt: skip
