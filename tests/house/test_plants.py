"""The list of planted bugs can be planted as the code stands, and its command tells them apart."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tools.plant import main
from tools.planting import Runner
from tools.plants import ROOT, BadList, faults, read

AT_LEAST = 350
"""Plants over all areas. It only ever rises."""


def test_every_plant_can_be_planted() -> None:
    """Code that moved takes its plant along: the old text must be there once."""
    plants = read()

    assert faults(plants) == []
    assert len(plants) >= AT_LEAST


def rows_of_promises() -> list[tuple[str, set[str]]]:
    """Of each row of docs/promises.md the page where it is said, and the plants."""
    lines = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [
        (page, set(re.findall(r"`([\w-]+)`", plants)))
        for _, page, plants in (cell for cell in cells if len(cell) == 3)
        if page not in ("---", "said in")
    ]


def test_every_promise_names_its_page_and_plants_that_exist() -> None:
    rows = rows_of_promises()
    named = [name for _, plants in rows for name in plants]

    assert {page for page, _ in rows if not (ROOT / "docs" / page).is_file()} == set()
    assert set(named) - {plant.name for plant in read()} == set()
    assert len(named) == len(set(named))


def a_tree(root: Path, plants: str) -> Path:
    """A project of one function and three tests, followed by git, with these plants."""
    (root / "tests" / "nets" / "plants").mkdir(parents=True)
    (root / "one.py").write_text("def double(n: int) -> int:\n    return n * 2\n")
    (root / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    (root / "tests" / "test_one.py").write_text(
        "from one import double\n\n\n"
        "def test_four() -> None:\n    assert double(2) == 4\n\n\n"
        "def test_nothing() -> None:\n    assert double(0) == 0\n"
    )
    (root / "tests" / "nets" / "plants" / "arithmetic.toml").write_text(plants)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def a_plant(name: str, new: str, test: str = "four", old: str = "n * 2", more: str = "") -> str:
    return (
        f'[[plant]]\nname = "{name}"\npromise = "Twice as much."\nfile = "one.py"\n'
        f'old = "{old}"\nnew = "{new}"\ntests = ["tests/test_one.py::test_{test}"]\n{more}\n'
    )


def test_a_plant_is_killed_lives_or_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only failing tests kill; an import that fails does not."""
    no_import = r"import absent\ndef double"
    root = a_tree(
        tmp_path,
        a_plant("wrong", "n * 3")
        + a_plant("unseen", "n * 3", test="nothing")
        + a_plant("unloaded", no_import, old="def double")
        + a_plant("stated", no_import, old="def double", more='breaks = "import"'),
    )
    before = (root / "one.py").read_bytes()

    assert main(["--jobs", "2"], root) == 1

    said = capsys.readouterr().out
    lines = re.findall(r"(?m)\] (\w+) .*arithmetic/(\w+)$", said)
    assert {name: verdict for verdict, name in lines} == {
        "wrong": "killed",
        "unseen": "lived",
        "unloaded": "broken",
        "stated": "killed",
    }
    assert "2 killed, 1 lived, 1 broken" in said
    assert (root / "one.py").read_bytes() == before
    assert main(["--only", "wrong"], root) == 0


@pytest.mark.parametrize(("more", "judged"), [("", "broken"), ("hangs = true", "killed")])
def test_tests_that_never_end_kill_only_a_plant_that_says_so(
    tmp_path: Path, more: str, judged: str
) -> None:
    root = a_tree(tmp_path, a_plant("endless", "next(n for _ in iter(int, 1))", more=more))
    (plant,) = read(root)

    outcome = Runner(timeout=0.2).try_one(root, plant)

    assert outcome.verdict == judged
    assert "no end after" in outcome.output


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (a_plant("x", "n * 3", old="n * 4"), "occurs 0 times"),
        (a_plant("x", "m", old="n"), "occurs 5 times"),
        (a_plant("x", "n * 2"), "the new text is the old one"),
        (a_plant("x", "n *"), "cannot be read once planted"),
        (a_plant("x", "n * 3", test="five"), "there is no test"),
        (a_plant("x", "n * 3", test="four[2]"), "there is no test"),
        (a_plant("a b", "n * 3"), "letters, digits and single hyphens"),
        (a_plant("x", "n * 3") * 2, "the name is there 2 times"),
    ],
)
def test_a_plant_that_proves_nothing_is_named(tmp_path: Path, plant: str, words: str) -> None:
    root = a_tree(tmp_path, plant)

    found = faults(read(root), root)

    assert any(words in fault for fault in found), found
    assert main([], root) == 2


@pytest.mark.parametrize(
    "plants", ["[[plant]]\n", "[[plants]]\n", "plant = 1 2", a_plant("x", "y", more="z = 1")]
)
def test_a_list_that_cannot_be_read_is_said_with_its_file(tmp_path: Path, plants: str) -> None:
    with pytest.raises(BadList, match=r"arithmetic\.toml"):
        read(a_tree(tmp_path, plants))
