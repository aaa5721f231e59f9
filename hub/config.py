"""The configuration of a hub: what its file `hub.toml` may say, and what counts where it is silent.

`hub/config_file.py` reads it. An option of a command comes before the file, the file before these
defaults.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TypeAlias

import msgspec

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

LISTEN = "127.0.0.1:8080"
MEGABYTE = 1 << 20


class LogConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the log contains besides events."""

    requests: bool = True
    """Whether each request is a line."""
    addresses: bool = False
    """Whether that line has the caller's address, which may be personal data."""


class LimitConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of connections, and of the end of the hub."""

    connections: int = 8_192
    """Open at the same time; the system may allow fewer."""
    per_address: int = 256
    """From one address; a trusted proxy counts as one address."""
    head_seconds: float = 15.0
    """Until the whole head of a request is there."""
    drain_seconds: float = 0.0
    """From the signal TERM, while the hub says that it is not ready and still takes requests."""
    goodbye_seconds: float = 5.0
    """Then, for the requests that are being answered."""


class QuotaConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What one workstation may store, and how much of the disk stays free; sizes in bytes."""

    unfinished_uploads: int = 1_000
    unfinished_bytes: int = 20 * 1024 * MEGABYTE
    stored_bytes: int | None = None
    """Of all photos that a workstation sent; None is no limit."""
    photos_floor: int = 1024 * MEGABYTE
    """Free space below which photos wait."""
    records_floor: int = 128 * MEGABYTE
    """Free space below which records wait too."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """All values; `file` is where they come from, None when all are defaults."""

    file: Path | None = None
    database: str = ""
    """The address of the database; empty when none is named."""
    objects: str = ""
    """The address of the store for photos; empty when none is named."""
    backup: Path | None = None
    """The folder of the backups."""
    listen: str = LISTEN
    pages: str | None = None
    pages_names: tuple[str, ...] = ()
    pages_without_sign_in: bool = False
    """Whether everybody at this machine sees everything, for a demonstration."""
    metrics: str | None = None
    """`HOST:PORT` where figures for Prometheus are; None for nowhere."""
    certificate: Path | None = None
    private_key: Path | None = None
    proxies: tuple[Network, ...] = ()
    """Proxies whose word about the caller's address counts."""
    log: LogConfig = LogConfig()
    limits: LimitConfig = LimitConfig()
    quotas: QuotaConfig = QuotaConfig()


def dotted(config: Config) -> dict[str, object]:
    """Every value by its name in the file, like `log.requests`, without `file`."""
    found: dict[str, object] = {}
    for name, value in msgspec.structs.asdict(config).items():
        if isinstance(value, msgspec.Struct):
            parts = msgspec.structs.asdict(value)
            found |= {f"{name}.{part}": each for part, each in parts.items()}
        elif name != "file":
            found[name] = value
    return found
