"""Writes labels and code lists into docs/exchange-format.md, from the program and the shipped
packs.

    .venv/bin/python tools/format_page.py          writes them
    .venv/bin/python tools/format_page.py check    status 1 when they are outdated

Run it after a change of a code list or of a shipped pack. It writes the part between the two marks;
the rest of the page is written by hand.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.fields import FIELDS  # noqa: E402  # after the path is known
from domain.ids import PackHash  # noqa: E402  # as above
from domain.pack.added import AddedField  # noqa: E402  # as above
from domain.pack.checklist import Checklist  # noqa: E402  # as above
from domain.pack.model import Category, Pack  # noqa: E402  # as above
from domain.pack.read import read_pack  # noqa: E402  # as above
from system.shipped import shipped_packs, terms  # noqa: E402  # as above

PAGE = ROOT / "docs" / "exchange-format.md"
BEGIN = "<!-- written by tools/format_page.py from here -->"
END = "<!-- to here -->"
WIDTH = 112
UNUSED = ("amend_reasons",)
"""Lists that no field of a record uses; the texts below say where they are used."""


def main(arguments: list[str]) -> int:
    """Exit status 1 when `check` finds an outdated page."""
    held = PAGE.read_text(encoding="utf-8")
    new = with_lists(held)
    if arguments == ["check"]:
        if held != new:
            print("docs/exchange-format.md: run tools/format_page.py", file=sys.stderr)
        return int(held != new)
    PAGE.write_text(new, encoding="utf-8")
    return 0


def with_lists(page: str) -> str:
    """`page` with the present lists between the marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{written()}\n{END}{after}"


def written() -> str:
    """The text between the marks: three sections."""
    parts = ["## What each field is called", _labels(), "## Code lists of the program", *_terms()]
    for name, data in shipped_packs().items():
        parts += _pack(Checklist(read_pack(data, name), PackHash.of(data), terms()))
    return "\n\n".join(parts) + "\n"


def _labels() -> str:
    rows = [(f"`{path}`", field.heading()) for path, field in FIELDS.items() if not field.block]
    head = "On every screen, paper and page; goods, parties and photos are lists of such fields."
    return f"{head}\n\n{_table(('field', 'label'), rows)}"


def _terms() -> Iterator[str]:
    users = _users()
    for name, codes in sorted(terms().items()):
        used = ", ".join(f"`{path}`" for path in users.get(name, ()))
        if name in UNUSED:
            used = "`main.py amend --reason`"
        yield f"### `{name}`\n\nFor {used}.\n\n{_listed(codes)}"


def _users() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, field in FIELDS.items():
        if field.list_name:
            found.setdefault(field.list_name, []).append(path)
    return found


def _pack(checklist: Checklist) -> Iterator[str]:
    pack = checklist.pack
    yield f"## The pack `{pack.id}` {pack.version}"
    needs = ", ".join(f"`{path}`" for path in pack.required)
    photos = ", ".join(f"`{role}`" for role in pack.photos)
    yield (
        f"{pack.title['en']}. Needs in every record, beyond what this page says: "
        f"{f'fields {needs}; ' if needs else ''}photos of the role {photos or 'of the category'}."
    )
    rows = [
        (f"`{post.code}`", post.name["en"], post.unlocode, _code(post.place_type),
         _code(post.default_mode))
        for post in pack.posts
    ]  # fmt: skip
    yield "### Posts\n\n" + _table(("post", "name", "UN/LOCODE", "place_type", "mode"), rows)
    yield "### `categories`\n\n" + _table(
        ("category", "what", "profile", "units", "photos", "needed"),
        (_category(checklist, category) for category in pack.categories),
    )
    yield from _added(pack)
    for name in ("units", "reasons", "indicators", "concealment", "detection", "photo_roles",
                 "legal_bases"):  # fmt: skip
        yield f"### `{name}`\n\n{_listed(getattr(pack, name))}"


def _category(checklist: Checklist, category: Category) -> tuple[str, ...]:
    goods = checklist.goods_kind(category.code)
    assert goods is not None
    needed = list(goods.required)
    if category.other:
        needed.append("category_other")
    if goods.weighed:
        needed += ["gross_weight_kg or net_weight_kg", "weight_basis"]
    return (
        f"`{category.code}`",
        category.label["en"],
        f"`{category.profile_code}`",
        ", ".join(goods.units),
        ", ".join(goods.photos),
        ", ".join(needed),
    )


def _added(pack: Pack) -> Iterator[str]:
    """The fields that the pack adds, which goods have them, and their lists."""
    if not pack.fields:
        return
    yield "### Fields that the pack adds\n\n" + _table(
        ("field", "label", "kind", "list", "of the goods"),
        (_added_field(pack, field) for field in pack.fields),
    )
    for name, codes in pack.lists.items():
        yield f"### `{name}`\n\n{_listed(codes)}"


def _added_field(pack: Pack, field: AddedField) -> tuple[str, ...]:
    having = [profile.code for profile in pack.profiles if field.code in profile.fields]
    having += [category.code for category in pack.categories if field.code in category.fields]
    unit = f" ({field.unit})" if field.unit else ""
    return (
        f"`added.{field.code}`",
        field.label["en"] + unit,
        field.kind,
        _code(field.list),
        ", ".join(having),
    )


def _listed(codes: Iterable[Any]) -> str:
    texts = [
        f"`{code.code}` {code.label['en']}"
        + (" (needs words)" if getattr(code, "other", False) else "")
        for code in codes
    ]
    return textwrap.fill(" · ".join(texts), WIDTH, break_long_words=False, break_on_hyphens=False)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell or "" for cell in line) + " |" for line in lines)


def _code(code: str) -> str:
    return f"`{code}`" if code else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
