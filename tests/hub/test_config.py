"""One file says how a hub is run; its faults are told all at once, with their lines."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.build import open_hub
from hub.config import Config, dotted
from hub.config_file import read_config
from hub.config_values import READERS
from hub.errors import ConfigRefused
from tests.hub.test_commands import ROOT, run
from tests.hub.test_tls import self_signed
from tests.journeys.desk import Said
from tests.journeys.desk import run as run_main

SAMPLE = ROOT / "deploy" / "hub.toml"


def written(folder: Path, text: str) -> Path:
    file = folder / "hub.toml"
    file.write_text(text, "utf-8")
    return file


def checked(folder: Path, text: str, *more: str) -> Said:
    return run("config", "--config", str(written(folder, text)), *more)


def stores(folder: Path) -> str:
    return 'database = "rows/hub.db"\nobjects = "objects"\n'


def a_hub(folder: Path) -> Path:
    """A configuration whose hub exists."""
    file = written(folder, stores(folder))
    config = read_config(file)
    open_hub(config.database, config.objects).close()
    return file


def test_every_fault_is_told_with_its_line_and_the_nearest_key(tmp_path: Path) -> None:
    done = checked(
        tmp_path,
        'databse = "x"\nlisten = "8443"\n[log]\nrequests = "yes"\n\n[limts]\nconnections = 5\n',
    )
    assert done.status == 2
    assert [line.partition("hub.toml: ")[2] for line in done.err.splitlines()] == [
        "line 1: databse: there is no such key; did you mean database?",
        "line 2: listen: must be HOST:PORT, like 127.0.0.1:8080",
        "line 4: log.requests: must be true or false",
        "line 7: limts.connections: there is no such key; did you mean limits.connections?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("requests = true", "did you mean log.requests?"),
        ("[log]\nlisten = 1", "did you mean listen?"),
        ("[wrong]", "wrong: there is no such key"),
        ("log = 3", "log: there is no such key"),
        ("database.path = 'x'", "line 1: database.path: there is no such key"),
        ("a = ", "line 1: not TOML"),
        ("database = 'x'\ndatabase = 'y'", "line 2: not TOML"),
        ('certificate = "a.pem"', "line 1: certificate: a certificate and its private key belong"),
        ("[limits]\nhead_seconds = 0", "must be one second or more"),
        ("[limits]\nconnections = true", "must be a whole number"),
        ("[limits]\ndrain_seconds = nan", "must be a number of seconds"),
        ('proxies = ["10.0.0.1/8"]', "must be a list of addresses or networks"),
        ('[quotas]\nphotos_floor = "much"', "must be a size in quotes"),
        ('database = "mysql://x/y"', "not an address the hub can use"),
        ('objects = "s3://bucket/prefix"', "objects: not an address the hub can use"),
        (
            'pages = "0.0.0.0:8081"\npages_without_sign_in = true',
            "other machines could open the pages",
        ),
        ('pages = "[::]:1"\npages_without_sign_in = true', "line 2: pages_without_sign_in: other"),
        ('objects = ""', "must be a text in quotes"),
        ('objects = "a\\u0000b"', "must not contain the character NUL"),
    ],
)
def test_a_wrong_value_gets_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    done = checked(tmp_path, text)
    assert (done.status, told in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    "line",
    [
        'database = "postgresql://hub:SESAME@db/hub"',
        'database = "postgresql://hub@db/hub?password=SESAME"',
        'database = "postgresql://hub@db/hub?sslpassword=SESAME"',
        'objects = "s3://key:SESAME@bucket?arriving=/x"',
        'objects = "s3://bucket?arriving=/x&aws_secret_access_key=SESAME"',
    ],
)
def test_a_secret_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    done = checked(tmp_path, line, "--show")
    assert done.status == 2
    assert "must not contain a secret" in done.err
    assert "SESAME" not in done.err + done.out


@given(
    st.dictionaries(
        st.sampled_from([*READERS, "other", "log.other"]),
        st.one_of(st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())),
        max_size=4,
    )
)
def test_no_value_is_a_fault_of_the_program(values: dict[str, object]) -> None:
    for name, value in values.items():
        if name in READERS:
            with suppress(ValueError):
                READERS[name](value, Path("/etc/tidewaiter"))


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(text.encode("utf-8", "replace"))
    with suppress(ConfigRefused):
        assert read_config(file).file == file


def test_the_sample_names_every_key_with_its_default(tmp_path: Path) -> None:
    shipped = read_config(SAMPLE)
    assert shipped.database == "sqlite:///srv/hub/hub.db"
    assert shipped.certificate == SAMPLE.parent / "hub.pem"
    lines = SAMPLE.read_text("utf-8").splitlines()
    settings = [line.removeprefix("# ") for line in lines if " = " in line and "#" not in line[1:]]
    full = read_config(written(tmp_path, "\n".join(_in_sections(lines))))
    assert len(settings) == len(READERS)
    usual = {name: value for name, value in dotted(Config()).items() if "." in name}
    assert {n: v for n, v in dotted(full).items() if n in usual and n != "quotas.stored_bytes"} == {
        n: v for n, v in usual.items() if n != "quotas.stored_bytes"
    }


def _in_sections(lines: list[str]) -> list[str]:
    return [
        line.removeprefix("# ")
        for line in lines
        if line.startswith("[") or (" = " in line and line.removeprefix("# ").split()[1] == "=")
    ]


def test_paths_are_below_the_folder_of_the_file_wherever_a_command_runs(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, stores(tmp_path) + 'backup = "../kept"\n'))
    assert config.database == f"sqlite://{tmp_path}/rows/hub.db"
    assert config.objects == f"file://{tmp_path}/objects"
    assert config.backup == tmp_path / ".." / "kept"


def test_commands_take_the_stores_from_the_file_that_is_named(tmp_path: Path) -> None:
    file = a_hub(tmp_path)
    assert run("device", "list", "--config", str(file)).status == 0
    named = run_main(["hub", "check"], {"TIDEWAITER_HUB": str(file)})
    assert (named.status, named.out) == (0, "0 entries and 0 photos whole\n")


def test_the_folder_of_the_backups_is_in_the_configuration_too(tmp_path: Path) -> None:
    file = a_hub(tmp_path)
    lacking = run("backup", "--config", str(file))
    assert (lacking.status, "--to is missing" in lacking.err) == (2, True)
    file.write_text(file.read_text() + 'backup = "kept"\n')
    assert run("backup", "--new", "--config", str(file)).status == 0
    other = ("--database", f"sqlite://{tmp_path}/new.db", "--objects", f"file://{tmp_path}/new")
    assert run("restore", "--dry-run", "--config", str(file), *other).status == 0


def test_an_option_comes_before_the_file_and_the_option_config_before_the_variable(
    tmp_path: Path,
) -> None:
    file = a_hub(tmp_path)
    nowhere = {"TIDEWAITER_HUB": str(tmp_path / "none.toml")}
    assert run_main(["hub", "device", "list", "--config", str(file)], nowhere).status == 0
    refused = run_main(["hub", "device", "list"], nowhere)
    assert (refused.status, "the configuration cannot be read" in refused.err) == (2, True)
    other = run("device", "list", "--config", str(file), "--database", f"sqlite://{tmp_path}/no.db")
    assert (other.status, "there is no hub here" in other.err) == (3, True)


def test_without_any_word_of_the_stores_the_way_out_is_told() -> None:
    done = run_main(["hub", "device", "list"], {"TIDEWAITER_HUB": ""})
    assert done.status == 2
    assert "--database is missing" in done.err
    assert "--config hub.toml" in done.err


def test_a_check_says_what_the_machine_lacks(tmp_path: Path) -> None:
    ours = self_signed(tmp_path / "tls").certified
    ours.private_key.chmod(0o644)
    text = stores(tmp_path) + f'certificate = "{ours.certificate}"\nprivate_key = '
    done = checked(tmp_path, f'{text}"{ours.private_key}"\nbackup = "kept"\n', "--check")
    assert done.status == 0, done.out
    assert "kept: it is not prepared, or its disk is not mounted" in done.out
    assert ("other accounts can read it: chmod 0600" in done.out) is (os.name != "nt")
    wrong = checked(tmp_path, f'{text}"{ours.certificate}"\n', "--check")
    assert (wrong.status, "WRONG:" in wrong.out) == (1, True)


@pytest.mark.parametrize("what", ["photos", "records"])
def test_a_check_says_which_floor_is_above_what_is_free(tmp_path: Path, what: str) -> None:
    done = checked(tmp_path, f'{stores(tmp_path)}[quotas]\n{what}_floor = "9999T"\n', "--check")
    assert done.status == 0, done.out
    assert f"less is free on this disk than quotas.{what}_floor: {what} would wait" in done.out


def test_what_counts_is_shown_with_defaults(tmp_path: Path) -> None:
    done = checked(tmp_path, 'listen = "127.0.0.1:9000"\nproxies = ["10.1.0.0/16"]', "--show")
    assert 'listen = "127.0.0.1:9000"\n' in done.out
    assert 'proxies = ["10.1.0.0/16"]\n' in done.out
    assert "log.requests = true\tdefault\n" in done.out
