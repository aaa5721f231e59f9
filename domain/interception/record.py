"""The interception as a whole: a typed, frozen value, empty fields allowed."""

from typing import Annotated

from domain.ids import PackHash, RecordId
from domain.interception.base import NOMINAL, Block, FieldKind, Text, field
from domain.interception.conveyance import Consignment, Conveyance, Route
from domain.interception.goods import GoodsLine
from domain.interception.legal import Legal
from domain.interception.media import Photo
from domain.interception.occasion import Detection, Occasion
from domain.interception.persons import Persons
from domain.words import mark


class PackRef(Block, frozen=True):
    """The pack that the record was made with; it never changes."""

    id: Annotated[str, field(mark("Pack"))] = ""
    version: Annotated[str, field(mark("Version of the pack"))] = ""
    sha256: Annotated[PackHash | None, field(mark("SHA-256 of the pack"))] = None
    unsigned: Annotated[bool | None, field(mark("Pack without a signature"))] = None


class Interception(Block, frozen=True):
    """One interception. A draft may have empty fields; a final one has every required field.

    Read from a document (JSON) by `domain.interception.read`, checked by `domain.faults`.
    """

    record_id: Annotated[RecordId | None, field(mark("Record identifier"))] = None
    pack: Annotated[PackRef, field(mark("Pack"))] = PackRef()
    post: Annotated[Text, field(mark("Post"))] = None
    """The post's code in the pack."""
    officer: Annotated[Text, field(mark("Badge number"))] = None
    """Badge number, not a name."""
    case_ref: Annotated[Text, field(mark("Case number"))] = None
    """The authority's own number, in free text."""
    case: Annotated[RecordId | None, field(mark("Same find as"), noun=mark("Case"))] = None
    """The record id of the first interception of the find; empty in that one itself."""
    occasion: Annotated[Occasion, field(mark("Date and place"))] = Occasion()
    detection: Annotated[Detection, field(mark("Detection"))] = Detection()
    consignment: Annotated[Consignment, field(mark("Consignment"))] = Consignment()
    conveyance: Annotated[Conveyance, field(mark("Conveyance"))] = Conveyance()
    route: Annotated[Route, field(mark("Route"))] = Route()
    goods: Annotated[tuple[GoodsLine, ...], field(mark("Goods"))] = ()
    persons: Annotated[Persons, field(mark("Persons"))] = Persons()
    legal: Annotated[Legal, field(mark("Legal act"))] = Legal()
    photos: Annotated[tuple[Photo, ...], field(mark("Photos"))] = ()
    remarks: Annotated[
        Text,
        field(mark("Remarks"), FieldKind.LONG_TEXT, privacy=NOMINAL),
    ] = None
    """Free text may name persons, so it stays at the post unless the pack frees it."""
