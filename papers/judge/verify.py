"""Verifies a paper offline: first by its file's hash in the journal, then by its seal."""

from __future__ import annotations

from collections.abc import Callable

from domain.ids import PaperHash
from domain.remark import Remark, remark
from domain.signing import VerifyKey
from domain.words import mark
from papers.errors import PaperUnreadable, SealRefused
from papers.judge.compare import lines_of, with_issued, with_seal
from papers.judge.file_form import END, written_since
from papers.judge.judgement import IssuedPaper, JournalView, Judgement, Verdict
from papers.judge.reading import codes_of_pdf, codes_of_picture, read_pdf
from papers.seal.seal import PREFIX, Seal, read_seal
from papers.typeset.text import clean

Keys = Callable[[bytes], VerifyKey | None]
"""The public key for a key id (8 bytes), if it is known here."""

A_PICTURE = mark("A picture was given: nothing that stands on it was compared with the seal.")
PRACTICE = mark("This paper is from an exercise and is not valid.")
UNPROVEN_PRACTICE = mark(
    "The seal, which proves nothing here, says that the paper is from an exercise and not valid."
)
WHOSE_KEY = mark(
    "The unchecked seal names workstation {device} of post {post} and its key {key}: ask the"
    " authority for this public key, and give it with --key."
)
_POST_SHOWN = 20
"""The number of characters that are shown of the post's code in an unverified seal."""
NO_JOURNAL = mark(
    "Numbers, time, lines and totals written in the file agree with the seal. Its look, and words"
    " outside the seal (person, grounds, deadline), were not compared: no journal here has it."
)
PDF_START = b"%PDF-"


def verify_paper(pdf: bytes, keys: Keys, journal: JournalView | None = None) -> Judgement:
    """The judgement on a receipt's PDF, or on a PNG or JPEG scan of its first page.

    The file's own metadata is not trusted. Never raises for a bad file: the verdict is then
    `unreadable`, with the reason as its only difference.
    """
    sha256 = PaperHash.of(pdf)
    known = journal.naming(sha256) if journal else None
    if known is not None:
        seal = read_seal(known.seal) if known.seal else None
        return Judgement(
            verdict=Verdict.GENUINE,
            notes=(_which(known.papers[sha256]), *(_of_seal(seal) if seal else ())),
            seal=seal,
            issued_lines=lines_of(read_pdf(pdf), seal.line_count) if seal else (),
            in_journal=True,
            sha256=sha256,
        )
    try:
        if PDF_START in pdf[:1024]:
            return _judge_pdf(pdf, sha256, keys, journal)
        return _judge_scan(codes_of_picture(pdf), sha256, keys, journal)
    except (PaperUnreadable, SealRefused) as error:
        reasons = [remark(error.what, **error.values)]
        reasons += [remark(error.hint, **error.values)] if error.hint else []
        return Judgement(
            verdict=Verdict.UNREADABLE,
            differences=tuple(reasons[:1]),
            notes=tuple(reasons[1:]),
            sha256=sha256,
        )


def verify_seal(text: str, keys: Keys) -> Judgement:
    """The judgement on the text of a QR code alone, as a scanner gives it."""
    sha256 = PaperHash.of(text.encode())
    try:
        seal = read_seal(text)
    except SealRefused as error:
        reason = remark(error.what, **error.values)
        return Judgement(verdict=Verdict.UNREADABLE, differences=(reason,), sha256=sha256)
    doubt = _signature(seal, keys)
    return Judgement(
        verdict=doubt or Verdict.SEAL_ONLY,
        notes=tuple(_of_seal(seal, doubt)),
        seal=seal,
        sha256=sha256,
    )


def _judge_scan(
    codes: tuple[str, ...], sha256: PaperHash, keys: Keys, journal: JournalView | None
) -> Judgement:
    """The judgement on a picture: on its seal alone, not on its other content."""
    seal, several = _seal_of(codes)
    doubt = _signature(seal, keys)
    issued = journal.issued(seal.receipt_no) if journal and doubt is None else None
    return Judgement(
        verdict=doubt or (Verdict.ALTERED if several else Verdict.SEAL_ONLY),
        differences=tuple(several),
        notes=(*_of_seal(seal, doubt), remark(A_PICTURE)),
        seal=seal,
        issued_lines=_issued_lines(seal, issued),
        in_journal=issued is not None,
        sha256=sha256,
    )


