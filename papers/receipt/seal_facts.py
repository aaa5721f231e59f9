"""What the seal of a receipt vouches for."""

from __future__ import annotations

from domain.totals import by_unit
from papers.receipt.goods_row import rows_of
from papers.receipt.model import ReceiptPaper
from papers.seal.seal import SealFacts


def facts_of(paper: ReceiptPaper) -> SealFacts:
    """The facts for the seal of `paper`; the copy number is not part of it."""
    goods = paper.interception.goods
    return SealFacts(
        kind=paper.interception.legal.action or "",
        receipt_no=paper.receipt_no,
        seizure_no=paper.seizure_no,
        revision=paper.revision,
        issued_at=paper.issued_at,
        post=paper.interception.post or "",
        device=paper.device,
        entry_seq=paper.entry_seq,
        tip=paper.tip,
        lines=tuple(row.canonical for row in rows_of(paper)),
        totals=by_unit(goods).all,
        practice=paper.practice,
    )
