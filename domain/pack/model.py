"""An operation pack: the checklist that defines the form, the checks and the paper of a post.

The file format is described in docs/pack-format.md. Every label is a map from language to words;
`en` is always there. A code that a later version drops stays readable in old records.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

from domain.pack.added import AddedField
from domain.pack.law import ActLaw, ClaimRule, WorkCalendar
from domain.pack.measure import Measure, OwnDimension
from domain.pack.part import (
    COUNTRY_PATTERN,
    HS_PATTERN,
    ID_PATTERN,
    POST_PATTERN,
    VERSION_PATTERN,
    Code,
    CodeText,
    FieldCode,
    PackPart,
)
from domain.pack.profile import Profile
from domain.pack.rule import Rule
from domain.words import Labels

FIRST_FORMAT = "tidewaiter-pack/1"
FORMAT = "tidewaiter-pack/2"
FORMATS = (FIRST_FORMAT, FORMAT)
"""The formats that this program reads. What only the second has is empty in a pack of the first."""


class Dimension(StrEnum):
    """What a unit counts or measures, with the base unit of it."""

    MASS = "mass"
    """Kilograms."""
    VOLUME = "volume"
    """Litres."""
    MONEY = "money"
    """Units of the currency that the unit's code names; there is no common base."""
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
    """The code of a `Dimension`, or of `Pack.dimensions`."""
    factor: Decimal = Decimal(1)
    """The number of base units of the dimension in one of this unit."""
    whole: bool = True
    """Whether only whole numbers are allowed."""


class Hs(PackPart, frozen=True, kw_only=True):
    """A heading of the Harmonized System; the edition is part of it."""

    edition: str
    code: Annotated[str, msgspec.Meta(pattern=HS_PATTERN)]
    note: str = ""


class Category(PackPart, frozen=True, kw_only=True):
    """One kind of goods on the checklist."""

    code: CodeText
    label: Labels
    group: str = ""
    """The profile, as a pack of the first format names it."""
    profile: str = ""
    """The code of a profile: of the pack, or one that ships (`Group`)."""
    fields: tuple[FieldCode, ...] = ()
    """Codes of `Pack.fields` that a line has beyond those of its profile."""
    units: tuple[CodeText, ...]
    """Allowed units; the first is the default."""
    dimensions: tuple[str, ...] = ()
    """Dimensions all of whose units are allowed too."""
    contents: tuple[CodeText, ...] = ()
    """Units in which the content of one can be said; with them the form asks for it."""
    measure: Measure | None = None
    """The second amount that the form asks for; else that of the profile."""
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
    def profile_code(self) -> str:
        """The code of its profile, in either format."""
        return self.profile or self.group


class Post(PackPart, frozen=True, kw_only=True):
    """A customs post that takes part in the operation."""

    code: Annotated[str, msgspec.Meta(pattern=POST_PATTERN)]
    name: Labels
    country: Annotated[str, msgspec.Meta(pattern=COUNTRY_PATTERN)]
    unlocode: str = ""
    place_type: str = ""
    default_mode: str = ""


class LegalBasis(PackPart, frozen=True, kw_only=True):
    """A paragraph of law that a receipt may name."""

    code: CodeText
    label: Labels
    text: Labels = {}
    only_for: tuple[CodeText, ...] = msgspec.field(name="for", default=())
    """Codes of profiles, categories and modes of transport that it is for; empty: for all."""
    acts: tuple[CodeText, ...] = ()
    """Codes of the acts that it is for; empty: for all. What stands below is said of acts that take
    goods, and of those that are named here."""
    title: Labels = {}
    """The title of the paper, in place of that of the act."""
    meaning: Labels = {}
    claim_rule: ClaimRule | None = None
    next_steps: Labels = {}
    """As of an act (`ActLaw`), which they win over."""


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
    acts: dict[str, ActLaw] = {}
    """What is said of single acts, by their code (the list `actions`)."""
    words: dict[str, Labels] = {}
    """Words of the paper in place of those of the program, by a key of `PAPER_WORDS`; a language
    that is not here has the words of the program."""
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
    dimensions: tuple[OwnDimension, ...] = ()
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
    fields: tuple[AddedField, ...] = ()
    """Fields that the pack adds to lines of goods."""
    lists: dict[str, tuple[Code, ...]] = {}
    """Code lists of those fields, by name."""
    profiles: tuple[Profile, ...] = ()
    rules: tuple[Rule, ...] = ()
    """What all records need, should have or must not have."""
    calendars: dict[str, WorkCalendar] = {}
    """Holidays by the name that a claim rule calls them by."""
    headings: dict[str, Labels] = {}
    """Words for the groups of the code lists, by group; a group that is not here is shown as it
    is."""
    safety: Labels = {}
    """Shown while a drug line is on the screen."""
    freed: tuple[str, ...] = ()
    """Nominal fields (`persons.parties.name`) that may travel to the hub."""
    kept: tuple[str, ...] = ()
    """Other fields (`goods.rights_holder`) that stay at the post all the same."""
    valid_from: str = ""
    valid_to: str = ""
    late_days: int = 0
    """Days after `valid_to` in which finds of the period are still recorded; 0: no limit."""

    @property
    def has_rules(self) -> bool:
        """Whether it has rules of its own: for all records, or for goods of a profile."""
        return bool(self.rules) or any(profile.rules for profile in self.profiles)


Choice = Code | Unit | Category | LegalBasis | Post
"""One entry of a code list."""


NamedPart = Choice | OwnDimension | AddedField | Profile
"""One entry of any list of a pack."""
LIMITED_LISTS = (
    "reasons", "indicators", "concealment", "detection", "photo_roles", "legal_bases",
)  # fmt: skip
"""The lists of a pack whose codes may be for some goods or modes of transport alone."""
ONLY_IN_FORMAT_2 = {
    Pack: (
        "dimensions",
        "fields",
        "lists",
        "profiles",
        "rules",
        "calendars",
        "kept",
        "late_days",
    ),
    Category: ("profile", "fields", "dimensions", "contents", "measure"),
}
"""What a pack of the first format does not have."""


def labels_of(choice: NamedPart) -> Labels:
    """The words for a choice by language; of a post, its name."""
    return choice.name if isinstance(choice, Post) else choice.label


CODE_LISTS = (
    "categories", "reasons", "indicators", "concealment", "detection", "photo_roles",
    "legal_bases", "units", "posts",
)  # fmt: skip
NAMED_LISTS = (*CODE_LISTS, "dimensions", "fields", "profiles")
"""All lists of a pack whose entries have a code and words."""
