"""Keeps the catalogues in resources/languages up to date with the texts in the code.

    .venv/bin/python tools/languages.py update       adds new and removes old texts everywhere
    .venv/bin/python tools/languages.py update es    the same for one language, which may be new
    .venv/bin/python tools/languages.py check        lists what is missing or wrong; then status 1
    .venv/bin/python tools/languages.py compile      .po to .mo, the file that the program reads

Texts are the arguments of `mark("...")`, `say("...")`, `count("one", "many", n)` and, for texts
that depend on a number, `mark("one", "many", "name of the number")`; those become a msgid with its
msgid_plural, and one msgstr for each plural form of the language. Texts are found in the syntax
tree, so an alias (`say = self._words.say`) and text in several pieces are found too. No line
numbers are written, so that a catalogue changes only when texts change.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "resources" / "languages"
DOMAIN = "tidewaiter"
PLACES = (
    "main.py", "versions.py", "cli", "domain", "system", "storage", "papers", "acts", "sync",
    "hub", "gui", "demo",
)  # fmt: skip
"""Folders and files with texts.

`start.py` runs before anything is installed and has only English.
"""
EPOCH = datetime(2026, 11, 23, tzinfo=UTC)
"""The date in the header of every catalogue: a real date would change the file on every run."""

FRENCH = {
    "no space that does not break before : ; ! ? »": (
        r"(?<![\u00a0\u202f:;!?»\"]) ?(?:[;!?»]|:(?![\w/]))"
    ),
    "no space that does not break after «": r"«(?![\u00a0\u202f])",
    "a straight apostrophe": r"\w'\w",
    "three dots": r"\.\.\.",
}
"""Mistakes in French typography, each with the pattern that finds it."""

COUNT_TAKES = 3
"""The arguments of `count`: one, many, number."""

Text = str | tuple[str, str]
"""A text, or the texts for one and for other numbers."""
Words = dict[Text, str]
"""Each text with the position where it first occurs, like `gui/window.py:110`."""
NUMBERS = range(1_000)
"""Numbers that show what a plural form is used for; no rule needs more than two digits."""


def marked(root: Path = ROOT) -> Words:
    """Every text in the code that a catalogue must have, in alphabetical order."""
    return _marked(calls(root))


def _marked(calls_found: Iterable[tuple[str, ast.Call]]) -> Words:
    found: Words = {}
    for name, call in calls_found:
        for text in _texts(call):
            found.setdefault(text, f"{name}:{call.lineno}")
    return dict(sorted(found.items(), key=lambda item: (msgid(item[0]), str(item[0]))))


def msgid(text: Text) -> str:
    """The key of the text in a catalogue."""
    return text if isinstance(text, str) else text[0]


def misused(root: Path = ROOT) -> list[str]:
    """Calls whose texts cannot be in a catalogue, because they are made while the program runs."""
    found = list(calls(root))
    words = _marked(found)
    return [
        f"{name}:{call.lineno} {ast.unparse(call)[:80]}"
        for name, call in found
        for argument in _texts_of(call)
        if _put_together(argument) or (_name(call) == "mark" and not _literals(argument))
    ] + [
        f"{place} {one!r} is there with a plural and without one"
        for one, place in _both_singular_and_plural(words)
    ] + [
        f"{place} {text!r} have other placeholders"
        for text, place in words.items()
        if isinstance(text, tuple) and not placeholders(text[0]) <= placeholders(text[1])
    ]  # fmt: skip


def _both_singular_and_plural(words: Words) -> list[tuple[str, str]]:
    """Texts that occur with and without a plural: a catalogue has only one entry for a msgid."""
    names = Counter(msgid(text) for text in words)
    return [(msgid(text), where) for text, where in words.items() if names[msgid(text)] > 1]


def calls(root: Path) -> Iterator[tuple[str, ast.Call]]:
    """All calls of `mark`, `say` and `count` below `root`, each with its file's path."""
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
    """The arguments that are texts; none for `text.count(x, 0, 9)`, a method of `str`."""
    if _name(call) == "count":
        first = call.args[:2]
        # Further values are keywords.
        ours = COUNT_TAKES in (len(call.args), len(call.args) + len(call.keywords))
        ours = ours and not any(isinstance(x, ast.Constant) and not _literals(x) for x in first)
        return first if ours else []
    return call.args[:2] if _name(call) == "mark" else call.args[:1]


