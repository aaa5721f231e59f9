"""The receipt says what was meant, all of it, and nothing that must stay inside."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from domain.interception.conveyance import Consignment
from domain.interception.goods import GoodsLine
from domain.interception.legal import Legal
from domain.interception.occasion import Detection, FieldTest, Occasion
from domain.interception.persons import Party, Persons
from domain.interception.record import Interception
from papers.judge.reading import codes_of_pdf, read_pdf
from papers.receipt.blocks import ALWAYS, BLOCKS
from papers.receipt.goods_row import rows_of
from papers.receipt.page import render
from tests.builders import a_checklist as shipped_checklist
from tests.papers.builders import (
    a_checklist,
    a_line,
    a_paper,
    a_profile,
    an_interception,
)
from tests.papers.paper_text import copy_of, holds_what_was_meant, says, words_on


def test_the_paper_holds_what_was_meant() -> None:
    paper = a_paper()
    pdf = render(paper)
    holds_what_was_meant(paper, pdf)
    for text in (
        "Customs Service of Sampleland", "Mail Centre North (MCN)", "Seizure receipt", "ORIGINAL",
        "2026-11-23 03:12 UTC+01:00", "2026-11-23 03:05 UTC+01:00", "José Müller", "consignee",
        "sent by post", "RR123456785GB", "SAMPLE Customs Act, section 10", "declared as sweets",
        "No authorisation for import (lines 1–2)", "23 December 2026", "Claims Office, PO Box 100",
        "Officer, badge 4711", "Page 1 of", "Entry 1204", "Total of 2 lines", "620 capsule",
        "the one in this language rules: English",
    ):  # fmt: skip
        assert says(pdf, text), text
    for photo in paper.interception.photos:
        assert says(pdf, str(photo.sha256))


@pytest.mark.parametrize("pack", ["SAMPLE-MED", "SAMPLE-SYN"])
def test_no_unit_of_a_pack_is_broken_inside_a_word(pack: str) -> None:
    checklist = shipped_checklist(pack)
    for unit in checklist.pack.units:
        for amount in (1, 560):
            line = a_line(1, unit=unit.code, quantity=Decimal(amount), packs=None)
            interception = an_interception(goods=(line,))
            paper = a_paper(None, language="fr", checklist=checklist, interception=interception)
            row = rows_of(paper)[0]
            lines = ["".join(run.text for run in each.runs) for each in row.unit]
            words = paper.unit_words(unit.code, Decimal(amount)).split()
            assert " ".join(lines).split() == words


def test_the_same_values_give_the_same_bytes() -> None:
    first = render(a_paper())
    render(a_paper(language="fr"))
    assert render(a_paper()) == first


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.papers.builders import a_paper; "
        "from papers.receipt.page import render; render(a_paper(copy=2)); "
        "print(hashlib.sha256(render(a_paper())).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == hashlib.sha256(render(a_paper())).hexdigest()


def test_the_code_on_the_paper_is_the_seal() -> None:
    paper = a_paper()
    assert codes_of_pdf(render(paper)) == (paper.seal,)


def test_a_paper_without_a_seal_prints_no_code() -> None:
    assert codes_of_pdf(render(a_paper(key=None))) == ()


def test_nothing_about_detection_or_other_persons_is_printed() -> None:
    secret = an_interception(
        detection=Detection(
            methods=("D-SECRET",), indicators=("I-SECRET",), bulletin="PLANTED-B",
            concealment=("C-SECRET",), concealment_text="PLANTED text", canine_team="PLANTED dog",
            packaging_inner="PLANTED inner", packaging_outer="PLANTED outer",
            field_test=FieldTest(kit="PLANTED kit", tester="PLANTED tester"),
        ),
        persons=Persons(
            involved=3,
            detained=1,
            parties=(
                Party(role="other", name="PLANTED suspect"),
                Party(role="shipper", name="PLANTED shipper", company="PLANTED company"),
                Party(role="consignee", name="José Müller", alias="PLANTED alias"),
                Party(role="consignee", name="PLANTED second consignee"),
            ),
        ),
        goods=(a_line(storage_location="PLANTED shelf", rights_holder="PLANTED holder"),),
        remarks="PLANTED remark",
    )  # fmt: skip
    for profile in (a_profile(), a_profile(blocks=tuple(BLOCKS))):
        pdf = render(a_paper(interception=secret, checklist=a_checklist(paper=profile)))
        assert "PLANTED" not in words_on(pdf).replace(" ", "")
        assert says(pdf, "José Müller")


def test_without_a_known_person_the_paper_says_unknown() -> None:
    pdf = render(a_paper(interception=an_interception(persons=Persons())))
    assert says(pdf, "Name unknown")


@pytest.mark.parametrize("role", ["other", "intermediary", "shipper", "notify", None])
def test_the_only_party_with_a_name_is_named_whatever_its_role(role: str | None) -> None:
    parties = (Party(role=role, name="José Müller"), Party(role="traveller", sex="female"))
    pdf = render(a_paper(interception=an_interception(persons=Persons(parties=parties))))
    assert says(pdf, "Name José Müller")
    assert not says(pdf, "unknown")


def test_of_several_parties_in_other_roles_none_is_named_and_none_is_called_unknown() -> None:
    parties = (Party(role="other", name="PLANTED one"), Party(name="PLANTED two"))
    pdf = render(a_paper(interception=an_interception(persons=Persons(parties=parties))))
    assert says(pdf, "Name not named on this paper")
    assert "PLANTED" not in words_on(pdf)


def test_what_the_record_leaves_empty_has_no_frame() -> None:
    bare = Interception(post="MCN", goods=(GoodsLine(description="one box"),), legal=Legal())
    pdf = render(a_paper(interception=bare, served_on=None))
    shown = words_on(pdf)
    for title in ("Consignment", "Legal basis", "Grounds", "Property left", "Photos", "Date"):
        assert title not in shown
    assert "General receipt" in shown


def test_a_profile_switches_blocks_off_but_never_the_numbers_and_the_goods() -> None:
    profile = a_profile(blocks=("signatures",))
    pdf = render(a_paper(checklist=a_checklist(paper=profile)))
    shown = words_on(pdf)
    assert "Signatures" in shown
    assert "Grounds" not in shown
    holds_what_was_meant(a_paper(checklist=a_checklist(paper=profile)), pdf)
    assert set(ALWAYS) <= set(BLOCKS)


def test_a_copy_is_marked_on_every_page_and_carries_the_same_seal() -> None:
    paper = copy_of(a_paper(interception=an_interception(goods=(a_line(),) * 12)), 3)
    read = read_pdf(render(paper))
    marks = [words.page for words in read.words if "COPY 3" in words.text]
    assert set(marks) == set(range(1, read.pages + 1))
    assert not [words for words in read.words if "ORIGINAL" in words.text]


def test_three_hundred_lines_flow_under_repeated_heads() -> None:
    lines = tuple(a_line(number) for number in range(1, 301))
    paper = a_paper(interception=an_interception(goods=lines))
    pdf = render(paper)
    holds_what_was_meant(paper, pdf)
    read = read_pdf(pdf)
    with_lines = {words.page for words in read.words if words.tag.startswith("TwLine")}
    with_heads = {words.page for words in read.words if words.tag == "TwHead"}
    assert len(with_lines) > 20
    assert with_lines <= with_heads
    assert all(says(pdf, f"Page {n} of {read.pages}") for n in (1, read.pages))


def test_grounds_of_five_thousand_characters_break_across_pages() -> None:
    words = " ".join(f"ground{number}" for number in range(600))[:5000]
    legal = Legal(action="seizure", grounds=words)
    pdf = render(a_paper(interception=an_interception(legal=legal)))
    assert says(pdf, words)
    assert len(pypdfium2.PdfDocument(pdf)) >= 2


def test_a_goods_line_longer_than_a_page_is_printed_whole() -> None:
    long = a_line(description="very long " * 50, marks="m " * 250, condition="worn " * 2000)
    paper = a_paper(interception=an_interception(goods=(long, a_line(2))))
    holds_what_was_meant(paper, render(paper))


def test_markup_in_text_is_printed_as_it_is() -> None:
    legal = Legal(action="seizure", grounds="<b>not bold</b> &amp; <font size=99>x</font> {0} %s")
    pdf = render(a_paper(interception=an_interception(legal=legal)))
    assert says(pdf, "<b>not bold</b> &amp; <font size=99>x</font> {0} %s")


def test_hostile_text_still_gives_a_paper_that_reads_back() -> None:
    nasty = "a\x00b\u202ec \u4e2d\U0001f600 (x) \\ ) BT ET EMC \u0645\u062d\u0645\u062f 2026-1"
    line = a_line(description=nasty, marks=nasty, condition=nasty, bag_no=nasty, brand=nasty)
    paper = a_paper(interception=an_interception(goods=(line,)), receipt_no="R-(1)\\-<2>")
    pdf = render(paper)
    holds_what_was_meant(paper, pdf)
    assert says(pdf, "[U+4E2D][U+1F600]")


def test_an_arabic_name_is_on_the_paper_and_its_document_number_not_turned() -> None:
    party = Party(
        role="consignee",
        name="\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
        document_no="A-2026-17",
    )
    pdf = render(a_paper(interception=an_interception(persons=Persons(parties=(party,)))))
    assert says(pdf, "A-2026-17")
    assert any("\u0645" in words.text for words in read_pdf(pdf).words)
    assert b"NotoSansArabic" in pdf


def test_sample_wording_and_practice_are_said_on_every_page() -> None:
    goods = tuple(a_line(number) for number in range(1, 20))
    paper = a_paper(practice=True, interception=an_interception(goods=goods))
    read = read_pdf(render(paper))
    for said in ("SAMPLE text", "PRACTICE"):
        pages = {words.page for words in read.words if said in words.text}
        assert pages == set(range(1, read.pages + 1))
    real = a_paper(checklist=a_checklist(paper=a_profile(sample=False)))
    shown = words_on(render(real))
    assert "SAMPLE text" not in shown
    assert "PRACTICE" not in shown


def test_fonts_are_embedded_as_subsets_and_the_file_is_small() -> None:
    pdf = render(a_paper())
    names = set(re.findall(rb"/FontName /([A-Z]{6}\+[A-Za-z-]+)", pdf))
    assert any(b"NotoSans-Regular" in name for name in names)
    assert pdf.count(b"/FontFile2") == len(names) == 2
    assert len(pdf) < 150_000


def test_static_words_go_through_the_catalogue() -> None:
    seen: list[str] = []

    def shout(words: str, _number: int | None = None, /) -> str:
        seen.append(words)
        return words.replace("Seizure receipt", "RÉCÉPISSÉ DE SAISIE")

    pdf = render(a_paper(say=shout, language="fr"))
    assert says(pdf, "RÉCÉPISSÉ DE SAISIE")
    assert says(pdf, "Centre postal (MCN)")
    assert says(pdf, "0,512 kg")
    assert {"Receipt no.", "Page {n} of {m}", "December"} <= set(seen)


def test_a_refused_signature_is_printed_with_its_reason() -> None:
    legal = Legal(
        holder_signature="refused", holder_signature_reason="wants a lawyer", witnesses=("badge 9",)
    )
    pdf = render(a_paper(interception=an_interception(legal=legal)))
    assert says(pdf, "refused: wants a lawyer")
    assert says(pdf, "Witness: badge 9")


def test_a_wrong_check_digit_kept_from_the_label_is_said() -> None:
    held = Consignment(
        postal_item_id="RR123456784GB", as_seen_on_label=("consignment.postal_item_id",)
    )
    pdf = render(a_paper(interception=an_interception(consignment=held)))
    assert says(pdf, "RR123456784GB (as printed on the label)")


def test_large_and_small_quantities_are_printed_exactly() -> None:
    goods = (
        a_line(1, quantity=Decimal("1234567.000001"), packs=None),
        a_line(2, quantity=Decimal("0.5"), packs=None),
    )
    paper = a_paper(interception=an_interception(goods=goods))
    pdf = render(paper)
    assert says(pdf, "1\u202f234\u202f567.000001")
    assert says(pdf, "1\u202f234\u202f567.500001 capsule")


def test_a_place_by_coordinates_is_printed() -> None:
    when = Occasion(latitude=-1.5, longitude=36.25)
    held = an_interception(occasion=when)
    assert says(
        render(a_paper(interception=held)), "Latitude -1.5 (WGS 84) Longitude 36.25 (WGS 84)"
    )


def test_a_position_is_neither_rounded_nor_padded() -> None:
    when = Occasion(latitude=-12.0, longitude=0.123456789)
    pdf = render(a_paper(interception=an_interception(occasion=when)))
    assert says(pdf, "Latitude -12 (WGS 84) Longitude 0.123456789 (WGS 84)")


def test_the_place_of_the_post_stands_in_the_language_of_the_paper() -> None:
    for text, shown in (
        ("Mail Centre North", "Centre postal (centre postal)"),
        ("Mail Centre North, hall 2", "Mail Centre North, hall 2 (centre postal)"),
    ):
        when = Occasion(place_text=text, place_type="mail_centre")
        pdf = render(a_paper(interception=an_interception(occasion=when), language="fr"))
        assert says(pdf, shown)


def test_a_later_revision_is_said() -> None:
    assert says(render(msgspec.structs.replace(a_paper(), revision=2)), "revision 2")


def test_the_paper_names_the_agent_it_was_handed_to_and_the_shipper_on_export() -> None:
    parties = (
        Party(role="shipper", name="Ship & Co"),
        Party(role="consignee", name="José Müller"),
        Party(role="agent", name="Broker One"),
    )
    for values, name in (
        ({"legal": Legal(served="agent")}, "Broker One"),
        ({"occasion": Occasion(customs_direction="export")}, "Ship & Co"),
        ({}, "José Müller"),
    ):
        held = an_interception(persons=Persons(parties=parties), **values)
        pdf = render(a_paper(interception=held))
        assert [n for n in ("Broker One", "Ship & Co", "José Müller") if says(pdf, n)] == [name]


def test_no_line_of_the_goods_ends_in_the_dot_between_two_facts() -> None:
    for length in range(1, 60):
        line = GoodsLine(brand="B" * length, model="Model", marks="Marks " * 8, quantity=Decimal(1))
        row = rows_of(a_paper(interception=Interception(goods=(line,))))[0]
        printed = ["".join(run.text for run in text.runs) for text, _ in row.flow]
        assert [text for text in printed if text.rstrip("\u00a0 ").endswith("·")] == []
