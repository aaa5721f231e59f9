"""The words of the papers that a pack may replace, by key; each with the words of the program."""

from __future__ import annotations

from collections.abc import Mapping

from domain.fields import label_of
from domain.words import mark

PAPER_WORDS: Mapping[str, str] = {
    "receipt_no": mark("Receipt no."),
    "seizure_no": mark("Seizure no."),
    "issued": mark("Issued"),
    "this_paper": mark("This paper"),
    "original": mark("ORIGINAL"),
    "occasion": label_of("occasion"),
    "person": label_of("persons.parties"),
    "goods": label_of("goods"),
    "identifiers": label_of("consignment"),
    "legal_basis": label_of("legal.legal_basis"),
    "grounds": label_of("legal.grounds"),
    "next_steps": mark("What happens next"),
    "several_periods": mark(
        "The laws below have different periods. Each claim has the period of its law."
    ),
    "claim_until": mark("Claim until"),
    "claims_go_to": mark("Claims go to"),
    "property_left": label_of("legal.property_left"),
    "photos": label_of("photos"),
    "language_note": mark("Language"),
    "signatures": mark("Signatures"),
    "holder": mark("Holder of the goods"),
    "seal": mark("Electronic seal"),
}
"""In the order of the paper (docs/pack-format.md)."""
NARROW = ("receipt_no", "seizure_no", "issued", "this_paper", "original", "seal")
"""Words with room for one short line."""
NARROW_LIMIT = 24
"""Characters of such a word."""
