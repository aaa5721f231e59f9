"""Mistakes that people make who write packs: where each is found, and a word of what is told."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from tests.domain.pack_files import SMALLEST, category, paper, post, small, unit, without

BLOCKS = ["authority", "occasion", "person", "legal_basis", "grounds", "next_steps", "signatures"]
TEXT = json.dumps(SMALLEST, indent=1)
GLOVES = SMALLEST["categories"][0]


class Mistake(NamedTuple):
    """A pack with a mistake; `warns` when it is a remark."""

    pack: bytes | dict[str, Any]
    place: str
    told: str
    warns: bool = False


def both(en: str, fr: str = "") -> dict[str, str]:
    """Words in both languages of the smallest pack."""
    return {"en": en, "fr": fr or f"{en}-fr"}


def changed(old: str, new: str) -> bytes:
    """The text of the smallest pack with one part replaced."""
    assert old in TEXT, old
    return TEXT.replace(old, new, 1).encode()


def a_code(code: str, label: str) -> dict[str, Any]:
    """One code of a list."""
    return {"code": code, "label": both(label)}


ACCEPTED_ONCE: dict[str, Mistake] = {
    "a block of the paper misspelt": Mistake(
        paper(blocks=[*BLOCKS, "signature"]), "$.paper.blocks[7]", "perhaps 'signatures'"
    ),
    "all blocks misspelt": Mistake(
        paper(blocks=["authority", "legal_bases", "next_step", "ground", "signature"]),
        "$.paper.blocks", "'occasion' cannot be left out",
    ),
    "no grounds on the paper": Mistake(
        paper(blocks=[b for b in BLOCKS if b != "grounds"]),
        "$.paper.blocks", "'grounds' cannot be left out: the law asks for it",
    ),
    "a kind of place that is none": Mistake(
        post(place_type="moon"), "$.posts[0].place_type", "mail_centre"
    ),
    "a mode that is none": Mistake(
        post(default_mode="sea"), "$.posts[0].default_mode", "sea_container"
    ),
    "UK for a country": Mistake(post(country="UK"), "$.posts[0].country", "write GB"),
    "a country that is none": Mistake(post(country="QQ"), "$.posts[0].country", "ISO 3166-1"),
    "a LOCODE that is none": Mistake(post(unlocode="XA-1"), "$.posts[0].unlocode", "GBLHR"),
    "a LOCODE of another country": Mistake(
        post(unlocode="FRPAR"), "$.posts[0].unlocode", "the post is in XA", warns=True
    ),
    "a language without words": Mistake(
        small(languages=["en", "fr", "es"]), "$.languages[2]", "no words in 12 of 12 places"
    ),
    "a language of which the program has no words": Mistake(
        small(languages=["en", "fr", "ru"]), "$.languages[2]", "no words for a receipt", warns=True
    ),
    "a ruling language that the pack does not have": Mistake(
        paper(ruling_language="de"), "$.paper.ruling_language", "not among the languages"
    ),
    "a pack that is over": Mistake(
        small(valid_to="2020-12-31"), "$.valid_to", "over since 2020-12-31", warns=True
    ),
    "a heading that is none": Mistake(
        category(hs=[{"edition": "2022", "code": "9999.99"}]),
        "$.categories[0].hs[0].code", "ends with chapter 97",
    ),
    "an edition that is none": Mistake(
        small(hs_edition="2023"), "$.hs_edition", "no edition of the Harmonized System of 2023"
    ),
    "an edition of a heading that is none": Mistake(
        category(hs=[{"edition": "2023", "code": "4015.12"}]),
        "$.categories[0].hs[0].edition", "2022 has one",
    ),
    "a kilogram of a thousand": Mistake(
        unit(label=both("kilogram"), dimension="mass", factor="1000", whole=False),
        "$.units[0].factor", "the factor of kilogram is 1",
    ),
    "a kilogram of another dimension": Mistake(
        unit(label=both("Kilogram")), "$.units[0].dimension", "kilogram is a measure of mass"
    ),
    "two categories of one label": Mistake(
        small(categories=[GLOVES, {**GLOVES, "code": "GLOVE2"}]),
        "$.categories[1].label.en", "nobody can tell them apart",
    ),
    "the lot of ivory": Mistake(
        category(profile="equipment", required=["medicine.lot"]),
        "$.categories[0].required[0]", "equipment has none",
    ),
    "a freed field that names nobody": Mistake(
        small(freed=["route.origin_country"]), "$.freed[0]", "names no person"
    ),
    "fields that name persons are freed": Mistake(
        small(freed=["persons.parties.name"]), "$.freed", "would leave the post", warns=True
    ),
    "a character that turns the text": Mistake(
        small(title=both("Gloves\u202e")), "$.title.en", "U+202E"
    ),
    "a NUL": Mistake(category(label=both("Glo\0ves")), "$.categories[0].label.en", "U+0000"),
    "a line feed in a label": Mistake(
        category(label=both("Glo\nves")), "$.categories[0].label.en", "line break"
    ),
    "a hidden character in a search word": Mistake(
        category(search=["latex\u2066"]), "$.categories[0].search[0]", "U+2066"
    ),
    "a container of every record": Mistake(
        small(required=["consignment.container_no"]),
        "$.required[0]", "some modes of transport", warns=True,
    ),
    "a factor as number": Mistake(
        changed('"factor": "2"', '"factor": 1.0000000000000001'), "$.units[0].factor", "as text"
    ),
}  # fmt: skip
"""Mistakes that were once adopted without a word."""

TOLD_WELL: dict[str, Mistake] = {
    "a heading without dot": Mistake(
        category(hs=[{"edition": "2022", "code": "401512"}]),
        "$.categories[0].hs[0].code", "write it like 3004",
    ),
    "a code with a space": Mistake(
        changed('"code": "UNDECLARED"', '"code": "NOT DECLARED"'), "$.reasons[0].code", "letters"
    ),
    "a version of one number": Mistake(small(version="1"), "$.version", "like 1.4.0"),
    "an id in small letters": Mistake(small(id="gloves"), "$.id", "2 to 40 capitals"),
    "a post in small letters": Mistake(post(code="mcn"), "$.posts[0].code", "2 to 6 capitals"),
    "a list for a pack": Mistake(b"[]", "$", "found a list"),
    "words for a list": Mistake(
        small(reasons={"code": "X"}), "$.reasons", "a list in brackets [ ] is needed"
    ),
    "a number for a text": Mistake(small(hs_edition=2022), "$.hs_edition", "found a number"),
    "text for words": Mistake(small(title="Gloves"), "$.title", "words by language"),
    "text for a number": Mistake(
        paper(claim_rule={"months": "1"}), "$.paper.claim_rule.months", "a whole number is needed"
    ),
    "text for true": Mistake(
        paper(sample="yes"), "$.paper.sample", "without quotation marks; found 'yes'"
    ),
    "null for a list": Mistake(small(photos=None), "$.photos", "found nothing (null)"),
    "a group that is none": Mistake(
        category(profile="wildlife"), "$.categories[0].profile",
        "medicine, supply, drug, precursor, equipment",
    ),
    "a form that is none": Mistake(small(form="tiny"), "$.form", "short, long"),
    "a dimension that is none": Mistake(
        unit(dimension="area"), "$.units[0].dimension", "mass, volume, money, dose, piece, package"
    ),
    "a list that is missing": Mistake(without("detection"), "$.detection", "is missing"),
    "a label that is missing": Mistake(
        without("label", "units"), "$.units[0].label", "is missing"
    ),
    "a field misspelt": Mistake(
        changed('"units": [\n    "pair"', '"unit": [\n    "pair"'),
        "$.categories[0].unit", "perhaps 'units'",
    ),
    "an unknown field": Mistake(small(colour="red"), "$.colour", "has no field 'colour' here"),
    "a unit misspelt": Mistake(category(units=["pear"]), "$.categories[0].units", "perhaps 'pair'"),
    "a photo role misspelt": Mistake(small(photos=["overvew"]), "$.photos", "perhaps 'overview'"),
    "a required field misspelt": Mistake(
        category(required=["medicine.lott"]), "$.categories[0].required[0]", "'medicine.lot'"
    ),
    "a field required in every record that only goods have": Mistake(
        small(required=["goods.quantity"]), "$.required[0]", "in the categories"
    ),
    "a code that stands twice": Mistake(
        small(reasons=[a_code("A", "One"), a_code("A", "Two")]), "$.reasons[1].code", "second time"
    ),
    "a list that is empty": Mistake(small(posts=[]), "$.posts", "empty"),
    "no legal basis": Mistake(small(legal_bases=[]), "$.legal_bases", "none could become final"),
    "an unknown plural category": Mistake(
        unit(plural={"en": {"mny": "pairs", "other": "pairs"}, "fr": "paires"}),
        "$.units[0].plural.en", "perhaps 'many'",
    ),
    "a day in another order": Mistake(small(valid_from="23.11.2026"), "$.valid_from", "2026-11-23"),
    "an end before the beginning": Mistake(
        small(valid_from="2027-02-02", valid_to="2027-02-01"), "$.valid_to", "before"
    ),
    "a factor of zero": Mistake(unit(factor="0"), "$.units[0].factor", "greater than zero"),
    "a factor that is no number": Mistake(unit(factor="sNaN"), "$.units[0].factor", "zero"),
    "a factor with a comma": Mistake(unit(factor="0,5"), "$.units[0].factor", "like \"0.001\""),
    "no English": Mistake(small(languages=["fr"]), "$.languages", "English"),
    "a language with a name": Mistake(
        small(languages=["en", "fr", "français"]), "$.languages[2]", "like en or pt-BR"
    ),
    "a comma too many": Mistake(changed('"form": "short",', '"form": "short",,'), "line 1", "JSON"),
    "a key that stands twice": Mistake(
        changed('"form": "short"', '"form": "long", "form": "short"'), "$.form", "twice"
    ),
    "another encoding": Mistake(TEXT.encode("utf-16"), "line 1", "UTF-8"),
}  # fmt: skip
"""Mistakes that were refused in words that few people understand, and those that were told well."""

MORE: dict[str, Mistake] = {
    "a word of the paper that is none": Mistake(
        paper(words={"signaturs": {"en": "Signed"}}),
        "$.paper.words.signaturs", "perhaps 'signatures'",
    ),
    "a word of the paper without language": Mistake(
        paper(words={"holder": {"english": "Owner"}}),
        "$.paper.words.holder.english", "not a language tag",
    ),
    "a word of the paper that is longer than its room": Mistake(
        paper(words={"receipt_no": {"fr": "Numéro du récépissé de saisie"}}),
        "$.paper.words.receipt_no.fr", "longer than 24",
    ),
    "a word of the paper that says nothing": Mistake(
        paper(words={"seal": {"en": "..."}}), "$.paper.words.seal.en", "no words",
    ),
    "a unit without plural": Mistake(
        unit(plural={}), "$.units[0].plural", "no plural in 'en'", warns=True
    ),
    "a language with more forms": Mistake(
        unit(plural={"en": "pairs", "fr": "paires", "ru": "пар"}, label=both("pair") | {"ru": "п"})
        | {"languages": ["en", "fr", "ru"]},
        "$.units[0].plural.ru", "few, many", warns=True,
    ),
    "a group without heading": Mistake(
        small(reasons=[a_code("A", "One") | {"group": "Papers"}]),
        "$.reasons[0].group", "'Papers' has no words in headings", warns=True,
    ),
    "drugs without a safety text": Mistake(
        category(profile="drug"), "$.categories[0]", "no safety text", warns=True
    ),
    "kilograms in whole numbers": Mistake(
        unit(label=both("kilogram"), dimension="mass", factor="1"),
        "$.units[0]", "set whole to false", warns=True,
    ),
    "codes that differ in capitals alone": Mistake(
        small(reasons=[a_code("A", "One"), a_code("a", "Two")]),
        "$.reasons[1].code", "capitals", warns=True,
    ),
    "a unit of no category": Mistake(
        small(units=[*SMALLEST["units"], {**SMALLEST["units"][0], "code": "set",
                                          "label": both("set")}]),
        "$.units[1]", "a unit of no category", warns=True,
    ),
    "blank words": Mistake(category(label={"en": "Gloves", "fr": "  "}),
                           "$.categories[0].label", "no words in 'fr'"),
    "a tag that is none": Mistake(
        category(label=both("Gloves") | {"French": "Gants"}),
        "$.categories[0].label.French", "language tag",
    ),
    "a complete language that is not listed": Mistake(
        small(languages=["en"]), "$.languages", "'fr' has words everywhere", warns=True
    ),
    "a paper that tells nobody how to claim": Mistake(
        paper(next_steps={}), "$.paper", "how to claim", warns=True
    ),
    "a test kit of every record": Mistake(
        small(required=["detection.field_test.kit"]), "$.required[0]", "not true of every record",
        warns=True,
    ),
    "digits of another script": Mistake(
        small(version="１.0.0"), "$.version", "other than 0 to 9"
    ),
    "a heading of another edition alone": Mistake(
        category(hs=[{"edition": "2017", "code": "4015.11"}]),
        "$.categories[0].hs", "no heading of the edition 2022", warns=True,
    ),
    "money among the pieces": Mistake(
        small(units=[*SMALLEST["units"], {**SMALLEST["units"][0], "code": "EUR",
                                          "label": both("euro")}]),
        "$.units[1].dimension", "EUR is a currency", warns=True,
    ),
    "a unit that stands twice": Mistake(
        category(units=["pair", "pair"]), "$.categories[0].units[1]", "twice"
    ),
}  # fmt: skip
"""Further mistakes that the check of the shipped packs alone found, or nobody."""
