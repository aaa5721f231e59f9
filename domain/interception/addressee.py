"""Whom the paper of an interception is for: the one party that it names."""

from __future__ import annotations

from domain.interception.codes import CustomsDirection, PartyRole, ServiceWay
from domain.interception.persons import Party
from domain.interception.record import Interception

ADDRESSEES = (PartyRole.TRAVELLER, PartyRole.DRIVER, PartyRole.CONSIGNEE, PartyRole.AGENT)
"""Roles that a paper is served on, the nearest first. A shipper is among them only on export."""
ON_EXPORT = (PartyRole.TRAVELLER, PartyRole.DRIVER, PartyRole.SHIPPER, PartyRole.AGENT)


def addressee(record: Interception) -> Party | None:
    """The party that the paper names: the first of `ADDRESSEES`, else the only one with a name.

    Of several parties in other roles none is chosen: nobody learns from a receipt who else is
    being looked at.
    """
    parties = named(record)
    for role in _roles(record):
        for party in parties:
            if party.role == role:
                return party
    return parties[0] if len(parties) == 1 else None


def named(record: Interception) -> tuple[Party, ...]:
    """The persons and businesses of which a name is known."""
    return tuple(party for party in record.persons.parties if party.name or party.company)


def _roles(record: Interception) -> tuple[PartyRole, ...]:
    exported = record.occasion.customs_direction == CustomsDirection.EXPORT
    roles = ON_EXPORT if exported else ADDRESSEES
    if record.legal.served == ServiceWay.AGENT:
        return (PartyRole.AGENT, *(role for role in roles if role is not PartyRole.AGENT))
    return roles
