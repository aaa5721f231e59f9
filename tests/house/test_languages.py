"""Every word that a person reads is in every language's catalogue, and new languages are easy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from acts.interception.add_photo import add_photo
from acts.interception.begin_draft import begin_draft, over
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from acts.receipt.print_receipt import print_receipt
from acts.receipt.save_receipt import give_receipt
from demo.cases import Invented, invent
from domain.encoding import to_plain
from domain.fields import FIELDS
from domain.ids import RecordId
from storage import drafts
from storage.projections import records
from storage.workstation import Workstation
from system.resources import RESOURCES, RESOURCES_VARIABLE, languages, translation
from tests.builders import NIGHT, SESSION, a_document, a_photo
from tests.house.source import ROOT, every_text
from tests.papers.paper_text import words_on
from tools import languages as tool

PAPER = (
    "papers/receipt/blocks/",
    "papers/receipt/page.py",
    "papers/receipt/goods_line.py",
    "papers/typeset/words.py",
)
"""Where the static words of a receipt are."""
IN_FRENCH = {
    "grounds": "Comprimés sous une double paroi ; aucune autorisation d’importation.",
    "served": "person",
    "served_at": str(NIGHT),
    "holder_signature": "refused",
    "holder_signature_reason": "sans motif",
    "property_left": "un sac à dos",
    "witnesses": ["Ada Aster"],
}
PSEUDO = "es"
"""The folder of a language that does not ship."""
KEYS = (
    "Enter", "Esc", "Tab", "Ctrl", "Alt", "Shift", "Del", "Left", "Right", "Up", "Down", "PgUp",
    "PgDown", "Home", "End", "Space",
)  # fmt: skip
NAMES = {"Tidewaiter", "English", "Français", "Español", "nov", *KEYS}
"""What no catalogue has: the program, the languages in their own words, the month as the locale
says it, and keys as they are printed on the keyboard."""
SAME_IN_FRENCH = {
    "Alt", "branches", "Ctrl", "Description", "GTIN", "Interception", "Interceptions", "Lot",
    "pixels", "ORIGINAL", "Latitude", "Longitude", "Photos", "Signatures", "Tab", "Train",
    "UN/LOCODE", "photos", "{hours} h {minutes} min", "{minutes} min {seconds} s",
    "{weight} kg net", "journal",
}  # fmt: skip
"""Words that are the same in both languages; any other such pair was forgotten."""


@pytest.mark.parametrize("language", tool.languages())
def test_every_language_has_every_word_and_no_other(language: str) -> None:
    """Mended with `tools/languages.py update`, by translating, then `compile`."""
    assert tool.faults(language, every_text()) == []


def test_no_french_word_was_left_in_english() -> None:
    held = {str(message.id) for message in tool.read("fr") if message.id == message.string}
    worded = {text for text in held if words_in(re.sub(r"\{\w+\}", " ", text))}
    assert worded - SAME_IN_FRENCH == set()


def test_the_program_speaks_exactly_the_languages_that_have_every_text() -> None:
    assert languages() == ("en", *(name.replace("_", "-") for name in tool.languages()))


def test_words_are_never_put_together_before_they_are_translated() -> None:
    """No catalogue can hold an f-string, a sum or what `.format` gave; names get placeholders."""
    assert tool.misused() == []


def test_words_are_found_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "gui").mkdir()
    (tmp_path / "gui" / "view.py").write_text(
        "say = self._words.say\n"
        'say("one")\n'
        'self._words.say("two " "pieces", at=1)\n'
        'words.count("a photo", "{count} photos", number)\n'
        'label(say("yes" if true else "no"))\n'
        'KEYS = {"a": mark("table")}\n'
        'say(mark("one entry", "{n} entries", "n"), count)\n'
        'text.count("x"), text.count("y", 0, 3), say(marked_elsewhere), words.say(key.words)\n'
        'say(f"bad {one}"), say("bad " + two), mark("bad {x}".format(x=1)), mark(three)\n',
        encoding="utf-8",
    )
    assert list(tool.marked(tmp_path)) == [
        ("a photo", "{count} photos"), "no", "one", ("one entry", "{n} entries"), "table",
        "two pieces", "yes",
    ]  # fmt: skip
    assert len(tool.misused(tmp_path)) == 4


def test_words_that_no_catalogue_could_hold_in_both_forms_are_named(tmp_path: Path) -> None:
    (tmp_path / "gui").mkdir()
    (tmp_path / "gui" / "view.py").write_text(
        'mark("{n} line", "{count} lines")\nsay("entry")\nmark("entry", "entries")\n',
        encoding="utf-8",
    )
    assert len(tool.misused(tmp_path)) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "Récépissé n°"', 'msgstr ""', "not translated: 'Receipt no.'"),
        ("Page {n} sur {m}", "Page {n} sur {p}", "other placeholders: 'Page {n} of {m}'"),
        ("Page {n} sur {m}", "Page {n sur {m}", "other placeholders: 'Page {n} of {m}'"),
        ('msgid "Quantity"', 'msgid "Quantities"', "not in the catalogue: 'Quantity'"),
        ('msgid "Quantity"', 'msgid "Quantities"', "no longer in the code: 'Quantities'"),
        ('msgid "Quantity"', '#, fuzzy\nmsgid "Quantity"', "marked as doubtful: 'Quantity'"),
        ('msgstr "Quantité"', 'msgstr " Quantité"', "other spaces at its ends: 'Quantity'"),
        ('msgstr[0] "{count} photo"', 'msgstr[0] "1 photo"', "other placeholders: ('1 photo', "),
        ('msgstr[1] "{count} photos"', 'msgstr[1] ""', "not translated: ('1 photo', "),
        ('msgstr "Quantité"', 'msgstr "Quantités"', "the .mo is not what the .po compiles to"),
        ("\u00a0: {name}", " : {name}", "no space that does not break"),
    ],
)
def test_a_translation_that_is_missing_or_broken_is_named(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copytree(tool.LANGUAGES / "fr", tmp_path / "fr")
    path = tool.catalogue_file("fr", "po", tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(line.startswith(said) for line in tool.faults("fr", every_text(), tmp_path))


def test_an_update_keeps_translations_and_comments_and_changes_nothing_twice(
    tmp_path: Path,
) -> None:
    shutil.copytree(tool.LANGUAGES / "fr", tmp_path / "fr")
    path = tool.catalogue_file("fr", "po", tmp_path)
    before = path.read_bytes()

    assert tool.update("fr", every_text(), tmp_path) == []
    assert path.read_bytes() == before
    gone = tool.update("fr", {"Goods": "here", "a new word": "there"}, tmp_path)

    assert "'Quantity' was 'Quantité'" in gone
    held = {str(m.id): m.string for m in tool.read("fr", tmp_path) if m.id}
    assert held == {"Goods": "Marchandises", "a new word": ""}


@pytest.mark.parametrize("number", range(4))
def test_a_french_receipt_has_no_english_words_of_ours(
    ws: Workstation, number: int, tmp_path: Path
) -> None:
    """Both packs, original and copy, with every block that an officer can fill."""
    seizure = records.row(ws.db, recorded(ws, invent(7, number, NIGHT))).number
    file = tmp_path / "receipt.pdf"
    receipt = give_receipt(ws, seizure, session=SESSION, language="fr", file=file)
    original = file.read_bytes()
    copy, _ = print_receipt(ws, receipt, SESSION, "file")

    say = translation("fr")
    labels = [field.label for field in FIELDS.values()]
    texts = labels + [text for text, place in every_text().items() if place.startswith(PAPER)]
    all_forms = [form for text in texts for form in ((text,) if isinstance(text, str) else text)]
    ours = [text for text in all_forms if say(text) != text]
    assert len(ours) > 90
    for pdf, marked in ((original, "ORIGINAL"), (copy, "COPIE 2")):
        said = words_on(pdf)
        assert [text for text in ours if re.search(as_printed(text), said)] == []
        for text in ("Récépissé n°", marked, "Base légale", "Motifs", "Témoin", "Page 1 sur"):
            assert text in said, text


def test_a_new_language_needs_a_folder_and_nothing_else(tmp_path: Path) -> None:
    """With one more catalogue in its resources the program offers and speaks that language.

    That one says every word in brackets, so what stands outside them is a word that nobody marked:
    it must be typed by the officer, or come from a pack or a code list.
    """
    resources = tmp_path / "resources"
    shutil.copytree(RESOURCES, resources)
    foreign(resources / "languages")

    program = [sys.executable, "-m", "tests.house.foreign_desk", str(tmp_path / "home"), PSEUDO]
    place = {RESOURCES_VARIABLE: str(resources), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        program,
        cwd=ROOT,
        env={**os.environ, **place},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    offered, paper, *desk = done.stdout.splitlines()
    assert offered == f"en {PSEUDO} fr"
    assert "[Seizure receipt]" in paper
    assert "'[Interceptions]'" in desk
    foreign_words = words_in(json.dumps(a_document())) | words_of_packs_and_lists() | NAMES
    found = {text: unmarked(text) - foreign_words for text in (paper, *desk)}
    assert {text: words for text, words in found.items() if words} == {}


def unmarked(text: str) -> set[str]:
    """The words of `text` outside brackets."""
    while "[" in text and (bare := re.sub(r"\[[^][]*\]", " ", text)) != text:
        text = bare
    return words_in(text)


def words_in(text: str) -> set[str]:
    """Its words of letters alone, two or more: a number, a hash and a file's name are none."""
    text = re.sub(r"https://\S+", " ", text)
    return set(re.findall(r"(?<![\w.+/-])[^\W\d_]{2,}(?![\w+/…-]|\.\w)", text))


