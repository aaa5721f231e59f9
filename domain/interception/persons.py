"""Block I: persons and businesses. Names stay at the post unless the pack frees them."""

from datetime import date
from typing import Annotated

from domain.interception.base import COMMERCIAL, NOMINAL, Block, FieldKind, Text, field
from domain.words import mark


class Party(Block, frozen=True):
    """A person or a business that is connected with the consignment."""

    role: Annotated[Text, field(mark("Role"), codes="party_roles")] = None
    name: Annotated[Text, field(mark("Name"), privacy=NOMINAL)] = None
    alias: Annotated[
        Text, field(mark("Also known as"), noun=mark("Other name"), privacy=NOMINAL)
    ] = None
    born: Annotated[date | None, field(mark("Date of birth"), privacy=NOMINAL)] = None
    birthplace: Annotated[Text, field(mark("Place of birth"), privacy=NOMINAL)] = None
    sex: Annotated[Text, field(mark("Sex"), codes="sexes", privacy=NOMINAL)] = None
    nationality: Annotated[Text, field(mark("Nationality"), codes="countries", privacy=NOMINAL)] = (
        None
    )
    document_type: Annotated[Text, field(mark("Identity document"), privacy=NOMINAL)] = None
    document_no: Annotated[Text, field(mark("Document number"), privacy=NOMINAL)] = None
    document_country: Annotated[
        Text, field(mark("Country of issue"), codes="countries", privacy=NOMINAL)
    ] = None
    address: Annotated[Text, field(mark("Address"), FieldKind.LONG_TEXT, privacy=NOMINAL)] = None
    phone: Annotated[Text, field(mark("Telephone"), privacy=NOMINAL)] = None
    email: Annotated[Text, field(mark("E-mail"), privacy=NOMINAL)] = None
    company: Annotated[Text, field(mark("Company"), privacy=COMMERCIAL)] = None
    company_no: Annotated[Text, field(mark("Company number"), privacy=COMMERCIAL)] = None
    company_address: Annotated[
        Text, field(mark("Company address"), FieldKind.LONG_TEXT, privacy=COMMERCIAL)
    ] = None


class Persons(Block, frozen=True):
    """How many persons, and who; only the counts leave the post by default."""

    involved: Annotated[
        int | None, field(mark("Persons involved"), noun=mark("Number of persons involved"))
    ] = None
    detained: Annotated[
        int | None, field(mark("Persons detained"), noun=mark("Number of persons detained"))
    ] = None
    parties: Annotated[tuple[Party, ...], field(mark("Person or company"))] = ()
