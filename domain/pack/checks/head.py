"""Languages, validity and edition of a pack."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.pack.contradictions import LANGUAGE
from domain.pack.finding import PackFindings, doubt, fault
from domain.pack.model import Pack
from domain.remark import Remark
from domain.words import mark

EDITIONS = (1988, 1992, 1996, 2002, 2007, 2012, 2017, 2022, 2028)
"""Years in which an edition of the Harmonized System came into force, the next one included."""


def head(pack: Pack, printed: Collection[str], today: date) -> PackFindings:
    """Faults and remarks of the head; receipts are drawn in the languages `printed`."""
    for number, language in enumerate(pack.languages):
        here = f"$.languages[{number}]"
        if language in pack.languages[:number]:
            yield fault(here, mark("'{language}' stands here twice"), language=language)
        elif LANGUAGE.fullmatch(language) and language not in printed:
            what = mark(
                "this program has no words for a receipt in '{language}', so none can be issued in"
                " it; it has: {known}"
            )
            yield doubt(here, what, language=language, known=Remark(", ".join(printed)))
    if pack.valid_to and pack.valid_to < today.isoformat():
        what = mark("the pack is over since {day}: a record of a later find gets a remark")
        yield doubt("$.valid_to", what, day=pack.valid_to)
    yield from edition("$.hs_edition", pack.hs_edition)
    yield from plain_digits("$.version", pack.version)


def edition(position: str, year: str) -> PackFindings:
    """A fault for a year without an edition; a remark for one that this program does not know."""
    if not (len(year) == 4 and year.isdecimal()) or int(year) in EDITIONS:
        return
    if int(year) > EDITIONS[-1]:
        what = mark("this program does not know an edition of {year}; the newest is {newest}")
        yield doubt(position, what, year=year, newest=EDITIONS[-1])
        return
    before = [each for each in EDITIONS if each < int(year)]
    what = mark("there is no edition of the Harmonized System of {year}; {near} has one")
    yield fault(position, what, year=year, near=before[-1] if before else EDITIONS[0])


def plain_digits(position: str, text: str) -> PackFindings:
    """A fault for digits of other scripts, which look like 0 to 9 and are other characters."""
    if not text.isascii() and any(char.isdigit() and not char.isascii() for char in text):
        yield fault(position, mark("'{text}' has digits other than 0 to 9"), text=text)
