"""Block 5: whom the paper is for, in which capacity, and how it reached them."""

from __future__ import annotations

from domain.interception.persons import Party
from domain.words import mark
from receipts.flow import Piece, pair, section
from receipts.model import ReceiptPaper
from receipts.words import day, moment

ADDRESSEES = ("traveller", "driver", "consignee", "agent")
"""Roles that a paper is served on, the nearest first. A shipper is among them only on export;
parties to notify, intermediaries and others never: nobody learns from a receipt who else is
being looked at."""
ON_EXPORT = ("traveller", "driver", "shipper", "agent")


def addressee(paper: ReceiptPaper) -> Party | None:
    """The one party that the paper names, if the record knows one."""
    held = paper.interception
    roles: tuple[str, ...] = (
        ON_EXPORT if held.occasion.customs_direction == "export" else ADDRESSEES
    )
    if held.legal.served == "agent":
        roles = ("agent", *roles)
    for role in roles:
        for party in held.persons.parties:
            if party.role == role and (party.name or party.company):
                return party
    return None


def person(paper: ReceiptPaper) -> list[Piece]:
    """The person or business, or `unknown`; how and when the paper was served."""
    say, legal = paper.say, paper.interception.legal
    party = addressee(paper)
    served = paper.label("service_ways", legal.served) if legal.served else ""
    at = moment(legal.served_at) if legal.served_at else ""
    if not at and paper.served_on:
        at = day(paper.served_on, say)
    pieces = _named(paper, party) if party else pair(say(mark("Name")), say(mark("unknown")))
    return section(
        say(mark("Person")),
        [
            *pieces,
            *pair(say(mark("Served")), ", ".join(part for part in (served, at) if part)),
        ],
    )


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
