"""Writes the lists of countries and currencies that ship, from the tables of Unicode CLDR.

Run it after an update of Babel, with the day for which the lists must be valid, and read the
difference before you keep it:

    .venv/bin/python tools/make_terms.py 2026-11-01

The other lists in resources/terms are written by hand.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import babel
from babel.numbers import get_territory_currencies

TERMS = Path(__file__).resolve().parent.parent / "resources" / "terms"
LANGUAGES = ("en", "fr", "es", "ar", "ru", "pt", "zh")
NO_COUNTRY = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905
"""Territories of CLDR without a code of their own in ISO 3166-1 (XK is kept: customs use it)."""
UNKNOWN = {
    "en": "Unknown",
    "fr": "Inconnu",
    "es": "Desconocido",
    "ar": "غير معروف",
    "ru": "Неизвестно",
    "pt": "Desconhecido",
    "zh": "未知",
}
PRACTICE = {
    "en": "Sampleland (practice)",
    "fr": "Sampleland (exercice)",
    "es": "Sampleland (práctica)",
    "ar": "سامبل لاند (تدريب)",
    "ru": "Сэмплленд (учебная страна)",
    "pt": "Sampleland (exercício)",
    "zh": "示例国（练习）",
}
NOT_IN_CLDR = {
    "XCG": {
        "ar": "غيلدر كاريبي",
        "ru": "карибский гульден",
        "pt": "florim caribenho",
        "zh": "加勒比盾",
    },
    "ZWG": {
        "fr": "or du Zimbabwe",
        "es": "oro de Zimbabue",
        "ar": "ذهب زيمبابوي",
        "ru": "зимбабвийский золотой",
        "pt": "ouro do Zimbábue",
        "zh": "津巴布韦金",
    },
}
WITHDRAWN = frozenset({"BGN"})
"""Bulgaria has had the euro since 2026-01-01, which the tables of Babel 2.18 do not contain yet."""

Row = dict[str, object]


def countries() -> list[Row]:
    """ISO 3166-1 alpha-2 by code, then XK, the practice country XA and ZZ for unknown."""
    known = [str(code) for code in babel.Locale("en").territories]
    codes = sorted(
        c for c in known if len(c) == 2 and c.isalpha() and c not in NO_COUNTRY and c != "XK"
    )
    rows: list[Row] = [
        {"code": c, "label": {x: babel.Locale(x).territories[c] for x in LANGUAGES}}
        for c in [*codes, "XK"]
    ]
    return [*rows, {"code": "XA", "label": PRACTICE}, {"code": "ZZ", "label": UNKNOWN}]


def currencies(at: date) -> list[Row]:
    """Currencies that are legal tender anywhere on the day `at`, by ISO 4217 code."""
    codes = {
        currency
        for territory in babel.Locale("en").territories
        for currency in get_territory_currencies(str(territory), at, at, tender=True)
    }
    return [
        {"code": c, "label": {x: _currency_name(c, x) for x in LANGUAGES}}
        for c in sorted(codes - WITHDRAWN)
    ]


def _currency_name(code: str, language: str) -> str:
    own = NOT_IN_CLDR.get(code, {}).get(language)
    return own or str(babel.Locale(language).currencies[code])


def write(name: str, at: date, source: str, rows: list[Row]) -> None:
    """One list as a file, one code per line."""
    head = {
        "as_of": at.isoformat(),
        "source": f"{source}; names from CLDR, Babel {babel.__version__}",
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    codes = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    text = "{\n" + "\n".join(lines) + '\n "codes": [\n' + codes + "\n ]\n}\n"
    (TERMS / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write both lists, valid for the day on the command line."""
    at = date.fromisoformat(sys.argv[1])
    write("countries", at, "ISO 3166-1 alpha-2, with XK, XA and ZZ", countries())
    write("currencies", at, "ISO 4217, legal tender", currencies(at))


if __name__ == "__main__":
    main()
