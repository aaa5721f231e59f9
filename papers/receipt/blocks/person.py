"""Block 5: the addressee of the paper, their role, and how the paper was served."""

from __future__ import annotations

from domain.interception.addressee import addressee, named
from domain.interception.persons import Party
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, section
from papers.typeset.words import day, moment


def person(paper: ReceiptPaper) -> list[Piece]:
    """The person or business, or why none is named; how and when the paper was served."""
    say, name, legal = paper.say, paper.name, paper.interception.legal
    party = addressee(paper.interception)
    served = paper.label("service_ways", legal.served) if legal.served else ""
    at = moment(legal.served_at) if legal.served and legal.served_at else ""
    if not at and paper.served_on:
        at = day(paper.served_on, say)
    pieces = (
        _named(paper, party) if party else pair(name("persons.parties.name"), say(_nobody(paper)))
    )
    return section(
        paper.word("person"),
        [
            *pieces,
            *pair(name("legal.served"), served),
            *pair(name("legal.served_at"), at),
        ],
    )


def _nobody(paper: ReceiptPaper) -> str:
    """The text in place of a name: `unknown` only when the record names nobody."""
    return mark("not named on this paper") if named(paper.interception) else mark("unknown")


def _named(paper: ReceiptPaper, party: Party) -> list[Piece]:
    country, held_by = party.nationality, party.document_country
    address = "company_address" if party.company_address and not party.address else "address"
    rows = (
        ("name", party.name),
        ("company", party.company),
        ("company_no", party.company_no),
        ("role", paper.label("party_roles", party.role or "")),
        ("born", day(party.born, paper.say) if party.born else ""),
        ("nationality", paper.label("countries", country) if country else ""),
        ("document_type", party.document_type),
        ("document_no", party.document_no),
        ("document_country", paper.label("countries", held_by) if held_by else ""),
        (address, getattr(party, address)),
    )
    return [
        piece
        for name, text in rows
        for piece in pair(paper.name(f"persons.parties.{name}"), text or "")
    ]
