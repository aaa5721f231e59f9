"""The addressee of a paper: the one party that the paper names."""

from __future__ import annotations

from domain.interception.codes import CustomsDirection, PartyRole, ServiceWay
from domain.interception.persons import Party
from domain.interception.record import Interception

ADDRESSEES = (PartyRole.TRAVELLER, PartyRole.DRIVER, PartyRole.CONSIGNEE, PartyRole.AGENT)
"""Roles that a paper can be served on, in order of preference. A shipper counts only on export."""
ON_EXPORT = (PartyRole.TRAVELLER, PartyRole.DRIVER, PartyRole.SHIPPER, PartyRole.AGENT)


def addressee(record: Interception) -> Party | None:
    """The party that the paper names: the first of `ADDRESSEES`, else the only one with a name.

    None of several parties in other roles is chosen: a receipt must not tell who else is under
    suspicion.
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
