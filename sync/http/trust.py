"""Which certificates a workstation trusts: those of the system's authorities and of one more."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import truststore
from cryptography import x509

from domain.instant import Instant
from domain.words import mark
from sync.errors import HubNotTrusted, UnknownAuthority

LIMIT = 1 << 20
"""At most so many bytes are read from a file with certificates."""
PATIENCE = 10.0
"""Seconds for a second connection that only finds out why a certificate was refused."""
OUT_OF_TIME = (10, 9, 0x800B0101, -67818, -67819)
OTHER_NAME = (62, 64, 0x800B010F, -67602)
"""Error codes for an expired certificate in the three systems' verifiers: X509_V_ERR_... of OpenSSL
(x509_vfy.h), CERT_E_... of Windows (winerror.h), errSec... of macOS (SecBase.h).
"""


def trust(authority: str = "") -> ssl.SSLContext:
    """A TLS context that trusts the system's authorities and the PEM in `authority`.

    The system's authorities are read from their usual store: the keychain of macOS, the store of
    Windows, the files of Linux. Raises `ssl.SSLError` when `authority` holds no certificate.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        context.load_verify_locations(cadata=authority)
    return context


def unverified() -> ssl.SSLContext:
    """A TLS context that trusts any certificate: only for questions that carry no secret, whose
    answer is signed by a key that is known.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def read_authority(path: Path) -> str:
    """The certificates in the file, PEM. Raises `HubNotTrusted` when there are none."""
    try:
        with path.open("rb") as file:
            text = file.read(LIMIT).decode("ascii", "replace")
    except OSError as error:
        raise HubNotTrusted(
            mark("it cannot be read: {cause}"), about=str(path), cause=error.strerror
        ) from error
    try:
        trust(text or "none")
    except OSError as error:  # ssl.SSLError is one
        raise HubNotTrusted(
            mark("this file contains no certificate of an authority"),
            about=str(path),
            hint=mark("Headquarters provides the file, as PEM: BEGIN CERTIFICATE."),
        ) from error
    return text


def distrusted(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The certificate error that caused `error`; None when the cause is another one."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


def why_not(error: ssl.SSLCertVerificationError, url: str, now: Instant) -> HubNotTrusted:
    """Why the certificate of the hub at `url` is refused, and what to do; `now` is the clock.

    Connects once more to read the dates and names in the certificate; no data is sent.
    """
    certificate = _presented(url)
    if error.verify_code in OUT_OF_TIME:
        return _out_of_time(certificate, url, now)
    if error.verify_code in OTHER_NAME:
        return HubNotTrusted(
            mark("the certificate there is for {names}, not for {name}"),
            about=url,
            hint=mark("Check the hub's address; else the certificate needs this name."),
            names=", ".join(certificate.names if certificate else ()) or mark("another name"),
            name=urlsplit(url).hostname,
        )
    return UnknownAuthority(
        mark("this workstation does not trust the authority that signed the hub's certificate"),
        about=url,
        hint=mark("Ask headquarters for an enrolment file, which names it."),
    ).with_way_out(
        "Then `main.py enrol FILE`; or name the authority's own file with --authority FILE.",
        mark("In the settings, press “Take an enrolment file …”."),
    )


@dataclass(frozen=True, slots=True)
class _PresentedCertificate:
    """The contents of the certificate at an address, not verified."""

    begins: datetime
    ends: datetime
    names: tuple[str, ...]


def _out_of_time(
    certificate: _PresentedCertificate | None, url: str, now: Instant
) -> HubNotTrusted:
    today = now.local_date.isoformat()
    if certificate is None or certificate.begins <= now.local <= certificate.ends:
        return HubNotTrusted(
            mark(
                "a certificate in the hub's chain is not valid now; this computer's clock "
                "says {today}"
            ),
            about=url,
            hint=mark("Set this computer's clock if that is wrong; else tell the administrator."),
            today=today,
        )
    if certificate.ends < now.local:
        what = mark("the hub's certificate expired on {day}; this computer's clock says {today}")
        hint = mark("Set the clock if it is wrong; else the hub needs a new certificate.")
        day = certificate.ends
    else:
        what = mark(
            "the hub's certificate is valid from {day} on; this computer's clock says {today}"
        )
        hint = mark("Set the clock if it is wrong; else tell the hub's administrator.")
        day = certificate.begins
    return HubNotTrusted(what, about=url, hint=hint, day=day.date().isoformat(), today=today)


def _presented(url: str) -> _PresentedCertificate | None:
    """The certificate of the server at `url`; None when it cannot be read, for example behind a
    proxy.
    """
    parts = urlsplit(url)
    context = unverified()
    try:
        address = (parts.hostname or "", parts.port or 443)
        with (
            socket.create_connection(address, PATIENCE) as line,
            context.wrap_socket(line, server_hostname=parts.hostname) as secured,
        ):
            found = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
    except (OSError, ValueError):
        return None
    return _PresentedCertificate(
        found.not_valid_before_utc, found.not_valid_after_utc, _names(found)
    )


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return tuple(str(name.value)[:100] for name in extension.value)[:5]
    except (x509.ExtensionNotFound, ValueError):
        return ()