def _issued_lines(seal: Seal, issued: IssuedPaper | None) -> tuple[str, ...]:
    """The text of each goods line of the original that was issued with this seal."""
    if issued is None or not issued.files or read_seal(issued.seal).body != seal.body:
        return ()
    return lines_of(read_pdf(issued.files[0]), seal.line_count)


def _judge_pdf(
    data: bytes, sha256: PaperHash, keys: Keys, journal: JournalView | None
) -> Judgement:
    paper = read_pdf(data)
    if paper.is_scan:
        return _judge_scan(codes_of_pdf(data), sha256, keys, journal)
    seal, differences = _seal_of(codes_of_pdf(data))
    doubt = _signature(seal, keys)
    issued = journal.issued(seal.receipt_no) if journal and doubt is None else None
    appended = _appended(data, issued) if issued else []
    if doubt is not Verdict.FORGED:
        differences += [*(appended or written_since(data)), *with_seal(paper, seal)]
    notes = _of_seal(seal, doubt)
    if issued is None and not differences and doubt is None:
        notes.append(remark(NO_JOURNAL))
    if issued is not None:
        if read_seal(issued.seal).body != seal.body:
            differences.append(remark(mark("the seal is not the one issued with this number")))
        differences += with_issued(data, paper, issued.files)
        differences.append(remark(mark("the file is not byte for byte the one that was issued")))
    verdict = doubt or (Verdict.ALTERED if differences else Verdict.SEAL_ONLY)
    return Judgement(
        verdict=verdict,
        differences=tuple(dict.fromkeys(differences)),
        notes=tuple(notes),
        seal=seal,
        issued_lines=_issued_lines(seal, issued),
        in_journal=issued is not None,
        sha256=sha256,
    )


def _seal_of(codes: tuple[str, ...]) -> tuple[Seal, list[Remark]]:
    """The first seal of a paper, and a remark when there are several."""
    seals = [text for text in codes if text.startswith(PREFIX)]
    if not seals:
        raise PaperUnreadable(
            mark("the paper has no seal that can be read"),
            hint=mark("Scan the first page again, flat and in focus."),
        )
    several = [remark(mark("the paper carries more than one seal"))] if len(seals) > 1 else []
    return read_seal(seals[0]), several


def _signature(seal: Seal, keys: Keys) -> Verdict | None:
    """The verdict when the signature cannot be verified or is wrong; None when it is genuine."""
    key = keys(seal.key_id)
    if key is None:
        return Verdict.UNKNOWN_KEY
    return None if seal.signed_by(key) else Verdict.FORGED


def _appended(data: bytes, issued: IssuedPaper) -> list[Remark]:
    """A remark when data was added after the end of the issued file (an incremental update)."""
    end = data.find(END)
    while end >= 0:
        for length in (end + len(END), end + len(END) + 1, end + len(END) + 2):
            if length < len(data) and PaperHash.of(data[:length]) in issued.papers:
                what = mark(
                    "{count} byte was added after the end of the issued file",
                    "{count} bytes were added after the end of the issued file",
                )
                return [remark(what, count=len(data) - length)]
        end = data.find(END, end + 1)
    return []


def _which(copy: int) -> Remark:
    """Whether a genuine file is the original or which copy."""
    if copy == 1:
        return remark(mark("This is the original."))
    return remark(mark("This is copy {number}."), number=copy)


def _of_seal(seal: Seal, doubt: Verdict | None = None) -> list[Remark]:
    """Remarks from the content of the seal, as far as the seal is verified."""
    notes = []
    if doubt is Verdict.UNKNOWN_KEY:
        # anybody may have written it: no invisible characters reach the terminal
        post = clean(seal.post).replace("\n", " ")[:_POST_SHOWN]
        whose = remark(WHOSE_KEY, device=seal.device, post=post or "–", key=seal.key_id.hex())
        notes.append(whose)
    if seal.practice:
        notes.append(remark(UNPROVEN_PRACTICE if doubt else PRACTICE))
    return notes
