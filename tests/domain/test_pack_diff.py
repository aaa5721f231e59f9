"""Two versions of a pack are compared in words, and nothing is passed over."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain.pack.diff import changes
from domain.pack.model import Pack
from domain.pack.read import read_pack
from tests.domain.filled_packs import every_field
from tests.domain.pack_files import SMALLEST, as_file, category, paper, small, unit

GLOVE = SMALLEST["categories"][0]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The lines, of a new version."""
    newer = new if "version" in new and new["version"] != "1.0.0" else {**new, "version": "1.1.0"}
    found = changes(read_pack(as_file(old), "old"), read_pack(as_file(newer), "new"))
    assert str(found[0]) == f"version: '{newer['version']}', was '1.0.0'"
    return [str(each) for each in found[1:]]


def labels(en: str) -> dict[str, str]:
    return {"en": en, "fr": f"{en}-fr"}


COMPARED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a label": (
        category(label={"en": "Surgical gloves", "fr": "Gants"}),
        ["categories GLOVE: label (en): 'Surgical gloves', was 'Gloves'"]),
    "a factor": (
        unit(factor="3"),
        ["units pair: factor: 3, was 2: amounts of this code no longer mean the same; use a new"
         " code"]),
    "a required field": (
        category(required=["medicine.lot"]), ["categories GLOVE: required: medicine.lot is new"]),
    "a heading": (
        category(hs=[{"edition": "2022", "code": "4015.12"}]),
        ["categories GLOVE: hs: edition 2022 code 4015.12 is new"]),
    "a new code": (
        small(reasons=[*SMALLEST["reasons"], {"code": "FALSE", "label": labels("False")}]),
        ["reasons: FALSE (False) is new"]),
    "another code for the same": (
        small(reasons=[{**SMALLEST["reasons"][0], "code": "NOT-DECLARED"}]),
        ["reasons: UNDECLARED (Not declared) is gone: it can no longer be chosen; records that have"
         " it keep it",
         "reasons: NOT-DECLARED (Not declared) is new, with the label of UNDECLARED, which is gone:"
         " totals do not join the two"]),
    "another order": (
        small(photo_roles=SMALLEST["photo_roles"][::-1]), ["photo_roles: the order is another"]),
    "the law": (
        small(legal_bases=[{**SMALLEST["legal_bases"][0], "text": labels("Sample wording.")}]),
        ["legal_bases CUSTOMS-10: text (en): 'Sample wording.' is new",
         "legal_bases CUSTOMS-10: text (fr): 'Sample wording.-fr' is new"]),
    "the paper": (
        paper(claim_rule={"days": 10}, sample=False),
        ["paper: claim_rule: days: 10, was 0", "paper: claim_rule: months: 0, was 1",
         "paper: sample: no, was yes"]),
    "a word of the paper": (
        paper(words={"holder": {"fr": "Détenteur"}}), ["paper: words: holder is new"]),
    "a long text": (
        paper(next_steps={"en": f"{'a' * 200} new {'b' * 200}", "fr": "x"}),
        ["paper: next_steps (en): 'aa", "paper: next_steps (fr): 'x', was"]),
    "a list and a field of its own": (
        small(lists={"fibres": [{"code": "C", "label": labels("Cotton")}]}, fields=[
            {"code": "fibre", "label": labels("Fibre"), "kind": "choice", "list": "fibres"}]),
        ["fields: fibre (Fibre) is new", "lists: fibres is new"]),
    "a rule": (
        small(rules=[{"need": "case_ref", "say": labels("Name the case."),
                      "when": {"quantity": {"over": "9"}, "unit": {"is": "pair"}}}]),
        ["rules: need case_ref when quantity over 9 unit is pair say 'Name the case.' is new"]),
    "the end": (small(valid_to="2027-03-31"), ["valid_to: '2027-03-31', was nothing"]),
}  # fmt: skip


@pytest.mark.parametrize(("new", "lines"), COMPARED.values(), ids=COMPARED)
def test_a_change_is_told_in_words(new: dict[str, Any], lines: list[str]) -> None:
    found = differences(SMALLEST, new)
    assert [line[: len(words)] for line, words in zip(found, lines, strict=True)] == lines, found


def test_ids_and_versions_are_judged() -> None:
    def first(**new: Any) -> str:
        old = read_pack(as_file(SMALLEST), "old")
        return str(changes(old, read_pack(as_file(small(**new)), "new"))[0])

    assert first(id="OTHER").endswith("this is another pack, not another version of it")
    assert first(version="0.9.9").endswith("a newer version has a higher number")
    assert first(version="1.10.0") == "version: '1.10.0', was '1.0.0'"
    assert first(form="long") == (
        "version: 1.0.0 on both, with another content: a version is never changed"
    )
    assert changes(*(read_pack(as_file(SMALLEST), "old"),) * 2) == []


def test_every_field_of_a_pack_is_compared() -> None:
    full, small_one = every_field(), read_pack(as_file(small(version="0.1.0")), "small")
    assert isinstance(full, Pack)
    for name in Pack.__struct_fields__:
        other = msgspec.structs.replace(full, **{name: getattr(small_one, name)})
        found = [str(each) for each in changes(full, other)]
        assert [line for line in found if line.startswith(name)], (name, found)
