"""A sealed file is judged by a reader that was written from docs/storage.md alone."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from storage.sealed_file import NotSealed, seal, unseal

KEY, PREFIX = bytes(range(32)), b"\xf0\xf1\xf2\xf3\xf4\xf5\xf6"
CHUNK, TAG, HEAD = 65_536, 16, 11
STEP = CHUNK + TAG


def content(size: int) -> bytes:
    """Bytes without a period that a chunk would share."""
    return hashlib.shake_128(b"content").digest(size)


def sealed_by_the_page(key: bytes, data: bytes, prefix: bytes) -> bytes:
    """Another implementation of "Sealed files": GCM as a cipher with a tag, chunk by chunk."""
    pieces = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)] or [b""]
    out = b"TWF1" + prefix
    for number, piece in enumerate(pieces):
        last = 1 if piece is pieces[-1] and number == len(pieces) - 1 else 0
        nonce = prefix + bytes([0, 0, number >> 8, number & 255, last])
        cipher = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(b"TWF1")
        out += cipher.update(piece) + cipher.finalize() + cipher.tag
    return out


def opened_by_the_page(key: bytes, sealed: bytes) -> bytes:
    """The reader that goes with it. Raises `InvalidTag`."""
    assert sealed[:4] == b"TWF1"
    prefix, rest, out, number = sealed[4:11], sealed[11:], b"", 0
    while rest or number == 0:
        piece, rest = rest[:STEP], rest[STEP:]
        nonce = prefix + number.to_bytes(4, "big") + (b"\x00" if rest else b"\x01")
        cipher = Cipher(algorithms.AES(key), modes.GCM(nonce, piece[-TAG:])).decryptor()
        cipher.authenticate_additional_data(b"TWF1")
        out += cipher.update(piece[:-TAG]) + cipher.finalize()
        number += 1
    return out


SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5)


@pytest.mark.parametrize("size", SIZES)
def test_both_implementations_write_the_same_bytes_and_read_each_others(size: int) -> None:
    data = content(size)

    ours = seal(KEY, data, PREFIX)

    assert ours == sealed_by_the_page(KEY, data, PREFIX)
    assert opened_by_the_page(KEY, ours) == data
    assert unseal(KEY, ours) == data


@pytest.mark.parametrize(
    ("size", "digest"),
    [
        (0, "ddda01e46ab201a06b571d426d836b8c70236652845fdf0390c8dcf365a0aadf"),
        (CHUNK, "4bd476687f5f36e3950c969ce341fccf6863d987be7b4696229c8084d863a22e"),
        (2 * CHUNK + 9, "d6e8e7a726b0844e62e5bc535fc33f1df71996ce3b8aad855908b65e8f7ccad4"),
    ],
)
def test_files_of_earlier_programs_are_read_for_ever(size: int, digest: str) -> None:
    """Fixed vectors: the SHA-256 of what `KEY` and `PREFIX` make of `content(size)`."""
    assert hashlib.sha256(seal(KEY, content(size), PREFIX)).hexdigest() == digest


@pytest.mark.parametrize("chunks", [1, 2])
def test_a_file_that_ends_at_the_edge_of_a_chunk_is_known_as_cut_short(chunks: int) -> None:
    """Each chunk that is left is whole and in its place; only the mark of the last one is not."""
    sealed = seal(KEY, content(3 * CHUNK), PREFIX)

    with pytest.raises(NotSealed):
        unseal(KEY, sealed[: HEAD + chunks * STEP])
    with pytest.raises(InvalidTag):
        opened_by_the_page(KEY, sealed[: HEAD + chunks * STEP])


def test_a_file_that_ends_before_its_first_chunk_is_none() -> None:
    sealed = seal(KEY, content(CHUNK), PREFIX)

    for length in (0, 3, 4, HEAD, HEAD + TAG - 1):
        with pytest.raises(NotSealed):
            unseal(KEY, sealed[:length])


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 0, 2), (1, 2), (0, 2)])
def test_chunks_in_another_order_twice_or_left_out_are_noticed(order: tuple[int, ...]) -> None:
    sealed = seal(KEY, content(3 * CHUNK), PREFIX)
    chunks = [sealed[HEAD + n * STEP : HEAD + (n + 1) * STEP] for n in range(3)]

    with pytest.raises(NotSealed):
        unseal(KEY, sealed[:HEAD] + b"".join(chunks[n] for n in order))


def test_a_chunk_behind_the_last_one_is_noticed() -> None:
    one, two = seal(KEY, content(CHUNK), PREFIX), seal(KEY, content(2 * CHUNK), PREFIX)

    with pytest.raises(NotSealed):
        unseal(KEY, one + two[HEAD + STEP :])


def test_a_chunk_of_another_file_is_noticed() -> None:
    ours = seal(KEY, content(2 * CHUNK), PREFIX)
    other = seal(KEY, content(2 * CHUNK), b"another")

    with pytest.raises(NotSealed):
        unseal(KEY, ours[: HEAD + STEP] + other[HEAD + STEP :])
