"""The roles of accounts, each with all that the one before it may do.

Which page needs which role is in `hub/pages/allowed.py`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.words import mark


class Role(StrEnum):
    """What an account may do."""

    READER = "reader"
    """Sees what arrived."""
    ANALYST = "analyst"
    """Also takes originals of photos and exports away."""
    COORDINATOR = "coordinator"
    """Also changes what the hub holds: takes bundles from sticks."""
    ADMINISTRATOR = "administrator"
    """Also manages accounts, and reads the audit."""


ORDER = tuple(Role)
OF_PROGRAMS = (Role.READER, Role.ANALYST)
"""Roles that a program may have: no program changes anything through the pages."""
ROLE_NAMES = {
    Role.READER: mark("reader"),
    Role.ANALYST: mark("analyst"),
    Role.COORDINATOR: mark("coordinator"),
    Role.ADMINISTRATOR: mark("administrator"),
}
ROLE_WORDS = {
    Role.READER: mark("reader: sees what arrived"),
    Role.ANALYST: mark("analyst: also takes originals and exports away"),
    Role.COORDINATOR: mark("coordinator: also takes bundles from sticks"),
    Role.ADMINISTRATOR: mark("administrator: also manages accounts and reads the audit"),
}


def is_at_least(role: Role, needed: Role) -> bool:
    """Whether the role may do what `needed` may."""
    return ORDER.index(role) >= ORDER.index(needed)
