"""Block J: the legal act, and how the paper reached the person."""

from typing import Annotated

from domain.instant import Instant
from domain.interception.base import NOMINAL, Block, FieldKind, Text, field
from domain.words import mark


class Legal(Block, frozen=True):
    """What the authority does with the goods, and on what grounds."""

    action: Annotated[Text, field(mark("Action taken"), codes="actions")] = None
    legal_basis: Annotated[tuple[str, ...], field(mark("Legal basis"), codes="legal_bases")] = ()
    grounds: Annotated[
        Text,
        field(
            mark("Grounds"), FieldKind.LONG_TEXT, noun=mark("Statement of grounds"), privacy=NOMINAL
        ),
    ] = None
    """The officer's reasons to believe, in own words; never prefilled. Free text may name
    persons, so it stays at the post unless the pack frees it."""
    served: Annotated[Text, field(mark("Service of the paper"), codes="service_ways")] = None
    served_at: Annotated[Instant | None, field(mark("Time of service"))] = None
    holder_signature: Annotated[
        Text, field(mark("Signature of the holder"), codes="signature_states")
    ] = None
    holder_signature_reason: Annotated[
        Text,
        field(mark("Why it is not signed"), noun=mark("Reason for no signature"), privacy=NOMINAL),
    ] = None
    property_left: Annotated[
        Text, field(mark("Property left with the person"), FieldKind.LONG_TEXT)
    ] = None
    """Personal property that stays with the person."""
    witnesses: Annotated[
        tuple[str, ...],
        field(mark("Witnesses"), noun=mark("Name of a witness"), privacy=NOMINAL),
    ] = ()
