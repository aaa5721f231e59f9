"""Judge a paper that somebody shows: by this workstation's journal, or by a public key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from acts.print_receipt import find
from domain.errors import DeedRefused
from domain.ids import PaperHash
from domain.signing import VerifyKey
from domain.words import mark
from receipts.judgement import IssuedPaper, Judgement
from receipts.seal import key_id
from receipts.verify import verify_paper
from storage.errors import NotFound, StorageError
from storage.workstation import Workstation

SIZE_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Papers:
    """The journal of a workstation, as far as the judge of papers asks it."""

    ws: Workstation

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt of that number."""
        try:
            record, receipt = find(self.ws, receipt_no)
        except NotFound:
            return None
        names = [receipt.paper, *(copy.paper for copy in receipt.copies)]
        files = []
        for name in dict.fromkeys(names):
            try:
                files.append(self.ws.papers.get(name))
            except StorageError:
                continue  # the hash still judges; only the comparison word by word falls away
        number = self.ws.db.execute(
            "SELECT number FROM record WHERE record = ?", (str(record),)
        ).fetchone()[0]
        return IssuedPaper(
            receipt_no=receipt_no,
            seizure_no=number,
            papers=frozenset(names),
            seal=receipt.body.seal,
            files=tuple(files),
        )

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt that has this very file as its original or a copy."""
        row = self.ws.db.execute("SELECT number FROM paper WHERE hash = ?", (paper.raw,)).fetchone()
        return self.issued(row[0]) if row else None


def verify_here(file: Path, ws: Workstation) -> Judgement:
    """The judgement by this workstation's journal and key. Raises `DeedRefused` for no file."""
    own = ws.verify_key()
    return verify_paper(_read(file), lambda name: own if name == key_id(own) else None, Papers(ws))


def verify_file(file: Path, key: VerifyKey) -> Judgement:
    """The judgement by a public key alone. Raises `DeedRefused` when the file cannot be read."""
    return verify_paper(_read(file), lambda name: key if name == key_id(key) else None)


def read_key(file: Path) -> VerifyKey:
    """The public key in `file` (`public-key.txt` of a workstation). Raises `DeedRefused`."""
    words = _read(file).decode("ascii", "replace").split()
    try:
        raw = bytes.fromhex(words[-1]) if words else b""
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise DeedRefused(
            mark("this is no public key"),
            about=str(file),
            hint=mark("A workstation keeps its own in public-key.txt."),
        )
    return VerifyKey(raw)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        cause = error.strerror or str(error)
        raise DeedRefused(mark("cannot be read: {cause}"), about=str(file), cause=cause) from error
    if len(data) > SIZE_LIMIT:
        raise DeedRefused(mark("the file is too large for a receipt"), about=str(file))
    return data
