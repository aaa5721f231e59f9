"""An operation pack: the checklist that defines the form, the checks and the paper of a post.

The file format is described in docs/pack-format.md. Every label is a map from language to words;
`en` is always there. A code that a later version drops stays readable in old records.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

FORMAT = "tidewaiter-pack/1"

Labels = dict[str, str]
"""Words by language (BCP 47), `en` among them."""

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"
HS_PATTERN = r"^\d{4}(\.\d{2}){0,2}$"
POST_PATTERN = r"^[A-Z0-9]{2,6}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
ID_PATTERN = r"^[A-Z0-9][A-Z0-9-]{1,39}$"
VERSION_PATTERN = r"^\d+\.\d+\.\d+$"
"""How these texts are written; `domain.pack.shape` has the words for each."""

CodeText = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN)]


class PackPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a pack. A field that the format does not know is refused, not ignored."""


class Code(PackPart, frozen=True, kw_only=True):
    """One choice of a code list."""

    code: CodeText
    label: Labels
    group: str = ""
    """A heading shared by neighbouring choices; `Pack.headings` has its words by language."""
    hint: Labels = {}
    other: bool = False
    """A catch-all ("other"): it needs a description."""


class Dimension(StrEnum):
    """What a unit counts or measures, with the base unit of it."""

    MASS = "mass"
    """Kilograms."""
    VOLUME = "volume"
    """Litres."""
    DOSE = "dose"
    """Dose units."""
    PIECE = "piece"
    PACKAGE = "package"


class FormLength(StrEnum):
    """How many fields the form asks for at first."""

    SHORT = "short"
    LONG = "long"


class Unit(PackPart, frozen=True, kw_only=True):
    """A unit of counting. Amounts of unlike `dimension` are never added."""

    code: CodeText
    label: Labels
    """The word for one of it."""
    plural: dict[str, str | Labels] = {}
    """Words for other amounts, or for each plural category (CLDR) of the language with more than
    two forms; a language that is not here uses the label."""
    dimension: str
    """The code of a `Dimension`."""
    factor: Decimal = Decimal(1)
    """The number of base units of the dimension in one of this unit."""
    whole: bool = True
    """Whether only whole numbers are allowed."""


class Hs(PackPart, frozen=True, kw_only=True):
    """A heading of the Harmonized System; the edition is part of it."""

    edition: str
    code: Annotated[str, msgspec.Meta(pattern=HS_PATTERN)]
    note: str = ""


class Group(StrEnum):
    """The kind of goods of a category; it decides which blocks of a line the form asks for."""

    MEDICINE = "medicine"
    SUPPLY = "supply"
    DRUG = "drug"
    PRECURSOR = "precursor"
    EQUIPMENT = "equipment"


class Category(PackPart, frozen=True, kw_only=True):
    """One kind of goods on the checklist."""

    code: CodeText
    label: Labels
    group: str
    """The code of a `Group`."""
    units: tuple[CodeText, ...]
    """Allowed units; the first is the default."""
    hs: tuple[Hs, ...] = ()
    photos: tuple[CodeText, ...] = ()
    """Roles of required photos, in addition to those of the pack."""
    required: tuple[str, ...] = ()
    """Fields of the goods line that must be filled (`medicine.lot`)."""
    asked: tuple[str, ...] = ()
    """Fields of the goods line that the form shows though they may stay empty."""
    other: bool = False
    control: str = ""
    """Control list, for instance `1971 Schedule II`."""
    control_as_of: str = ""
    """The day of the list that `control` was read from, ISO 8601."""
    search: tuple[str, ...] = ()
    """More search words for the category: trade names, CAS numbers."""

    @property
    def weighed(self) -> bool:
        """Whether its goods are weighed and tested: drugs and precursors."""
        return self.group in (Group.DRUG, Group.PRECURSOR)


class Post(PackPart, frozen=True, kw_only=True):
    """A customs post that takes part in the operation."""

    code: Annotated[str, msgspec.Meta(pattern=POST_PATTERN)]
    name: Labels
    country: Annotated[str, msgspec.Meta(pattern=COUNTRY_PATTERN)]
    unlocode: str = ""
    place_type: str = ""
    default_mode: str = ""


class ClaimRule(PackPart, frozen=True, kw_only=True):
    """The period for a claim, counted from the day on which the paper is served."""

    days: int = 0
    months: int = 0
    """Calendar months; a day that does not exist in the month becomes its last day."""


class LegalBasis(PackPart, frozen=True, kw_only=True):
    """A paragraph of law that a receipt may name."""

    code: CodeText
    label: Labels
    text: Labels = {}


class PaperBlock(StrEnum):
    """A block of the receipt, in the order of the paper (`papers.receipt.blocks`)."""

    AUTHORITY = "authority"
    TITLE = "title"
    NUMBERS = "numbers"
    OCCASION = "occasion"
    PERSON = "person"
    GOODS = "goods"
    IDENTIFIERS = "identifiers"
    LEGAL_BASIS = "legal_basis"
    GROUNDS = "grounds"
    NEXT_STEPS = "next_steps"
    PROPERTY_LEFT = "property_left"
    PHOTOS = "photos"
    LANGUAGE_NOTE = "language_note"
    SIGNATURES = "signatures"


class Paper(PackPart, frozen=True, kw_only=True):
    """Texts of the receipt that are not in the record. Lawyers must confirm sample texts."""

    authority: Labels
    address: Labels
    contact: str = ""
    claim_address: Labels = {}
    claim_rule: ClaimRule | None = None
    next_steps: Labels = {}
    ruling_language: str = "en"
    blocks: tuple[str, ...] = ()
    """Blocks to print, by name (docs/pack-format.md); when empty, all blocks with content are
    printed."""
    sample: bool = True


class Pack(PackPart, frozen=True, kw_only=True):
    """One version of a checklist."""

    format: str
    id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
    version: Annotated[str, msgspec.Meta(pattern=VERSION_PATTERN)]
    title: Labels
    languages: tuple[str, ...]
    form: str
    """The code of a `FormLength`."""
    hs_edition: str
    posts: tuple[Post, ...]
    units: tuple[Unit, ...]
    categories: tuple[Category, ...]
    reasons: tuple[Code, ...]
    indicators: tuple[Code, ...]
    concealment: tuple[Code, ...]
    detection: tuple[Code, ...]
    photo_roles: tuple[Code, ...]
    photos: tuple[CodeText, ...] = ()
    """Roles of photos that every record must have."""
    required: tuple[str, ...] = ()
    """Fields of the record that must be filled before it is final, in addition to those of the
    product."""
    legal_bases: tuple[LegalBasis, ...] = ()
    paper: Paper
    headings: dict[str, Labels] = {}
    """Words for the groups of the code lists, by group; a group that is not here is shown as it
    is."""
    safety: Labels = {}
    """Shown while a drug line is on the screen."""
    freed: tuple[str, ...] = ()
    """Nominal fields (`persons.parties.name`) that may travel to the hub."""
    valid_from: str = ""
    valid_to: str = ""


Choice = Code | Unit | Category | LegalBasis | Post
"""One entry of a code list."""


def labels_of(choice: Choice) -> Labels:
    """The words for a choice by language; of a post, its name."""
    return choice.name if isinstance(choice, Post) else choice.label


CODE_LISTS = (
    "categories", "reasons", "indicators", "concealment", "detection", "photo_roles",
    "legal_bases", "units", "posts",
)  # fmt: skip
