"""Record files that may be right, with the remark they get, and such as must get none."""

from __future__ import annotations

from tests.journeys.sheets import GOOD, Sheet, changed, med, medicine
from tests.journeys.strange_sheets import ADA, DRUGS, ITEM, JORIS, KIT, MAIL, told, with_party

REMARKS: dict[str, tuple[Sheet, str, str]] = {
    "born in 1790": (with_party([{"role": "consignee", "born": "1790-01-01"}], "case_ref", "1"),
                     "persons.parties.0.born", "is more than 120 years ago"),
    "no address": (with_party([{"role": "consignee", "email": "not an email"}], "case_ref", "1"),
                   "persons.parties.0.email", "is not an e-mail address"),
    "a party twice": (with_party(ADA + ADA, "case_ref", "1"), "persons.parties.1",
                      "this person is already in the record"),
    "a witness twice": (told("legal.witnesses", ["Bo Wit", "BO WIT"]), "legal.witnesses.1",
                        "this witness is already in the record"),
    "a party for a witness": (with_party(ADA, "legal.witnesses", ["Ada Maria Example"]),
                              "legal.witnesses.0", "is a party"),
    "nobody and a party": (with_party(ADA, "persons.involved", 0), "persons.involved",
                           "is less than the persons who are named"),
    "one of two travellers": (
        with_party([{"role": "traveller", "name": "A B"}, {"role": "driver", "name": "C D"}],
                   "case_ref", "1"),
        "persons.involved", "is less than the persons who are named"),
    "detected long before": (told("occasion.detected_at", "2020-01-01T00:00:00Z"),
                             "occasion.detected_at", "is more than a year before the "
                                                     "seizure"),
    "a place in no country": (
        told("occasion", {**MAIL["occasion"], "place_text": "Quay", "unlocode": "ZZAAA",
                          "place_type": "seaport"}),
        "occasion.unlocode", "ZZ is not a country with places"),
    "an old kit": (told("detection.field_test", {**KIT, "expiry": "2020-01"}, DRUGS),
                   "detection.field_test.expiry", "the kit had expired on 2020-01-31"),
    "year 2003": (told("occasion.seized_at", "2003-05-01T00:00:00Z"), "occasion.seized_at",
                  "is more than a year ago"),
    "before the pack": (told("occasion.seized_at", "2025-12-31T00:00:00Z"), "occasion.seized_at",
                        "is before 2026-01-01, the first day on which this pack is valid"),
    "expired goods": (told("goods.0.medicine.expiry", "2020-01"), "goods.0.reasons",
                      "expired on 2020-01-31"),
    "no item number": (told("consignment.postal_item_id", None), "consignment.postal_item_id",
                       "no item number"),
    "an item of another record": (told("consignment", ITEM), "consignment.postal_item_id",
                                  "is also in XA-MCN1-"),
    "transit through the end": (told("route.transit_countries", ["FR", "XA"]),
                                "route.transit_countries", "is a country of transit and an end"),
    "transit twice": (told("route.transit_countries", ["FR", "DE", "FR"]),
                      "route.transit_countries", "FR (France) is entered twice"),
    "a traveller without a flight": (told("conveyance", {}, GOOD["air passenger"]),
                                     "conveyance.flight_no", "is missing"),
    "nobody in the car": (told("persons", None, med(
        consignment={"mode": "road_passenger"}, conveyance={"vehicle_registration": "A 1"})),
        "persons.involved", "is missing"),
    "another crime": (
        told("goods.0", {k: v for k, v in medicine(reasons=["OTHER_CRIME"]).items()
                         if k != "description"}),
        "goods.0.reasons", "needs a description"),
    "another mode": (told("remarks", None, GOOD["on foot"]), "consignment.mode",
                     "Describe it under remarks"),
    "remarks of dots": (told("remarks", "...", GOOD["on foot"]), "consignment.mode",
                        "Describe it under remarks"),
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
                         "the paper does not name the person it is served on"),
    "served on one of two": (
        with_party([{"role": "other", "name": "Bo Sample"}, {"role": "notify", "name": "Cy Demo"}],
                   "legal.served", "person"),
        "legal.served", "in the role of traveller, driver, consignee or agent"),
    "white tablets": (with_party([{"name": "Rose White"}], "goods.0.description", "White tablets"),
                      "goods.0.description", "contains White"),
    "two names of three": (with_party(ADA, "photos.0.caption", "To ADA MARIA, as addressed"),
                           "photos.0.caption", "contains ADA MARIA"),
    "a short telephone number in a lot": (
        with_party(JORIS, "goods.0.description", "Lot 999555, tablets"),
        "goods.0.description", "contains +999 555"),
    "goods of the same name": (
        told("consignment.declaration", {"description": "hand cream"},
             with_party([{"name": "Hand Cream"}], "case_ref", "1")),
        "consignment.declaration.description", "contains hand cream"),
    "a brand of the same name": (
        with_party([{"name": "Pfizer"}], "goods.0.brand", "Pfizer"), "goods.0.brand",
        "contains Pfizer"),
    "a number kept as seen": (
        told("consignment", {**MAIL["consignment"], "mrn": "Ada Example",
                             "as_seen_on_label": ["consignment.mrn"]},
             with_party(ADA, "case_ref", "1")),
        "consignment.mrn", "contains Ada Example"),
    "a camera whose clock is not set": (told("photos.0.captured_at", "0000-00-00T00:00:00"),
                                        "photos.0.captured_at", "no such date or time"),
    "a maker of the same name": (with_party(ADA, "goods.0.medicine.manufacturer_on_label",
                                            "Ada Maria"),
                                 "goods.0.medicine.manufacturer_on_label", "contains Ada Maria"),
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
