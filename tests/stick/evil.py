"""Bundles that no workstation makes: each is refused with one sentence."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pyrage

from domain.encoding import to_json
from domain.entry import Entry
from domain.ids import DeviceId, Digest, HubId, PhotoHash
from domain.instant import Instant
from domain.signing import SigningKey
from sync.wire.archive import archive, header
from sync.wire.batch import pack_batch
from sync.wire.envelope import sign
from sync.wire.manifest import LABEL, Manifest, Member, batch_name, photo_name

Members = list[tuple[str, bytes]]


@dataclass
class Forge:
    """Makes bundles of an enrolled workstation, good and bad."""

    hub: HubId
    recipient: str
    device: DeviceId
    key: SigningKey
    entries: list[Entry]
    photo: bytes = b"\xff\xd8\xff" + bytes(range(256)) * 40

    def members(self) -> Members:
        """A batch and a photo."""
        return [
            (batch_name(1), pack_batch(self.entries)),
            (photo_name(PhotoHash.of(self.photo)), self.photo),
        ]

    def manifest(self, members: Members, **changes: Any) -> Manifest:
        """The manifest of these members; `changes` are members of it."""
        made = Manifest(
            hub=self.hub,
            device=self.device,
            bundle="0123456789ab-1",
            nonce="00" * 16,
            part=1,
            parts=1,
            made_at=Instant(0),
            members=tuple(
                Member(name, len(data), Digest(hashlib.sha256(data).digest()))
                for name, data in members
            ),
        )
        return msgspec.structs.replace(made, **changes)

    def signed(self, manifest: object, key: SigningKey | None = None, label: str = LABEL) -> bytes:
        """The bytes of the first file."""
        return to_json(sign(manifest, key or self.key, label))

    def tar(self, members: Members | None = None, **changes: Any) -> bytes:
        """The archive of the manifest and the members."""
        members = self.members() if members is None else members
        first = self.signed(self.manifest(members, **changes))
        return b"".join(archive([("manifest", first), *members]))

    def seal(self, plain: bytes, *recipients: Any) -> bytes:
        """Encrypted to the hub, or to these recipients."""
        to = recipients or (pyrage.x25519.Recipient.from_str(self.recipient),)
        return bytes(pyrage.encrypt(plain, list(to)))

    def listed(self, listed: Members, there: bytes) -> bytes:
        """A manifest that lists some members, before the archive `there`."""
        first = self.signed(self.manifest(listed))
        return self.seal(header("manifest", len(first)) + first + filling(first) + there)

    def as_json(self, change: Callable[[dict[str, Any]], None]) -> bytes:
        """A bundle whose manifest is changed as JSON and signed afterwards."""
        members = self.members()
        made = json.loads(to_json(self.manifest(members)))
        change(made)
        text = json.dumps(made)
        signature = self.key.sign(LABEL, text.encode()).hex()
        first = json.dumps({"statement": text, "signature": signature}).encode()
        return self.seal(b"".join(archive([("manifest", first), *members])))


def filling(data: bytes) -> bytes:
    """The zero bytes after a member."""
    return bytes(-len(data) % 512)


def entry(name: str, data: bytes = b"", **fields: Any) -> bytes:
    """A member of any type, as GNU tar and others would write it."""
    member = tarfile.TarInfo(name)
    member.size = len(data)
    shape = fields.pop("format", tarfile.USTAR_FORMAT)
    for field, value in fields.items():
        setattr(member, field, value)
    return member.tobuf(shape) + data + filling(data)


END = bytes(1024)


def of_other_types(forge: Forge) -> Iterator[tuple[str, bytes]]:
    """Members that are no plain files, under the name that the manifest lists."""
    name, photo = forge.members()[1]
    listed = [(name, photo)]
    kinds = {
        "a symbolic link": tarfile.SYMTYPE,
        "a hard link": tarfile.LNKTYPE,
        "a character device": tarfile.CHRTYPE,
        "a block device": tarfile.BLKTYPE,
        "a named pipe": tarfile.FIFOTYPE,
        "a folder": tarfile.DIRTYPE,
        "a contiguous file": tarfile.CONTTYPE,
        "a sparse file of GNU": tarfile.GNUTYPE_SPARSE,
        "a long name of GNU": tarfile.GNUTYPE_LONGNAME,
        "a long link of GNU": tarfile.GNUTYPE_LONGLINK,
        "an extended header of pax": tarfile.XHDTYPE,
        "a global header of pax": tarfile.XGLTYPE,
        "a header of Solaris": tarfile.SOLARIS_XHDTYPE,
        "a volume label": b"V",
        "a file continued from another volume": b"M",
        "an old regular file": tarfile.AREGTYPE,
    }
    for what, kind in kinds.items():
        yield what, forge.listed(listed, entry(name, photo, type=kind) + END)
    for link in ("/etc/passwd", "../../hub.sqlite"):
        bad = entry(name, b"", type=tarfile.SYMTYPE, linkname=link)
        yield f"a link to {link}", forge.listed(listed, bad + END)
    yield (
        "a plain file with the target of a link",
        forge.listed(listed, entry(name, photo, linkname="/etc/passwd") + END),
    )
    yield (
        "a header of the format GNU",
        forge.listed(listed, entry(name, photo, format=tarfile.GNU_FORMAT) + END),
    )


def of_other_names(forge: Forge) -> Iterator[tuple[str, bytes]]:
    """Names that lead elsewhere, in the archive alone or in the manifest too."""
    name, photo = forge.members()[1]
    for bad in (
        "../photos/x",
        "/etc/cron.d/x",
        "photos/../../x",
        "photos\\..\\x",
        "C:\\x",
        "photos/CON",
        "photos/aux.jpg",
        "photos/" + "0" * 64,
        "PHOTOS/" + name[7:],
        name.upper(),
        name + "/",
        "./" + name,
        "",
        "photos/a\nb",
    ):
        yield f"a member named {bad!r}", forge.listed([(name, photo)], entry(bad, photo) + END)
    for bad in (
        "../x",
        "/x",
        "photos/x",
        "batches/2",
        "batches/0002",
        "manifest",
        "photos/" + "0" * 64,
    ):
        yield f"a manifest that lists {bad!r}", forge.seal(forge.tar([(bad, photo)]))


def of_other_content(forge: Forge) -> Iterator[tuple[str, bytes]]:
    """Members twice, too many, in another order, of other sizes, with other bytes."""
    batch, picture = forge.members()
    twice = [batch, picture, picture]
    yield "a photo listed twice", forge.seal(forge.tar(twice))
    yield "a batch listed twice", forge.seal(forge.tar([batch, batch]))
    yield "a photo before a batch", forge.seal(forge.tar([picture, batch]))
    both = b"".join(entry(name, data) for name, data in (picture, batch))
    yield "members in another order than listed", forge.listed([batch, picture], both + END)
    more = entry(*picture) + entry("photos/" + "1" * 64, b"x")
    yield "one member more than listed", forge.listed([picture], more + END)
    yield "a member twice", forge.listed([picture], entry(*picture) * 2 + END)
    yield "one member less than listed", forge.listed([batch, picture], entry(*batch) + END)
    name, data = picture
    for change in (-1, 1, 512):
        size = len(data) + change
        bad = header(name, size) + data[:size].ljust(size, b"x")
        yield f"a size that is {change} off", forge.listed([picture], bad + bytes(512) + END)
    other = data[:-1] + b"x"
    yield "other bytes than listed", forge.listed([picture], entry(name, other) + END)
    yield (
        "bytes in the filling",
        forge.listed([picture], header(name, len(data)) + data + b"x" * (-len(data) % 512) + END),
    )
    yield "bytes after the end", forge.seal(forge.tar() + b"x" * 512)
    yield "a second archive after the end", forge.seal(forge.tar() + forge.tar())
    yield "endless zeros after the end", forge.seal(forge.tar() + bytes(3 << 20))
    yield "no end", forge.seal(forge.tar()[:-2048])
    wrong = bytearray(entry(name, data))
    wrong[148:156] = b"0000000\x00"
    yield "a wrong checksum of a header", forge.listed([picture], bytes(wrong) + END)
    huge = bytearray(header(name, 0))
    huge[124:136] = b"\x80" + bytes(3) + struct.pack(">Q", 1 << 60)
    huge[148:156] = b"%06o\0 " % (sum(huge[:148]) + 256 + sum(huge[156:]))
    yield "a size of 2^60", forge.listed([picture], bytes(huge) + data + END)


def of_other_manifests(forge: Forge) -> Iterator[tuple[str, bytes]]:
    """Manifests that are forged, for others, of other versions, or impossible."""
    members, other = forge.members(), SigningKey(bytes(31) + b"\x07")
    signed = forge.signed(forge.manifest(members), other)
    yield "a forged manifest", forge.seal(b"".join(archive([("manifest", signed), *members])))
    labelled = forge.signed(forge.manifest(members), label="tidewaiter entry 1")
    yield (
        "a signature of another kind",
        forge.seal(b"".join(archive([("manifest", labelled), *members]))),
    )
    yield "for another hub", forge.seal(forge.tar(hub=HubId.from_random(bytes(10))))
    yield (
        "of a workstation that is not enrolled",
        forge.seal(forge.tar(device=DeviceId.from_random(bytes(10)))),
    )
    yield "part 3 of 2", forge.seal(forge.tar(part=3, parts=2))
    yield "part 0", forge.seal(forge.tar(part=0))
    yield "an id that is a path", forge.seal(forge.tar(bundle="../../x-1"))
    yield "an endless nonce", forge.seal(forge.tar(nonce="0" * 65))
    yield "no manifest", forge.seal(b"".join(archive(members)))
    yield (
        "the manifest last",
        forge.seal(
            b"".join(archive([*members, ("manifest", forge.signed(forge.manifest(members)))]))
        ),
    )
    yield "an empty archive", forge.seal(END)
    yield (
        "a manifest of 5 MB",
        forge.seal(b"".join(archive([("manifest", b" " * 5_000_000), *members]))),
    )
    yield "a manifest that is no JSON", forge.seal(b"".join(archive([("manifest", b"{" * 900)])))
    yield (
        "a manifest nested too deeply",
        forge.seal(b"".join(archive([("manifest", b"[" * 200_000)]))),
    )
    yield "a newer version", forge.as_json(lambda made: made.update(v=2))
    yield "a negative size", forge.as_json(lambda made: made["members"][0].update(size=-1))
    yield "no size", forge.as_json(lambda made: made["members"][0].pop("size"))
    yield (
        "a photo of 300 MB",
        forge.as_json(lambda made: made["members"][1].update(size=300 * 1024 * 1024)),
    )
    yield "a hash that is none", forge.as_json(lambda made: made["members"][1].update(sha256="x"))
    yield "30,000 members", forge.seal(
        forge.tar([("photos/" + hashlib.sha256(b"%d" % n).hexdigest(), b"%d" % n)
                   for n in range(30_000)])
    )  # fmt: skip


def of_other_files(forge: Forge) -> Iterator[tuple[str, bytes]]:
    """Files that are no bundle at all, or are encrypted to somebody else."""
    plain = forge.tar()
    stranger = pyrage.x25519.Identity.generate().to_public()
    yield "an empty file", b""
    yield "a web page", b"<html><body>Sign in</body></html>" * 50
    yield "the archive without encryption", plain
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("manifest", "{}")
    yield "a zip file", packed.getvalue()
    yield "a zip file inside", forge.seal(packed.getvalue())
    yield "for somebody else", forge.seal(plain, stranger)
    yield "by a passphrase", bytes(pyrage.passphrase.encrypt(plain, "open sesame"))
    sealed = forge.seal(plain)
    plugin = sealed.replace(b"-> X25519 ", b"-> yubikey ", 1)
    yield "a recipient of a plugin", plugin
    yield "armoured text", bytes(pyrage.encrypt(plain, [stranger], armored=True))
    yield (
        "another version of age",
        sealed.replace(b"age-encryption.org/v1", b"age-encryption.org/v9"),
    )
    broken = bytearray(sealed)
    broken[sealed.index(b"--- ") + 6] ^= 1
    yield "a header that was changed", bytes(broken)
    yield "a header of 40 MB", b"age-encryption.org/v1\n" + b"-> x y\nAAAA\n" * 3_500_000
    yield "the first chunk changed", sealed[:1_000] + bytes([sealed[1_000] ^ 1]) + sealed[1_001:]
    yield "cut in its first bytes", sealed[:150]


def all_evil(forge: Forge) -> dict[str, tuple[bytes, str]]:
    """All of them by name, each with an expression that the reason of its refusal matches."""
    found: dict[str, tuple[bytes, str]] = {}
    kinds: dict[Callable[[Forge], Iterator[tuple[str, bytes]]], str] = {
        of_other_types: "something else than plain files",
        of_other_names: "another file than its manifest lists|lists what a bundle cannot",
        of_other_content: "manifest lists|bundle cannot|archive|last member",
        of_other_manifests: "manifest|another hub|not enrolled|not signed|version 2|last member",
        of_other_files: "not a bundle|not encrypted to this hub|damaged or cut|its last member",
    }
    for kind, reason in kinds.items():
        for name, data in kind(forge):
            assert name not in found
            found[name] = (data, reason)
    return found
