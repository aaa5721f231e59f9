"""Which hub's certificate a workstation believes: the system's authorities, and one of its own."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from domain.instant import Instant
from domain.words import mark
from sync.errors import HubNotTrusted

LIMIT = 1 << 20
PATIENCE = 10.0
"""Seconds to look once more at a certificate that was not believed, only to say why."""
EXPIRED, NOT_YET_VALID, OTHER_NAME, OTHER_ADDRESS = 10, 9, 62, 64
"""X509_V_ERR_... of OpenSSL (x509_vfy.h)."""


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


def distrusted(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The certificate that was not believed, if that is at the root of the error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


def why_not(error: ssl.SSLCertVerificationError, url: str, now: Instant) -> HubNotTrusted:
    """Why the certificate of the hub at `url` is not believed, and what to do; `now` is the clock.

    Looks at the certificate once more to name its days and names; nothing is sent there.
    """
    seen = _presented(url)
    code = error.verify_code
    if code in (EXPIRED, NOT_YET_VALID):
        return _out_of_time(code, seen, url, now)
    if code in (OTHER_NAME, OTHER_ADDRESS):
        return HubNotTrusted(
            mark("the certificate there is for {names}, not for {name}"),
            about=url,
            hint=mark("Check the hub's address; else the certificate needs this name."),
            names=", ".join(seen.names) if seen and seen.names else mark("another name"),
            name=urlsplit(url).hostname,
        )
    return HubNotTrusted(
        mark("nobody this workstation trusts vouches for the hub's certificate"),
        about=url,
        hint=mark("Name the file headquarters gave: --authority FILE."),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a certificate says of itself."""

    begins: datetime
    ends: datetime
    names: tuple[str, ...]


def _out_of_time(code: int, seen: _Seen | None, url: str, now: Instant) -> HubNotTrusted:
    today = now.local_date.isoformat()
    if seen is None or seen.begins <= now.local <= seen.ends:
        return HubNotTrusted(
            mark("a certificate behind that of the hub is out of its time; here it is {today}"),
            about=url,
            hint=mark("Set this computer's clock if that is wrong; else tell the administrator."),
            today=today,
        )
    if code == EXPIRED:
        what = mark("the hub's certificate expired on {day}; this computer's clock says {today}")
        hint = mark("Set the clock if it is wrong; else the hub needs a new certificate.")
        day = seen.ends
    else:
        what = mark(
            "the hub's certificate is valid from {day} on; this computer's clock says {today}"
        )
        hint = mark("Set the clock if it is wrong; else tell the hub's administrator.")
        day = seen.begins
    return HubNotTrusted(what, about=url, hint=hint, day=day.date().isoformat(), today=today)


def _presented(url: str) -> _Seen | None:
    """The certificate shown at `url`, unjudged; None when it cannot be had (a proxy between)."""
    # only after a certificate was refused: 40 ms
    from cryptography import x509

    parts = urlsplit(url)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        address = (parts.hostname or "", parts.port or 443)
        with (
            socket.create_connection(address, PATIENCE) as line,
            context.wrap_socket(line, server_hostname=parts.hostname) as secured,
        ):
            found = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
    except (OSError, ValueError):
        return None
    return _Seen(found.not_valid_before_utc, found.not_valid_after_utc, _names(found))


def _names(certificate: object) -> tuple[str, ...]:
    from cryptography import x509  # as above

    assert isinstance(certificate, x509.Certificate)
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return tuple(str(name.value)[:100] for name in extension.value)[:5]
    except (x509.ExtensionNotFound, ValueError):
        return ()