def _texts(call: ast.Call) -> list[Text]:
    """The texts of a call; both texts of a plural are one item."""
    found = [_literals(argument) for argument in _texts_of(call)]
    if len(found) == 2 and found[0] and found[1]:
        return [(found[0][0], found[1][0])]
    return [text for texts in found for text in texts]


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
    """The path of a language's catalogue; `kind` is `po` or `mo`."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def read(language: str, folder: Path = LANGUAGES) -> Catalog:
    """The catalogue of a language. Raises `OSError` when there is none."""
    with catalogue_file(language, "po", folder).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def write(language: str, catalogue: Catalog, folder: Path = LANGUAGES) -> None:
    """Write the catalogue as the language's .po, in alphabetical order."""
    path = catalogue_file(language, "po", folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=96, no_location=True, sort_output=True)


def update(language: str, words: Words, folder: Path = LANGUAGES) -> list[str]:
    """Make the language's .po contain exactly `words`; returns the removed translations, as
    lines.
    """
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
        before = old.get(msgid(text))
        comments = before.user_comments if before else ()
        empty: str | tuple[str, ...] = "" if isinstance(text, str) else ("",) * new.num_plurals
        kept = before.string if before and type(before.string) is type(empty) else empty
        new.add(text, kept, user_comments=comments)
    write(language, new, folder)
    names = {msgid(text) for text in words}
    return [f"{m.id!r} was {m.string!r}" for m in old if m.id and any(_forms(m))
            and msgid(_text(m)) not in names]  # fmt: skip


def compile_one(language: str, folder: Path = LANGUAGES) -> None:
    """Write the language's .mo from its .po."""
    with catalogue_file(language, "mo", folder).open("wb") as file:
        write_mo(file, read(language, folder))


def faults(language: str, words: Words, folder: Path = LANGUAGES) -> list[str]:
    """What is missing or wrong in the language, one line each."""
    catalogue = read(language, folder)
    held: dict[Text, Message] = {_text(m): m for m in catalogue if m.id}
    found = [f"not in the catalogue: {text!r} ({words[text]})" for text in words.keys() - held]
    found += [f"no longer in the code: {text!r}" for text in held.keys() - words.keys()]
    alone = _forms_of_one_number(catalogue)
    for text in words.keys() & held.keys():
        for form, translated in enumerate(_forms(held[text])):
            if not translated.strip():
                found.append(f"not translated: {text!r} ({words[text]})")
            elif held[text].fuzzy:
                found.append(f"marked as doubtful: {text!r}")
            elif not _right_placeholders(translated, text, numberless=form in alone):
                found.append(f"other placeholders: {text!r} as {translated!r}")
            elif _edges(translated) != _edges(msgid(text)):
                found.append(f"other spaces at its ends: {text!r} as {translated!r}")
            elif language.partition("_")[0] == "fr":
                found += [f"{what}: {translated!r}" for what in french_typography(translated)]
    if not catalogue_file(language, "mo", folder).exists() or _stale(language, folder):
        found.append("the .mo is not what the .po compiles to: run compile")
    return sorted(found)


def _text(message: Message) -> Text:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _forms(message: Message) -> tuple[str, ...]:
    """The texts of a translation, one for each plural form."""
    held = message.string or ""
    return (held,) if isinstance(held, str) else tuple(str(form) for form in held)


def _forms_of_one_number(catalogue: Catalog) -> set[int]:
    """The plural forms for exactly one number: they may write it in words, like `a photo`."""
    form_of = gettext.c2py(catalogue.plural_expr)
    taken = [form_of(number) for number in NUMBERS]
    return {form for form in taken if taken.count(form) == 1}


def _right_placeholders(translated: str, text: Text, *, numberless: bool) -> bool:
    """Whether a translation has the placeholders of its text; the number may be written in
    words.
    """
    if isinstance(text, str):
        return placeholders(translated) == placeholders(text)
    asked = placeholders(text[1])
    return placeholders(translated) == asked or (
        numberless and placeholders(translated) < asked and "?" not in placeholders(translated)
    )


def placeholders(text: str) -> set[str]:
    """The names in braces; a broken template has the name `?`."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}


def french_typography(text: str) -> list[str]:
    """Mistakes in French typography; a colon inside a word or an address is allowed."""
    return [what for what, rule in FRENCH.items() if re.search(rule, text)]


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _stale(language: str, folder: Path) -> bool:
    """Whether the .mo differs from the .po."""
    with catalogue_file(language, "mo", folder).open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source: dict[str | tuple[str, int], str] = {}
    for message in read(language, folder):
        if isinstance(message.id, str) and message.id and message.string:
            source[message.id] = str(message.string)
        elif not isinstance(message.id, str) and any(_forms(message)):
            source |= {(message.id[0], form): text for form, text in enumerate(_forms(message))}
    held = {k: v for k, v in compiled._catalog.items() if k}  # type: ignore[attr-defined]
    return source != held


def main() -> int:
    """Run the command; exit status 1 when `check` finds anything."""
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
