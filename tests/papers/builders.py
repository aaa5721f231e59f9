"""Makes papers with good defaults, so that a test shows only what matters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from domain.ids import DeviceId, EntryHash, PackHash, PhotoHash
from domain.instant import Instant
from domain.interception.conveyance import Consignment
from domain.interception.goods import GoodsLine, Medicine
from domain.interception.legal import Legal
from domain.interception.media import Photo
from domain.interception.occasion import Occasion
from domain.interception.persons import Party, Persons
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from domain.pack.law import ClaimRule
from domain.pack.model import Category, LegalBasis, Pack, Paper, Post, Unit
from domain.pack.part import Code
from domain.signing import SigningKey
from papers.receipt.model import ReceiptPaper
from papers.receipt.seal_facts import facts_of
from papers.seal.seal import make_seal

KEY = SigningKey(bytes(range(32)))
OTHER_KEY = SigningKey(bytes(range(1, 33)))


def both(english: str, french: str) -> dict[str, str]:
    """Words in the two languages of the test pack."""
    return {"en": english, "fr": french}


def code(name: str, english: str, french: str = "") -> Code:
    """A choice of a code list."""
    return Code(code=name, label=both(english, french or english))


def a_profile(**changes: Any) -> Paper:
    """What the pack says about paper."""
    values: dict[str, Any] = {
        "authority": both("Customs Service of Sampleland", "Douanes de Sampleland"),
        "address": both("1 Custom House Quay, 1000 Sampletown", "1, quai de la Douane"),
        "contact": "+999 555 0100 · seizures@customs.example",
        "claim_address": both("Claims Office, PO Box 100, 1000 Sampletown", "Réclamations, BP 100"),
        "claim_rule": ClaimRule(months=1),
        "next_steps": both(
            "You may claim the goods in writing at the address above until the date named. State "
            "the receipt number, who you are and why the goods are not liable to forfeiture. If no "
            "claim arrives by that date, the goods are forfeited and may be destroyed.",
            "Vous pouvez réclamer les marchandises par écrit à l’adresse ci-dessus jusqu’à la date "
            "indiquée. Sans réclamation reçue à cette date, elles sont confisquées.",
        ),
    }
    return Paper(**{**values, **changes})


def a_checklist(**changes: Any) -> Checklist:
    """A small pack in force."""
    values: dict[str, Any] = {
        "format": "tidewaiter-pack/1",
        "id": "TEST",
        "version": "1.0.0",
        "title": both("Test", "Essai"),
        "languages": ("en", "fr"),
        "form": "short",
        "hs_edition": "2022",
        "posts": (Post(code="MCN", name=both("Mail Centre North", "Centre postal"), country="XA"),),
        "units": (
            Unit(code="capsule", label=both("capsule", "gélule"), dimension="dose"),
            Unit(code="ampoule", label=both("ampoule", "ampoule"), dimension="dose"),
        ),
        "categories": (
            Category(
                code="med",
                label=both("Medicines in retail packs", "Médicaments au détail"),
                group="medicine",
                units=("capsule", "ampoule"),
            ),
        ),
        "reasons": (
            code("UNAUTH", "No authorisation for import", "Sans autorisation d’importation"),
            code("EXPIRED", "Expired", "Périmé"),
        ),
        "indicators": (code("I-SECRET", "PLANTED indicator"),),
        "concealment": (code("C-SECRET", "PLANTED concealment"),),
        "detection": (code("D-SECRET", "PLANTED method"),),
        "photo_roles": (code("overview", "Overview", "Vue"), code("label", "Label", "Étiquette")),
        "legal_bases": (
            LegalBasis(
                code="ACT-10",
                label=both("SAMPLE Customs Act, section 10", "EXEMPLE Code, article 10"),
                text=both("Sample wording, not law: an officer may seize goods.", "Texte."),
            ),
        ),
        "paper": a_profile(),
    }
    terms = {
        "place_types": (code("mail_centre", "mail centre", "centre postal"),),
        "weight_bases": (code("weighed", "weighed", "pesé"),),
        "party_roles": (code("consignee", "consignee", "destinataire"),),
        "service_ways": (code("post", "sent by post", "envoyé par la poste"),),
        "signature_states": (code("refused", "refused", "refusé"), code("absent", "absent")),
        "dosage_forms": (code("capsule", "capsule", "gélule"),),
    }
    return Checklist(Pack(**{**values, **changes}), PackHash(bytes(32)), terms)


def a_line(number: int = 1, **changes: Any) -> GoodsLine:
    """One line of goods."""
    values: dict[str, Any] = {
        "category": "med",
        "description": "Amoxicillin capsules in blister packs, plain carton",
        "brand": "Amoxal",
        "marks": f"AX {number}",
        "packs": 14,
        "units_per_pack": 40,
        "unit": "capsule",
        "gross_weight_kg": Decimal("0.512"),
        "net_weight_kg": Decimal("0.420"),
        "weight_basis": "weighed",
        "reasons": ("UNAUTH",),
        "condition": "cartons crushed, blisters intact",
        "medicine": Medicine(
            inn="amoxicillin", strength="500 mg", lot="B1234", expiry=date(2027, 4, 30)
        ),
        "bag_no": f"B {4711000 + number}",
    }
    return GoodsLine(**{**values, **changes})


def an_interception(**changes: Any) -> Interception:
    """A parcel with medicines, fully described."""
    values: dict[str, Any] = {
        "post": "MCN",
        "officer": "4711",
        "occasion": Occasion(
            seized_at=Instant.parse("2026-11-23T03:05+01:00"),
            place_text="Mail Centre North, hall 2",
            unlocode="XAMCN",
            place_type="mail_centre",
        ),
        "consignment": Consignment(mode="mail", postal_item_id="RR123456785GB"),
        "goods": (a_line(1), a_line(2, packs=None, units_per_pack=None, quantity=Decimal(60))),
        "persons": Persons(
            parties=(
                Party(role="consignee", name="José Müller", address="12 Harbour Road, Sampletown"),
            )
        ),
        "legal": Legal(
            action="seizure",
            legal_basis=("ACT-10",),
            grounds="The parcel is declared as sweets. It holds medicines in cartons without the "
            "authorisation number that the Medicines Act asks for.",
            served="post",
            holder_signature="absent",
        ),
        "photos": tuple(
            Photo(sha256=PhotoHash.of(bytes([number])), role="label" if number else "overview")
            for number in range(4)
        ),
    }
    return Interception(**{**values, **changes})


def a_paper(key: SigningKey | None = KEY, **changes: Any) -> ReceiptPaper:
    """A receipt, sealed with `key` (None: not sealed)."""
    values: dict[str, Any] = {
        "receipt_no": "R-MCN-2026-000123",
        "seizure_no": "XA-MCN-2026-00412-K",
        "interception": an_interception(),
        "checklist": a_checklist(),
        "issued_at": Instant.parse("2026-11-23T03:12+01:00"),
        "served_on": date(2026, 11, 23),
        "officer": "4711",
        "device": DeviceId.from_random(bytes(range(10))),
        "entry_seq": 1204,
        "tip": EntryHash.of(b"tip"),
    }
    paper = ReceiptPaper(**{**values, **changes})
    if key is None:
        return paper
    return msgspec.structs.replace(paper, seal=make_seal(facts_of(paper), key))
