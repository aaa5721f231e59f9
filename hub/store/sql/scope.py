"""What of the hub an account may see: rows of workstations whose posts are in its regions."""

from __future__ import annotations

import msgspec

from domain.ids import DeviceId, PhotoHash
from system.database import Connection


class Scope(msgspec.Struct, frozen=True):
    """Whose regions limit what is read; without an account everything is read."""

    account: str = ""


EVERYTHING = Scope()


def within(column: str, scope: Scope) -> tuple[str, tuple[str, ...]]:
    """A condition that begins with AND, and its values: `column` is a workstation of the scope."""
    if not scope.account:
        return "", ()
    return (
        f" AND {column} IN (SELECT seen.id FROM device AS seen"
        " JOIN region_post AS p ON p.post = seen.post"
        " JOIN account_region AS r ON r.region = p.region WHERE r.account = ?)",
        (scope.account,),
    )


def sees_device(rows: Connection, device: DeviceId, scope: Scope) -> bool:
    """Whether the workstation is in the scope."""
    condition, values = within("id", scope)
    found = rows.execute(f"SELECT 1 FROM device WHERE id = ?{condition}", (str(device), *values))
    return found.fetchone() is not None


def sees_photo(rows: Connection, photo: PhotoHash, scope: Scope) -> bool:
    """Whether an interception of the scope names the photo, or a workstation of the scope sent it
    or a preview of it.
    """
    if not scope.account:
        return True
    named, values = within("listed.device", scope)
    sent, _ = within("device", scope)
    found = rows.execute(
        "SELECT 1 FROM interception_photo AS named"
        f" JOIN interception AS listed ON listed.record = named.record WHERE named.hash = ?{named}"
        f" UNION ALL SELECT 1 FROM photo WHERE hash = ?{sent}"
        f" UNION ALL SELECT 1 FROM preview WHERE hash = ?{sent} LIMIT 1",
        (photo.raw, *values) * 3,
    )
    return found.fetchone() is not None
