"""Posts: their countries, places and modes are on the lists that ship with the program."""

from __future__ import annotations

import re

from domain.interception.occasion import UNLOCODE
from domain.pack.checklist import Terms
from domain.pack.finding import PackFindings, doubt, fault, unknown
from domain.pack.model import Pack
from domain.words import mark

NOT_COUNTRIES = {"UK": "GB", "EL": "GR"}
"""Codes that are often written for a country, and its code in ISO 3166-1."""
UNKNOWN_COUNTRY = "ZZ"
"""Stands on the list of countries for a country that is not known."""
NOT_A_COUNTRY = mark("'{code}' is not a country of ISO 3166-1{perhaps}")
NOT_A_PLACE_TYPE = mark("'{code}' is not a kind of place{perhaps}")
NOT_A_MODE = mark("'{code}' is not a mode of transport{perhaps}")


def posts(pack: Pack, terms: Terms) -> PackFindings:
    """Faults and remarks of all posts."""
    codes = {name: [term.code for term in listed] for name, listed in terms.items()}
    countries = [code for code in codes["countries"] if code != UNKNOWN_COUNTRY]
    for number, post in enumerate(pack.posts):
        here = f"$.posts[{number}]"
        meant = NOT_COUNTRIES.get(post.country)
        if meant and post.country not in countries:
            what = mark("'{code}' is not a country of ISO 3166-1; write {meant}")
            yield fault(f"{here}.country", what, code=post.country, meant=meant)
        elif re.fullmatch("[A-Z]{2}", post.country):
            yield from unknown(f"{here}.country", (post.country,), countries, NOT_A_COUNTRY)
        yield from _place(f"{here}.unlocode", post.unlocode, post.country)
        if post.place_type:
            kind = f"{here}.place_type"
            kinds = codes["place_types"]
            yield from unknown(kind, (post.place_type,), kinds, NOT_A_PLACE_TYPE, listed=True)
        if post.default_mode:
            mode = f"{here}.default_mode"
            modes = codes["modes"]
            yield from unknown(mode, (post.default_mode,), modes, NOT_A_MODE, listed=True)


def _place(position: str, unlocode: str, country: str) -> PackFindings:
    if not unlocode:
        return
    if not re.fullmatch(UNLOCODE, unlocode):
        what = mark(
            "'{code}' is not a UN/LOCODE: two letters of the country and three of the place, like"
            " GBLHR"
        )
        yield fault(position, what, code=unlocode)
    elif not unlocode.startswith(country):
        what = mark("{code} is a place in {other}, the post is in {country}")
        yield doubt(position, what, code=unlocode, other=unlocode[:2], country=country)
