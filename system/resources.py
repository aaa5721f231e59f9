"""The read-only files that ship with the program: where they are, and the translations.

Every window needs these; the code lists and packs among them are read by `system/shipped.py`.
"""

from __future__ import annotations

import gettext
import locale
import os
import struct
from pathlib import Path

from domain.words import Plural, Say, mark
from system.errors import Damaged
from system.installed import FOLDER

RESOURCES_VARIABLE = "TIDEWAITER_RESOURCES"
RESOURCES = Path(os.environ.get(RESOURCES_VARIABLE) or FOLDER / "resources")
"""The folder of these files; the environment variable can name another."""
CATALOGUE = "tidewaiter"


def languages() -> tuple[str, ...]:
    """The languages (BCP 47) that the program speaks, English first."""
    found = (RESOURCES / "languages").glob(f"*/LC_MESSAGES/{CATALOGUE}.mo")
    return ("en", *sorted(path.parts[-3].replace("_", "-") for path in found))


def language_of_the_machine() -> str:
    """The language of `languages` in which this computer is used; English when it is none."""
    set_here = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, set_here), "") or locale.normalize(locale.getlocale()[0] or "")
    return spoken(name.partition(".")[0].replace("_", "-")) or "en"


def spoken(tag: str) -> str:
    """The language of `languages` for a tag like `fr-CA`; empty when there is none."""
    return next((one for one in (tag, tag.partition("-")[0]) if one in languages()), "")


def translation(language: str, folder: Path = RESOURCES / "languages") -> Say:
    """Translates texts of the program into `language` (BCP 47); missing texts stay English.

    `folder` holds the catalogues. Raises `Damaged` when one cannot be read.
    """
    tag = language.replace("-", "_")
    try:
        found = gettext.translation(CATALOGUE, folder, [tag, tag.partition("_")[0]], fallback=True)
    except (OSError, ValueError, struct.error) as error:
        raise damaged_resource(folder / tag, "the catalogue", str(error)) from error

    def say(text: str, number: int | None = None, /) -> str:
        if isinstance(text, Plural) and number is not None:
            return found.ngettext(str(text), text.many, number)
        return found.gettext(text) if text else ""

    return say


def damaged_resource(path: Path, position: str, cause: str) -> Damaged:
    """The error for a file that ships with the program and cannot be used."""
    return Damaged(
        mark("a file that belongs to the program cannot be used: at {position}: {cause}."),
        about=str(path),
        hint=mark("Install the program again."),
        position=position,
        cause=cause,
    )
