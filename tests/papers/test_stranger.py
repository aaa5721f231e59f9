"""A verifier written from docs/seal.md alone: it reads codes with nothing of ours."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from papers.receipt.goods_row import rows_of
from papers.seal.canonical import canonical
from tests.papers.builders import KEY, a_line, a_paper, an_interception

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "seal-1.json").read_text("utf-8")
)


def opened(text: str) -> tuple[bytes, bytes]:
    """Signature and body of the text of a code (base 45, RFC 9285)."""
    assert text.startswith("TW1:")
    data = bytearray()
    rest = text[4:]
    for start in range(0, len(rest), 3):
        group = [LETTERS.index(letter) for letter in rest[start : start + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(group))
        data += value.to_bytes(len(group) - 1, "big")
    return bytes(data[:64]), bytes(data[64:])


def judged(text: str, public_key: bytes) -> list[Any]:
    """The sixteen values of a genuine seal. Raises `InvalidSignature` for any other."""
    signature, body = opened(text)
    key = Ed25519PublicKey.from_public_bytes(public_key)
    key.verify(signature, b"tidewaiter seal 1\n" + body)
    values: list[Any] = msgspec.msgpack.decode(body)
    assert (len(values), values[0]) == (16, 1)
    assert values[9] == hashlib.sha256(public_key).digest()[:8]
    return values


def sealed_lines(lines: list[str]) -> bytes:
    """Element 13 for these canonical lines."""
    each = [hashlib.sha256(f"{n}\n{line}".encode()).digest() for n, line in enumerate(lines, 1)]
    if len(each) > 16:
        return hashlib.sha256(b"".join(each)).digest()
    return b"".join(one[:6] for one in each)


def in_canonical_form(printed: str) -> str:
    """Rules 1 to 3 of the page."""
    for shown, said in zip(")]}>\u00bb\x02\ufffe", "([{<\u00ab--", strict=True):
        printed = printed.replace(shown, said)
    forms = (sorted(unicodedata.normalize("NFKC", letter)) for letter in printed)
    dropped = ("Cc", "Cf", "Mn")
    return "".join(
        letter
        for form in forms
        for letter in form
        if not letter.isspace() and unicodedata.category(letter) not in dropped
    )


def test_the_published_sample_is_genuine() -> None:
    values = judged(SAMPLE["text"], bytes.fromhex(SAMPLE["public_key"]))
    facts = SAMPLE["facts"]
    said = [facts[name] for name in ("kind", "receipt_no", "seizure_no", "revision")]
    assert values[1:5] == said
    assert values[5:7] == [1795399920000, 60]  # 2026-11-23T03:12:00+01:00
    assert values[7] == facts["post"]
    assert values[10:13] == [1204, bytes.fromhex(facts["tip"])[:16], 2]
    assert values[13] == sealed_lines(facts["lines"])
    assert values[14:] == [[["capsule", "620"]], False]


@pytest.mark.parametrize("count", [0, 1, 16, 17, 120])
def test_the_seal_of_a_fresh_receipt_is_genuine(count: int) -> None:
    goods = tuple(a_line(number) for number in range(count))
    paper = a_paper(interception=an_interception(goods=goods))

    values = judged(paper.seal, KEY.verify_key.raw)

    assert values[2:4] == [paper.receipt_no, paper.seizure_no]
    assert values[12] == count
    assert values[13] == sealed_lines([row.canonical for row in rows_of(paper)])


def test_one_changed_letter_of_the_code_is_found() -> None:
    text = SAMPLE["text"]
    for place in range(4, len(text), 7):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises((InvalidSignature, OverflowError, msgspec.DecodeError)):
            judged(other, bytes.fromhex(SAMPLE["public_key"]))


@pytest.mark.parametrize(
    "printed",
    ["560 capsules (»x«)", "ﬁve mg/㎏ ½", "soft\u00adhyphen\x02end", "ما (رقم) ٤", "é e\u0301 Å"],
)
def test_printed_words_come_to_the_same_canonical_form(printed: str) -> None:
    assert in_canonical_form(printed) == canonical([printed])
