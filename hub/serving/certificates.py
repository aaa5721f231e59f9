"""The files of the hub's TLS certificate: whether they work, and for how long."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cryptography import x509

from domain.words import mark
from hub.errors import CannotServe
from hub.log import log

DAYS_AHEAD = 30
"""Days before its end at which a certificate is worth a warning."""


class Certified(NamedTuple):
    """The files of the hub's TLS certificate."""

    certificate: Path
    private_key: Path


def certificate(chain: Path | None, key: Path | None) -> Certified | None:
    """The two files, after a test that they work; None without files. Raises `CannotServe`."""
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise CannotServe(
            mark("a certificate and its private key belong together"),
            about=str(chain or key),
            hint=mark("Name both: --certificate FILE --private-key FILE."),
        )
    try:
        # a key with a passphrase is refused, because a server cannot ask for it
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password=lambda: b"")
    except ssl.SSLError as error:
        raise CannotServe(
            mark("the certificate and its private key cannot be used: {cause}"),
            about=f"{chain}, {key}",
            hint=mark("Both must be PEM, belong together, and the key without a passphrase."),
            cause=error.reason or "not PEM",
        ) from error
    except OSError as error:
        raise CannotServe(
            mark("the certificate or its private key cannot be read: {cause}"),
            about=f"{chain}, {key}",
            cause=error.strerror or error,
        ) from error
    return Certified(chain, key)


def expires_at(chain: Path) -> datetime | None:
    """The end (UTC) of the first certificate in the file, which is the hub's own; None when it
    cannot be read.
    """
    try:
        return x509.load_pem_x509_certificates(chain.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError):
        return None


def days_left(chain: Path, now: datetime | None = None) -> int | None:
    """Whole days until the certificate expires, negative once it has; None when it cannot be
    read.
    """
    end = expires_at(chain)
    return None if end is None else (end - (now or datetime.now(UTC))).days


def warn_of_end(chain: Path) -> None:
    """Log that the certificate expires soon, or did."""
    days = days_left(chain)
    if days is not None and days < DAYS_AHEAD:
        log("certificate expires", days=days)
