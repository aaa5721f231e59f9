"""Block 5: whom the paper is for, in which capacity, and how it reached them."""

from __future__ import annotations

from domain.interception.addressee import addressee, named
from domain.interception.persons import Party
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, section
from papers.typeset.words import day, moment


def person(paper: ReceiptPaper) -> list[Piece]:
    """The person or business, or why none is named; how and when the paper was served."""
    say, legal = paper.say, paper.interception.legal
    party = addressee(paper.interception)
    served = paper.label("service_ways", legal.served) if legal.served else ""
    at = moment(legal.served_at) if legal.served and legal.served_at else ""
    if not at and paper.served_on:
        at = day(paper.served_on, say)
    pieces = _named(paper, party) if party else pair(say(mark("Name")), say(_nobody(paper)))
    return section(
        say(mark("Person")),
        [
            *pieces,
            *pair(say(mark("Served")), ", ".join(part for part in (served, at) if part)),
        ],
    )


def _nobody(paper: ReceiptPaper) -> str:
    """What stands for the name: `unknown` only where the record names nobody."""
    return mark("not named on this paper") if named(paper.interception) else mark("unknown")


def _named(paper: ReceiptPaper, party: Party) -> list[Piece]:
    say = paper.say
    born = day(party.born, say) if party.born else ""
    papers = " ".join(p for p in (party.document_type, party.document_no) if p)
    if papers and party.document_country:
        papers += f" ({paper.label('countries', party.document_country)})"
    company = ", ".join(p for p in (party.company, party.company_no) if p)
    country = paper.label("countries", party.nationality) if party.nationality else ""
    return [
        *pair(say(mark("Name")), party.name or ""),
        *pair(say(mark("Business")), company),
        *pair(say(mark("Capacity")), paper.label("party_roles", party.role or "")),
        *pair(say(mark("Date of birth")), born),
        *pair(say(mark("Nationality")), country),
        *pair(say(mark("Identity document")), papers),
        *pair(say(mark("Address")), party.address or party.company_address or ""),
    ]
