"""The child process that decodes photos. It is run as a script; it imports Pillow and pi-heif.

Photos come from strangers, and decoders have had critical security bugs. So photos are decoded in
this process, with a list of allowed formats and a memory limit; a crash ends only this process.

Protocol on standard input and output: the child writes `decoder2` when it is ready. For each photo
it reads what is wanted (one byte), a length (8 bytes, big endian) and the photo. It writes a length
(8 bytes) and JSON with the facts, then pictures, each after its length (0 when there is none): for
`p` the preview, the thumbnail and the small preview, for `w` the whole picture as its plain pixels
(3 bytes each: red, green, blue).
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

import pi_heif
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

# Only these decoders of Pillow are loaded; pi-heif adds one for HEIC.
PLUGINS = (
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF")
PIXELS_LIMIT = 200_000_000
WHOLE_LIMIT = 50_000_000
"""Pixels of a whole picture; a larger one is made smaller, to limit the memory of the desk."""
MEMORY_LIMIT = 1_500 * 1024 * 1024
PREVIEWS, WHOLE = b"p", b"w"
PICTURES = {PREVIEWS: 3, WHOLE: 1}
"""How many pictures are answered, by what is wanted."""
HEIC_STARTS = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypheis", b"ftypmif1")
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


def decode(data: bytes, wanted: bytes = PREVIEWS) -> tuple[dict[str, object], list[bytes]]:
    """The facts of a photo, and the pictures that are `wanted`: none when it is not readable.

    The facts contain `readable`, and `why` when the photo is not readable or only in part.
    """
    facts: dict[str, object] = {"readable": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return facts, _derive(image, facts, wanted)
    except UnidentifiedImageError:
        # pi-heif calls a damaged HEIC unidentified
        facts["why"] = "damaged" if data[4:12] in HEIC_STARTS else "not a picture"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        facts["why"] = "too large"
    except MemoryError:
        facts["why"] = "too large"
    except Exception as error:  # any error of a decoder: the child must continue
        cut = isinstance(error, EOFError) or "truncated" in str(error) or "too few" in str(error)
        facts["why"] = "cut short" if cut else "damaged"
    facts["readable"] = False
    return facts, [b""] * PICTURES[wanted]


def _derive(image: Image.Image, facts: dict[str, object], wanted: bytes) -> list[bytes]:
    """The wanted pictures; fills in `facts`."""
    width, height = image.size
    exif = image.getexif()
    taken = exif.get_ifd(EXIF_BLOCK)
    turned = exif.get(0x0112, 1) in (5, 6, 7, 8)
    if wanted == PREVIEWS:
        # a JPEG is decoded at the smallest scale that still covers the preview in both directions
        shrink = PREVIEW / max(width, height)
        image.draft("RGB", (round(width * shrink), round(height * shrink)))
    image.load()
    picture = _plain(ImageOps.exif_transpose(image))
    facts.update(
        readable=True,
        width=height if turned else width,
        height=width if turned else height,
        captured_at=_captured_at(taken),
        format=image.format,
    )
    return _previews(picture) if wanted == PREVIEWS else [_whole(picture, facts)]


def _previews(picture: Image.Image) -> list[bytes]:
    """The preview, the thumbnail and the small preview, as JPEG."""
    picture.thumbnail((PREVIEW, PREVIEW), Image.Resampling.BILINEAR, reducing_gap=2.0)
    preview = _jpeg(picture, 80)
    picture.thumbnail((SMALL, SMALL), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small = next(filter(_is_small, (_jpeg(picture, quality) for quality in (65, 35))), b"")
    picture.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return [preview, _jpeg(picture, 80), small]


def _whole(picture: Image.Image, facts: dict[str, object]) -> bytes:
    """All pixels, 3 bytes each; `facts` get the size in which it is shown."""
    shrink = (WHOLE_LIMIT / (picture.width * picture.height)) ** 0.5
    if shrink < 1:
        size = int(picture.width * shrink), int(picture.height * shrink)
        picture = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    facts.update(shown_width=picture.width, shown_height=picture.height)
    return picture.convert("RGB").tobytes()


def _is_small(picture: bytes) -> bool:
    return len(picture) <= SMALL_LIMIT


def _plain(picture: Image.Image) -> Image.Image:
    """The picture as RGB or grey of 8 bits, on white where it is transparent."""
    if picture.mode.startswith("I;16"):  # Pillow's own conversion makes nearly all of it white
        whole = picture if picture.mode == "I;16" else picture.convert("I")
        return whole.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("I", "F"):
        return _between_extremes(picture)
    if picture.mode in ("RGB", "L"):
        return picture
    if "A" in picture.mode or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return picture.convert("RGB")


def _between_extremes(picture: Image.Image) -> Image.Image:
    """Measured values without a scale of their own: the lowest becomes black, the highest white."""
    values = picture.convert("F")
    low, high = values.getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    scale = 255 / (high - low) if high > low else 0.0
    return values.point(lambda value: value * scale + -low * scale).convert("L")


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
    answers.write(b"decoder2")
    answers.flush()
    while True:
        head = requests.read(9)
        if len(head) < 9 or head[:1] not in PICTURES:
            return
        facts, pictures = decode(requests.read(int.from_bytes(head[1:], "big")), head[:1])
        for part in (json.dumps(facts).encode(), *pictures):
            answers.write(len(part).to_bytes(8, "big") + part)
        answers.flush()


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pi_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    limit_memory()
    # After the start the parent does not read warnings.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    serve(sys.stdin.buffer, sys.stdout.buffer)
