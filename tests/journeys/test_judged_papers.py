"""What a court meets: a paper, a scan, a photo, a key; the status says what was judged."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.journeys.desk import Desk, Said, record_files, run
from tests.papers.paper_text import without_marks

GENUINE, NO, BAD_INPUT, SEAL_ONLY = 0, 1, 2, 5


@pytest.fixture
def paper(desk: Desk, tmp_path: Path) -> Path:
    """A receipt as a file."""
    number = desk.run("record", *record_files(tmp_path / "in", 1)).out.split()[0]
    file = tmp_path / "paper.pdf"
    assert desk.run("receipt", number, "--out", file).status == 0
    return file


def scans(paper: Path, folder: Path) -> list[Path]:
    """Its first page as a picture, all pages as a PDF, and its code on a blank sheet."""
    pages = [
        page.render(scale=200 / 72).to_pil().convert("L")
        for page in pypdfium2.PdfDocument(paper.read_bytes())
    ]
    first = pages[0]
    blank = Image.new("L", first.size, 255)
    corner = (first.width - 460, 60, first.width, 520)
    blank.paste(first.crop(corner), corner[:2])
    files = [folder / name for name in ("photo.png", "scan.pdf", "blank.jpg")]
    first.save(files[0])
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    files[1].write_bytes(out.getvalue())
    blank.save(files[2])
    return files


def values_of(said: Said) -> list[str]:
    """What the seal says, without its time and hashes."""
    return [line.strip() for line in said.lines if line.startswith("  ")]


def test_only_the_very_file_is_genuine_and_a_picture_is_judged_by_its_seal(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    whole = desk.run("verify", paper)
    assert (whole.status, whole.lines[0]) == (GENUINE, "Genuine: this is the file that was issued.")
    for file in scans(paper, tmp_path):
        said = desk.run("verify", file)
        assert said.status == SEAL_ONLY, said
        assert said.lines[0].startswith("Only the seal was judged")
        assert "totals 560 capsule" in values_of(said)
        assert any(line.startswith("line 1 as issued: 1 560") for line in values_of(said))

    paper.write_bytes(paper.read_bytes() + b"\n% more")
    said = desk.run("verify", paper)
    assert said.status == NO
    assert "7 bytes were added after the end of the issued file" in said.lines
    assert "bytes after the end" not in said.out
    key = desk.home / "public-key.txt"
    other = run(["verify", "--key", str(key), str(paper)])
    assert "there are bytes after the end of the file: 7" in other.lines


def test_the_issuing_workstation_names_the_paper_and_shows_the_words_of_its_lines(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    receipt = next(v.split()[1] for v in values_of(desk.run("verify", paper)) if "receipt" in v)
    copy = tmp_path / "copy.pdf"
    assert desk.run("receipt", receipt, "--out", copy).status == 0
    for file, name in ((paper, "This is the original."), (copy, "This is copy 2.")):
        said = desk.run("verify", file)
        assert (said.status, said.lines[1]) == (GENUINE, name)
        assert any(line.startswith("line 1 as issued: 1 560") for line in values_of(said))
        assert "let the workstation that issued the paper judge it" not in said.out


def test_the_issuing_workstation_says_when_it_no_longer_holds_the_paper(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    photo = scans(paper, tmp_path)[0]
    for held in [file for file in (desk.home / "papers").rglob("*") if file.is_file()]:
        held.unlink()
    said = desk.run("verify", photo)
    assert said.status == SEAL_ONLY
    assert "the file that was issued is no longer in this folder" in said.out


def test_of_a_paper_that_another_program_wrote_only_what_was_seen_is_said(
    desk: Desk, paper: Path
) -> None:
    paper.write_bytes(without_marks(paper.read_bytes()))
    said = desk.run("verify", paper)
    found = said.lines[1 : said.lines.index("The seal says:")]
    assert (said.status, said.lines[0][:7]) == (NO, "Altered")
    assert found == [
        "the file was written by another program; its numbers, lines and totals cannot be compared"
        " with the seal: compare them by eye",
        "the file is not byte for byte the one that was issued",
    ]
    assert any(line.startswith("line 1 as issued: 1 560") for line in values_of(said))


def test_a_key_given_by_hand_judges_the_seal_and_no_person(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    key = desk.home / "public-key.txt"
    for file in (paper, *scans(paper, tmp_path)):
        said = run(["verify", "--key", str(key), str(file)])
        assert said.status == SEAL_ONLY, said
        assert "Who holds this key is not known from the paper" in said.out
        assert "totals 560 capsule" in values_of(said)

    paper.write_bytes(paper.read_bytes() + b"\n% more")
    assert run(["verify", "--key", str(key), str(paper)]).status == NO


def test_a_key_beside_a_folder_or_without_a_paper_is_refused(desk: Desk, paper: Path) -> None:
    key = str(desk.home / "public-key.txt")
    for beside in (["--home", str(desk.home)], ["--passphrase-file", str(desk.passphrase)]):
        said = run(["verify", "--key", key, *beside, str(paper)])
        assert (said.status, said.out) == (BAD_INPUT, "")
        assert "--key judges a paper without a folder, and a folder was named" in said.err
        assert "Leave out --key to judge by the folder's journal" in said.err

    said = run(["verify", "--key", key])
    assert (said.status, said.out) == (BAD_INPUT, "")
    assert "--key judges one paper, and no paper was named" in said.err


def test_a_seal_of_an_unknown_key_names_whose_key_is_missing(
    desk: Desk, paper: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(f"tidewaiter-public-key DAAAAAAAAAAAAAAAA {'11' * 32}\n", encoding="ascii")
    _, device, raw = (desk.home / "public-key.txt").read_text(encoding="ascii").split()
    name = hashlib.sha256(bytes.fromhex(raw)).hexdigest()[:16]

    said = run(["verify", "--key", str(other), str(paper)])

    assert said.status == NO
    assert said.lines[0] == "Cannot be judged: the key that the seal names is not known here."
    assert (
        f"The unchecked seal names workstation {device} of post MCN and its key {name}: ask the"
        " authority for this public key, and give it with --key."
    ) in said.lines


def test_the_help_names_the_status_of_a_seal_alone() -> None:
    assert "5 only the seal of a paper was judged" in " ".join(run(["--help"]).out.split())
