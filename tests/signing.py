"""Operations that sign packs, without the passphrase that their key files have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain.encoding import to_json
from domain.pack.signature import OperationKey, make_operation_key, sign_pack
from domain.signing import SigningKey
from storage import operation_keys
from system.database import transaction
from tests.builders import NIGHT, Place


@dataclass(frozen=True)
class Operation:
    """An operation with its key; as text it is the key's fingerprint."""

    folder: Path
    key: OperationKey
    signing: SigningKey

    @classmethod
    def make(cls, folder: Path, name: str, seed: int) -> Operation:
        """Another seed is another key."""
        signing = SigningKey(bytes([seed]) * 32)
        return cls(folder, make_operation_key(name, signing), signing)

    def followed_by(self, seed: int) -> Operation:
        """The operation with a key that the present one names."""
        signing = SigningKey(bytes([seed]) * 32)
        before = (self.key, self.signing)
        return Operation(
            self.folder, make_operation_key(self.key.operation, signing, before), signing
        )

    def __str__(self) -> str:
        return self.key.fingerprint

    def signed(self, pack: bytes) -> bytes:
        """The signed file of a pack."""
        return sign_pack(pack, self.key, self.signing)

    def signs(self, file: Path) -> Path:
        """The signed file of the pack in a file."""
        signed = file.with_suffix(f".{self.key.key}.json")
        signed.write_bytes(self.signed(file.read_bytes()))
        return signed

    @property
    def public(self) -> Path:
        """The file with the public key."""
        file = self.folder / f"{self.key.key}.pub"
        file.write_bytes(to_json(self.key))
        return file

    def is_trusted_at(self, place: Place) -> None:
        """A person at the workstation confirmed the key."""
        with place.open() as ws, transaction(ws.db):
            operation_keys.confirm(ws.db, self.key, NIGHT, "4417")
