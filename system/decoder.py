"""The child process that decodes photos. It is run as a script and imports Pillow alone.

Photos come from strangers, and decoders have had critical security bugs. So photos are decoded in
this process, with a list of allowed formats and a memory limit; a crash ends only this process.

Protocol on standard input and output: the child writes `decoder1` when it is ready. For each photo
it reads a length (8 bytes, big endian) and the photo, then writes a length (8 bytes) and JSON with
the facts, then the preview, the thumbnail and the small preview, each after its length (0 when
there is none).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import warnings
from datetime import datetime
from typing import BinaryIO

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

# Only these decoders of Pillow are loaded.
PLUGINS = (
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
PIXELS_LIMIT = 200_000_000
MEMORY_LIMIT = 1_500 * 1024 * 1024
PREVIEW, SMALL, THUMBNAIL = 1600, 900, 256
SMALL_LIMIT = 200 * 1024
"""Bytes of a small preview, which goes over a slow link ahead of the original."""
EXIF_TAKEN, EXIF_BLOCK, EXIF_OFFSET = 36867, 0x8769, 36881


def limit_memory() -> None:
    """Limit the memory of this process to what a photo can need, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def decode(data: bytes) -> tuple[dict[str, object], bytes, bytes, bytes]:
    """The facts of a photo, its preview, its thumbnail and its small preview (all JPEG).

    The facts contain `readable`, and `why` when the photo is not readable or only in part.
    """
    facts: dict[str, object] = {"readable": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _derive(image, facts)
    except UnidentifiedImageError:
        facts["why"] = "not a picture"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        facts["why"] = "too large"
    except MemoryError:
        facts["why"] = "too large"
    except Exception as error:  # any error of a decoder: the child must continue
        cut = "truncated" in str(error) or "too few" in str(error)
        facts["why"] = "cut short" if cut else "damaged"
    return facts, b"", b"", b""


def _derive(
    image: Image.Image, facts: dict[str, object]
) -> tuple[dict[str, object], bytes, bytes, bytes]:
    width, height = image.size
    exif = image.getexif()
    taken = exif.get_ifd(EXIF_BLOCK)
    turned = exif.get(0x0112, 1) in (5, 6, 7, 8)
    # a JPEG is decoded at the smallest scale that still covers the preview in both directions
    shrink = PREVIEW / max(width, height)
    image.draft("RGB", (round(width * shrink), round(height * shrink)))
    image.load()
    picture = ImageOps.exif_transpose(image)
    if picture.mode not in ("RGB", "L"):
        picture = _on_white(picture)
    picture.thumbnail((PREVIEW, PREVIEW), Image.Resampling.BILINEAR, reducing_gap=2.0)
    preview = _jpeg(picture, 80)
    picture.thumbnail((SMALL, SMALL), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small = next(filter(_is_small, (_jpeg(picture, quality) for quality in (65, 35))), b"")
    picture.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BILINEAR, reducing_gap=2.0)
    facts.update(
        readable=True,
        width=height if turned else width,
        height=width if turned else height,
        captured_at=_captured_at(taken),
        format=image.format,
    )
    return facts, preview, _jpeg(picture, 80), small


def _is_small(picture: bytes) -> bool:
    return len(picture) <= SMALL_LIMIT


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" in picture.mode or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    # Only pixels: no metadata of the original.
    picture.save(out, "JPEG", quality=quality, comment=b"")
    return out.getvalue()


def _captured_at(taken: dict[int, object]) -> str:
    """EXIF's `2026:11:23 03:12:08` as ISO 8601, with the offset when the camera wrote one."""
    text, offset = str(taken.get(EXIF_TAKEN, ""))[:19], str(taken.get(EXIF_OFFSET, ""))[:6]
    written = text[:10].replace(":", "-") + "T" + text[11:]
    try:
        if not re.fullmatch(r"[\d:T-]{19}", written, re.ASCII):
            return ""  # not a date
        datetime.fromisoformat(written)
    except ValueError:  # a camera without a set clock writes zeros
        return ""
    return written + (offset if re.fullmatch(r"[+-]\d{2}:\d{2}", offset, re.ASCII) else "")


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Report that all is loaded, then answer requests until the parent closes the input."""
    answers.write(b"decoder1")
    answers.flush()
    while True:
        length = requests.read(8)
        if len(length) < 8:
            return
        facts, *pictures = decode(requests.read(int.from_bytes(length, "big")))
        for part in (json.dumps(facts).encode(), *pictures):
            answers.write(len(part).to_bytes(8, "big") + part)
        answers.flush()


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    limit_memory()
    # After the start the parent does not read warnings.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    serve(sys.stdin.buffer, sys.stdout.buffer)
