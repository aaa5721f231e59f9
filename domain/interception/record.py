"""The interception as a whole: a typed, frozen value, empty fields allowed."""

from __future__ import annotations

from typing import Annotated

from domain.ids import PackHash, RecordId
from domain.interception.base import LONG_TEXT, Block, Privacy, private
from domain.interception.conveyance import Consignment, Conveyance, Route
from domain.interception.goods import GoodsLine
from domain.interception.legal import Legal
from domain.interception.media import Photo
from domain.interception.occasion import Detection, Occasion
from domain.interception.persons import Persons


class PackRef(Block, frozen=True):
    """The pack that shaped the record, frozen into it."""

    id: str = ""
    version: str = ""
    sha256: PackHash | None = None


class Interception(Block, frozen=True):
    """What was found, once. A draft is one with gaps; a final one has none that the pack forbids.

    Read from a document (JSON) by `domain.interception.read`, checked by `domain.faults`.
    """

    record_id: RecordId | None = None
    pack: PackRef = PackRef()
    post: str | None = None
    """The post's code in the pack."""
    officer: str | None = None
    """Badge number, not a name."""
    case_ref: str | None = None
    occasion: Occasion = Occasion()
    detection: Detection = Detection()
    consignment: Consignment = Consignment()
    conveyance: Conveyance = Conveyance()
    route: Route = Route()
    goods: tuple[GoodsLine, ...] = ()
    persons: Persons = Persons()
    legal: Legal = Legal()
    photos: tuple[Photo, ...] = ()
    remarks: Annotated[str | None, private(Privacy.NOMINAL), LONG_TEXT] = None
    """Free text may name persons, so it stays at the post unless the pack frees it."""
