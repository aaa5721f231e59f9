"""Opens a workstation's folder with the operating system's key store."""

from __future__ import annotations

from domain.words import mark
from storage.keys import SystemKeyStore
from system.errors import CannotOpen

SERVICE = "tidewaiter"
"""The name under which the system's key store keeps our entries."""


def system_key_store() -> SystemKeyStore:
    """The key store of this user; it is used only when a slot is read or written.

    Its functions raise `CannotOpen` when the store is locked or missing.
    """
    import keyring.errors  # takes 150 ms, and only some users need it

    def unusable(error: keyring.errors.KeyringError) -> CannotOpen:
        return CannotOpen(
            mark("the system's key store cannot be used ({cause})"),
            hint=mark("Unlock it, or open it with --passphrase-file or --recovery-key-file."),
            cause=type(error).__name__,
        )

    def read(name: str) -> str | None:
        try:
            return keyring.get_password(SERVICE, name)
        except keyring.errors.KeyringError as error:
            raise unusable(error) from error

    def write(name: str, value: str) -> None:
        try:
            keyring.set_password(SERVICE, name, value)
        except keyring.errors.KeyringError as error:
            raise unusable(error) from error

    return SystemKeyStore(read, write)
