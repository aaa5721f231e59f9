"""Keeps the catalogues in resources/languages in step with the words in the code.

    .venv/bin/python tools/languages.py update       new words in, gone words out, everywhere
    .venv/bin/python tools/languages.py update es    the same; begins the language if it is new
    .venv/bin/python tools/languages.py check        what is missing or broken; then status 1
    .venv/bin/python tools/languages.py compile      .po to .mo, the file that the program reads

Words are what stands in `mark("...")`, `say("...")` and `count("one", "many", n)`. They are found
in the syntax tree, so an alias (`say = self._words.say`) and text in several pieces are found too.
No line numbers are written: a catalogue changes only when words do.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "resources" / "languages"
DOMAIN = "tidewaiter"
PLACES = (
    "main.py", "versions.py", "domain", "storage", "receipts", "acts", "sync", "hub", "gui", "demo",
)  # fmt: skip
"""Where words are. `start.py` runs before anything is installed and speaks English only."""
EPOCH = datetime(2026, 11, 23, tzinfo=UTC)
"""Stands in the head of every catalogue: a true date would change the file on every run."""

FRENCH = {
    "no space that does not break before : ; ! ? »": (
        r"(?<![\u00a0\u202f:;!?»\"]) ?(?:[;!?»]|:(?![\w/]))"
    ),
    "no space that does not break after «": r"«(?![\u00a0\u202f])",
    "a straight apostrophe": r"\w'\w",
    "three dots": r"\.\.\.",
}
"""What is wrong in French, and how it is found."""

COUNT_TAKES = 3
"""The arguments of `count`: one, many, number."""

Words = dict[str, str]
"""Where each marked text stands first: `gui/window.py:110`."""


def marked(root: Path = ROOT) -> Words:
    """Every text in the code that a catalogue must have, in the order of the alphabet."""
    found: Words = {}
    for name, call in calls(root):
        for argument in _texts_of(call):
            for text in _literals(argument):
                found.setdefault(text, f"{name}:{call.lineno}")
    return dict(sorted(found.items()))


def misused(root: Path = ROOT) -> list[str]:
    """Calls whose words no catalogue can have, because they are put together while it runs."""
    return [
        f"{name}:{call.lineno} {ast.unparse(call)[:80]}"
        for name, call in calls(root)
        for argument in _texts_of(call)
        if _put_together(argument) or (_name(call) == "mark" and not _literals(argument))
    ]


def calls(root: Path) -> Iterator[tuple[str, ast.Call]]:
    """All calls of `mark`, `say` and `count` below `root`, each with its file."""
    for place in PLACES:
        path = root / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node) in ("mark", "say", "count"):
                    yield file.relative_to(root).as_posix(), node


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _texts_of(call: ast.Call) -> list[ast.expr]:
    """The arguments that are words; none for `text.count(x, 0, 9)`, which is another thing."""
    if _name(call) == "count":
        first = call.args[:2]
        ours = len(call.args) + len(call.keywords) == COUNT_TAKES
        ours = ours and not any(isinstance(x, ast.Constant) and not _literals(x) for x in first)
        return first if ours else []
    return call.args[:1]


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if node.value else []
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return []


def _put_together(node: ast.expr) -> bool:
    """Whether the text is made while the program runs: an f-string, a sum, `.format`, `.join`."""
    if isinstance(node, ast.IfExp):
        return _put_together(node.body) or _put_together(node.orelse)
    made = isinstance(node, ast.Call) and _name(node) in ("format", "join", "replace")
    return made or isinstance(node, (ast.JoinedStr, ast.BinOp))


def languages(folder: Path = LANGUAGES) -> tuple[str, ...]:
    """The languages that have a catalogue, as their folders are named."""
    return tuple(sorted(path.parts[-3] for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def catalogue_file(language: str, kind: str, folder: Path = LANGUAGES) -> Path:
    """The place of a language's catalogue; `kind` is `po` or `mo`."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def read(language: str, folder: Path = LANGUAGES) -> Catalog:
    """The catalogue of a language. Raises `OSError` when there is none."""
    with catalogue_file(language, "po", folder).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def write(language: str, catalogue: Catalog, folder: Path = LANGUAGES) -> None:
    """The catalogue as the language's .po, in the order of the alphabet."""
    path = catalogue_file(language, "po", folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=96, no_location=True, sort_output=True)


