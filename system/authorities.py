"""Certificates of authorities, as PEM text: which ones a text holds, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


@dataclass(frozen=True, slots=True)
class Authority:
    """One certificate of an authority."""

    name: str
    ends: datetime
    """The last moment at which it is valid, in UTC."""
    pem: str


def authorities(pem: str) -> tuple[Authority, ...]:
    """The certificates in the text, each once; () when there are none that can be read."""
    try:
        found = x509.load_pem_x509_certificates(pem.encode()) if pem.strip() else []
    except ValueError:
        return ()
    made = (
        Authority(
            one.subject.rfc4514_string() or str(one.serial_number),
            one.not_valid_after_utc,
            one.public_bytes(Encoding.PEM).decode("ascii"),
        )
        for one in found
    )
    return tuple({one.pem: one for one in made}.values())


def beside(earlier: str, new: str, now: datetime) -> str:
    """The PEM of both texts, the new one first, without those that have expired."""
    both = (*authorities(new), *authorities(earlier))
    return "".join({one.pem: None for one in both if one.ends > now})