def words_of_packs_and_lists() -> set[str]:
    """Every word that a pack or a code list has, in any language."""
    files = (*(RESOURCES / "packs").glob("*/pack.json"), *(RESOURCES / "terms").glob("*.json"))
    return {word for file in files for word in words_in(file.read_text(encoding="utf-8"))}


def as_printed(text: str) -> str:
    """A pattern that finds the template `text` whatever fills it; none for one without words."""
    bare = re.sub(r"\{\w+\}", "", text)
    if not re.search(r"[A-Za-z]{2}", bare):
        return r"(?!)"
    filled = re.sub(r"\\\{\w+\\\}", "[^[\\]]+?", re.escape(text))
    return rf"(?<!\w){filled}(?!\w)"


def recorded(ws: Workstation, invented: Invented) -> RecordId:
    """An invented interception, final, with persons, grounds and signatures in French."""
    checklist = next(c for c in ws.checklists() if c.pack.id == invented.pack)
    record = begin_draft(ws, checklist, SESSION)
    document: Any = over(drafts.draft(ws.db, record).document, invented.document)
    document["legal"] = {**document["legal"], **IN_FRENCH}
    document["photos"] = [
        to_plain(add_photo(ws, a_photo(n), file_name=s.file_name, role=s.role, source="camera"))
        for n, s in enumerate(invented.shots)
    ]
    save_draft(ws, record, document)
    finalise(ws, record, SESSION)
    return record


def foreign(folder: Path) -> None:
    """A catalogue in `folder` that says every word in brackets."""
    tool.update(PSEUDO, every_text(), folder)
    held = tool.read(PSEUDO, folder)
    for message in held:
        if isinstance(message.id, str):
            message.string = f"[{message.id}]"
        else:
            message.string = (f"[{message.id[1]}]",) * held.num_plurals
    tool.write(PSEUDO, held, folder)
    tool.compile_one(PSEUDO, folder)
    assert tool.faults(PSEUDO, every_text(), folder) == []