def update(language: str, words: Words, folder: Path = LANGUAGES) -> list[str]:
    """The language's .po holds exactly `words`; returns the translations that went, as lines."""
    path = catalogue_file(language, "po", folder)
    old = read(language, folder) if path.exists() else Catalog(locale=language)
    new = Catalog(
        locale=language,
        domain=DOMAIN,
        project="Tidewaiter",
        version="1",
        header_comment="# The words of Tidewaiter. tools/languages.py keeps this file.",
        creation_date=EPOCH,
        revision_date=EPOCH,
        last_translator="Tidewaiter",
        language_team=language,
        msgid_bugs_address="-",
        fuzzy=False,
    )
    for text in words:
        before = old.get(text)
        comments = before.user_comments if before else ()
        new.add(text, before.string if before else "", user_comments=comments)
    write(language, new, folder)
    return [f"{m.id!r} was {m.string!r}" for m in old if m.id and m.string and m.id not in words]


def compile_one(language: str, folder: Path = LANGUAGES) -> None:
    """Write the language's .mo from its .po."""
    with catalogue_file(language, "mo", folder).open("wb") as file:
        write_mo(file, read(language, folder))


def faults(language: str, words: Words, folder: Path = LANGUAGES) -> list[str]:
    """What keeps the language from being complete, one line each."""
    held = {str(m.id): m for m in read(language, folder) if m.id}
    found = [f"not in the catalogue: {text!r} ({words[text]})" for text in words.keys() - held]
    found += [f"no longer in the code: {text!r}" for text in held.keys() - words.keys()]
    for text in sorted(words.keys() & held.keys()):
        said = str(held[text].string)
        if not said.strip():
            found.append(f"not translated: {text!r} ({words[text]})")
        elif held[text].fuzzy:
            found.append(f"marked as doubtful: {text!r}")
        elif placeholders(said) != placeholders(text):
            found.append(f"other placeholders: {text!r} as {said!r}")
        elif _edges(said) != _edges(text):
            found.append(f"other spaces at its ends: {text!r} as {said!r}")
        elif language.partition("_")[0] == "fr":
            found += [f"{what}: {said!r}" for what in french_typography(said)]
    if not catalogue_file(language, "mo", folder).exists() or _stale(language, folder):
        found.append("the .mo is not what the .po compiles to: run compile")
    return sorted(found)


def placeholders(text: str) -> set[str]:
    """The names in braces; a broken template has the name `?`."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}


def french_typography(text: str) -> list[str]:
    """What a French printer would mend; a colon inside a word or an address is none of it."""
    return [what for what, rule in FRENCH.items() if re.search(rule, text)]


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _stale(language: str, folder: Path) -> bool:
    """Whether the .mo says anything else than the .po."""
    with catalogue_file(language, "mo", folder).open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source = {str(m.id): str(m.string) for m in read(language, folder) if m.id and m.string}
    held = {str(k): v for k, v in compiled._catalog.items() if k}  # type: ignore[attr-defined]
    return source != held


def main() -> int:
    """Do what the command line asks; the exit status is 1 when `check` finds anything."""
    reader = argparse.ArgumentParser(description="Keep the translations in step with the code.")
    reader.add_argument("deed", choices=("update", "compile", "check"))
    reader.add_argument("language", nargs="*", help="as its folder is named: fr, es, pt_BR")
    asked = reader.parse_args()
    words, bad = marked(), 0
    for language in asked.language or languages():
        lines: list[str] = []
        if asked.deed == "update":
            lines = [f"gone: {line}" for line in update(language, words)]
        elif asked.deed == "compile":
            compile_one(language)
        else:
            lines = faults(language, words)
            bad += len(lines)
        print(f"{language}: {len(words)} texts", *lines, sep="\n  ")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
