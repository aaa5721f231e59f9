"""Block I: persons and businesses. Names stay at the post unless the pack frees them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.interception.base import LONG_TEXT, Block, Privacy, from_list, private

NOMINAL = private(Privacy.NOMINAL)
COMMERCIAL = private(Privacy.COMMERCIAL)


class Party(Block, frozen=True):
    """A person or a business that has to do with the consignment."""

    role: Annotated[str | None, from_list("party_roles")] = None
    name: Annotated[str | None, NOMINAL] = None
    alias: Annotated[str | None, NOMINAL] = None
    born: Annotated[date | None, NOMINAL] = None
    birthplace: Annotated[str | None, NOMINAL] = None
    sex: Annotated[str | None, from_list("sexes"), NOMINAL] = None
    nationality: Annotated[str | None, from_list("countries"), NOMINAL] = None
    document_type: Annotated[str | None, NOMINAL] = None
    document_no: Annotated[str | None, NOMINAL] = None
    document_country: Annotated[str | None, from_list("countries"), NOMINAL] = None
    address: Annotated[str | None, NOMINAL, LONG_TEXT] = None
    phone: Annotated[str | None, NOMINAL] = None
    email: Annotated[str | None, NOMINAL] = None
    company: Annotated[str | None, COMMERCIAL] = None
    company_no: Annotated[str | None, COMMERCIAL] = None
    company_address: Annotated[str | None, COMMERCIAL, LONG_TEXT] = None


class Persons(Block, frozen=True):
    """How many persons, and who; only the counts leave the post by default."""

    involved: int | None = None
    detained: int | None = None
    parties: tuple[Party, ...] = ()
