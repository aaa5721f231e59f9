"""Which hub's certificate a workstation believes: the system's authorities, and one of its own."""

from __future__ import annotations

import ssl
from pathlib import Path

from domain.words import mark
from sync.errors import HubNotTrusted

LIMIT = 1 << 20


def trust(authority: str = "") -> ssl.SSLContext:
    """Checks certificates and names against the system's store, plus the PEM in `authority`."""
    context = ssl.create_default_context()
    if authority:
        context.load_verify_locations(cadata=authority)
    return context


def read_authority(path: Path) -> str:
    """The certificates in the file, PEM. Raises `HubNotTrusted` when there are none."""
    try:
        with path.open("rb") as file:
            text = file.read(LIMIT).decode("ascii", "replace")
        trust(text or "none")
    except OSError as error:  # ssl.SSLError is one too
        raise HubNotTrusted(
            mark("this file has no certificate of an authority in it"),
            about=str(path),
            hint=mark("Headquarters gives it out, as PEM: BEGIN CERTIFICATE."),
        ) from error
    return text


def distrusted(error: BaseException | None) -> bool:
    """Whether a certificate that was not believed is at the root of the error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
