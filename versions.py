"""What `main.py --version` prints: Tidewaiter, and every native library with its version.

The library itself gives its version where possible; security reports name such versions.
"""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from importlib import metadata

import zstandard
from PIL import features

from domain.words import mark
from system.errors import Damaged
from system.installed import FOLDER


def versions() -> str:
    """One line per part, aligned; a part that cannot be loaded has the reason in its line."""
    lines = list(_lines())
    width = max(len(name) for name, _ in lines)
    return "\n".join(f"{name:{width}}  {version}" for name, version in lines)


def tidewaiter() -> str:
    """The program's own version, from pyproject.toml. Raises `Damaged` when it cannot be read."""
    file = FOLDER / "pyproject.toml"
    try:
        version: str = tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"]
    except (OSError, ValueError, KeyError) as error:
        raise Damaged(
            mark("the file that holds the program's version cannot be used"),
            about=str(file),
            hint=mark("Install the program again."),
        ) from error
    return version


def _lines() -> Iterator[tuple[str, str]]:
    yield "Tidewaiter", tidewaiter()
    yield "Python", f"{platform.python_version()} ({platform.platform()})"
    for ask in (_qt, _sqlite, _openssl, _pillow, _zstd, _pdfium, _harfbuzz):
        try:
            yield from ask()
        except ImportError as error:
            yield ask.__name__.strip("_"), f"cannot be loaded: {error}"
    for name, package in WITHOUT_A_VERSION_OF_THEIR_OWN.items():
        try:
            yield name, f"{metadata.version(package)} (package {package})"
        except metadata.PackageNotFoundError:
            yield name, f"the package {package} is not installed"


WITHOUT_A_VERSION_OF_THEIR_OWN = {
    "zxing-cpp": "zxing-cpp",
    "msgspec": "msgspec",
    "python-bidi": "python-bidi",
    "pyrage": "pyrage",
}


def _qt() -> Iterator[tuple[str, str]]:
    from PySide6 import QtCore  # native: only when asked

    yield "Qt", str(QtCore.qVersion())
    yield "PySide6", metadata.version("PySide6-Essentials")


def _sqlite() -> Iterator[tuple[str, str]]:
    from system.database.opener import library_versions  # native: only when asked

    yield from library_versions().items()


def _openssl() -> Iterator[tuple[str, str]]:
    from cryptography.hazmat.backends.openssl import backend  # native: only when asked

    yield "OpenSSL", f"{backend.openssl_version_text()} (cryptography)"
    yield "cryptography", metadata.version("cryptography")


def _pillow() -> Iterator[tuple[str, str]]:
    yield "Pillow", metadata.version("Pillow")
    for name, feature in (("libjpeg-turbo", "libjpeg_turbo"), ("zlib", "zlib"),
                          ("zlib-ng", "zlib_ng"), ("OpenJPEG", "jpg_2000"), ("LibTIFF", "libtiff"),
                          ("WebP", "webp"), ("FreeType", "freetype2")):  # fmt: skip
        version = features.version(feature)
        if version:
            yield name, f"{version} (Pillow)"


def _zstd() -> Iterator[tuple[str, str]]:
    yield "Zstandard", ".".join(map(str, zstandard.ZSTD_VERSION))


def _pdfium() -> Iterator[tuple[str, str]]:
    import pypdfium2  # native: only when asked

    yield "PDFium", str(pypdfium2.PDFIUM_INFO)


def _harfbuzz() -> Iterator[tuple[str, str]]:
    import uharfbuzz  # native: only when asked

    yield "HarfBuzz", f"{uharfbuzz.version_string()} (uharfbuzz)"
