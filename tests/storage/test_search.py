"""Search finds the middle of a sentence, also in scripts that put no spaces between words."""

from __future__ import annotations

import pytest

from benchmarks.search import fill
from domain.ids import RecordId
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from storage.projections import records
from storage.projections.schema import MARK
from storage.projections.title import title_of
from storage.workstation import Workstation
from system.database import transaction
from tests.builders import Place, a_document, a_final, a_line

REMARKS = {
    "Chinese": "这是白色药片，没有说明书。包装上写着USB药盒3个",
    "Japanese": "白い錠剤が入っていました。カプセル",
    "Korean": "하얀알약이들어있는상자",
    "Thai": "ยาเม็ดสีขาวในกล่องกระดาษไม่มีฉลาก",
    "Lao": "ຢາເມັດສີຂາວໃນກ່ອງ",
    "Khmer": "ថ្នាំគ្រាប់ពណ៌សក្នុងប្រអប់",
    "Burmese": "ဆေးပြားအဖြူရောင်",
    "Hindi": "सफेद गोलियाँ बिना पर्चे के",
    "French": "Comprimés blancs cachés dans une boîte à thé",
}


@pytest.fixture
def written(ws: Workstation) -> dict[str, RecordId]:
    """One interception for each language, with the remark in it."""
    return {name: a_final(ws, a_document(remarks=text)) for name, text in REMARKS.items()}


def found(ws: Workstation, search: str) -> set[RecordId]:
    return {row.record for row in records.page(ws.db, search=search).rows}


@pytest.mark.parametrize(
    ("language", "search"),
    [
        ("Chinese", "药"),
        ("Chinese", "片"),
        ("Chinese", "药片"),
        ("Chinese", "白色药片"),
        ("Chinese", "色药"),
        ("Chinese", "USB药盒"),
        ("Chinese", "药盒3个"),
        ("Chinese", "說明書".replace("說", "说").replace("書", "书")),
        ("Chinese", "明书 白色"),
        ("Japanese", "錠剤"),
        ("Japanese", "プセル"),
        ("Japanese", "ﾌﾟｾﾙ"),
        ("Korean", "알약"),
        ("Korean", "상자"),
        ("Thai", "สีขาว"),
        ("Thai", "เม็ด"),
        ("Thai", "ล่อง"),
        ("Thai", "ฉลาก"),
        ("Lao", "ສີຂາວ"),
        ("Khmer", "គ្រាប់"),
        ("Burmese", "ပြား"),
        ("Hindi", "गोलियाँ"),
        ("Hindi", "गोलि"),
        ("French", "caches"),
        ("French", "COMPRIMÉS"),
        ("French", "boi\u0302te"),
    ],
)
def test_what_stands_in_the_middle_is_found(
    ws: Workstation, written: dict[str, RecordId], language: str, search: str
) -> None:
    assert found(ws, search) == {written[language]}


@pytest.mark.parametrize("search", ["片药", "药色", "白片", "ขาวสี", "알자", "omprimés", "USB片"])
def test_what_does_not_stand_there_in_this_order_is_not_found(
    ws: Workstation, written: dict[str, RecordId], search: str
) -> None:
    assert found(ws, search) == set()


def test_what_is_typed_finds_at_every_key(ws: Workstation, written: dict[str, RecordId]) -> None:
    for language, text in (("Chinese", "色药片"), ("Thai", "กล่องกระดาษ"), ("French", "boîte")):
        for end in range(1, len(text) + 1):
            assert written[language] in found(ws, text[:end])


@pytest.mark.parametrize(
    "search", ['"', "药片 OR", "*", "药 NOT 片", '药"片', "NEAR(药 片)", "片\x00"]
)
def test_nothing_typed_is_taken_as_a_query_language(
    ws: Workstation, written: dict[str, RecordId], search: str
) -> None:
    found(ws, search)


def test_the_title_names_the_goods_and_then_the_brand(ws: Workstation) -> None:
    record = a_final(ws, a_document(goods=[a_line(brand="Lyrica")]))
    title = records.row(ws.db, record).title
    assert title == "Pregabalin · Lyrica · 560 capsules"


def test_the_title_says_what_goods_of_a_catch_all_category_are(ws: Workstation) -> None:
    line = a_line(category="MED_OTHER", category_other="herbal wraps", brand="Sample")
    record = a_final(ws, a_document(goods=[line, a_line()]))
    title = records.row(ws.db, record).title
    assert title == "Other medicine · herbal wraps, Sample · 560 capsules +1"


def test_a_title_is_one_line_whatever_was_recorded() -> None:
    line = GoodsLine(category="X", category_other="Pill\nXA-APE2-2026-99999-9", brand="A\u2028B")
    assert title_of(Interception(goods=(line,)), None) == "X · Pill XA-APE2-2026-99999-9, A B"


def test_words_as_long_as_a_story_do_not_push_the_amount_out_of_the_title(ws: Workstation) -> None:
    record = a_final(ws, a_document(goods=[a_line(brand="very long " * 20)]))
    title = records.row(ws.db, record).title
    assert title.endswith("… · 560 capsules")
    assert len(title) < 100


def test_titles_and_words_of_an_older_program_are_written_anew_when_the_folder_is_opened(
    place: Place,
) -> None:
    with place.open() as ws:
        record = a_final(ws, a_document(remarks=REMARKS["Chinese"], goods=[a_line(brand="Lyrica")]))
        with transaction(ws.db):
            ws.db.execute("UPDATE record SET title = 'Lyrica · 560 capsules'")
            ws.db.execute("DELETE FROM record_words")
            ws.db.execute("UPDATE place SET value = ? WHERE name = ?", (b"2", MARK))
    with place.open() as ws:
        assert found(ws, "药片") == {record}
        assert records.row(ws.db, record).title == "Pregabalin · Lyrica · 560 capsules"


@pytest.mark.parametrize("search", ["", "masks", "nothing"])
def test_an_outline_says_how_long_the_list_is_and_where_each_page_begins(
    ws: Workstation, search: str
) -> None:
    fill(ws.db, 30)
    whole = records.page(ws.db, search=search, limit=100).rows

    outline = records.outline(ws.db, search=search, every=3)
    pages = [
        records.page(ws.db, search=search, after=start, limit=3).rows for start in outline.starts
    ]

    assert outline.count == len(whole)
    assert [row for page in pages for row in page] == list(whole)
