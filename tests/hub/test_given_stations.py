"""Headquarters gives out stations: codes, enrolment files and QR codes, used by the commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from acts.errors import StationRefused
from acts.hub.join_hub import enrolled_hub
from domain.statement import epoch_number
from hub.codes import fresh_code, put_address
from storage.workstation import Workstation
from sync.errors import HubNotTrusted, HubRefused, UnknownAuthority
from sync.http.enrol import enrol
from sync.wire.code import read_code
from sync.wire.enrolment_file import GivenStation, packed, read_file
from sync.wire.errors import EnrolmentRefused
from tests.builders import Place, a_draft, a_final, a_secret_file
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station
from tests.hub.test_tls import SelfSigned, self_signed
from tests.journeys.desk import Said, run
from tests.sync.conftest import brought
from tests.sync.lines import Asked, a_server, again, passed_on

MCN3 = GivenStation(post="MCN", country="XA", number=3, name="Counter 3")


@dataclass
class Headquarters:
    """A running hub with TLS by an authority of its own, and its commands."""

    hub: Running
    own: SelfSigned
    folder: Path

    def code(self, *words: str) -> Said:
        """`hub code` as typed."""
        return main("hub", "code", "--database", self.hub.database, *words)

    def give(self, number: int, *words: str) -> str:
        """The code of a station at MCN."""
        place = ("--post", "MCN", "--country", "XA", "--number", str(number))
        known = ("--url", self.hub.url, "--authority", str(self.own.certificate))
        done = self.code(*place, *known, *words)
        assert done.status == 0, done.err
        return done.out.splitlines()[0]


def main(*words: str) -> Said:
    return run(list(words))


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    own = self_signed(tmp_path / "tls")
    with run_hub(tmp_path, certified=own.certified) as running:
        yield Headquarters(running, own, tmp_path)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workstation]:
    """A workstation at MCN, number 1, that has recorded nothing."""
    with Place(tmp_path / "home").open() as ws:
        yield ws


def test_a_new_workstation_gets_its_station_from_a_file_and_sends(
    hq: Headquarters, tmp_path: Path
) -> None:
    file = tmp_path / "mcn3.enrolment"
    hq.give(3, "--name", "Counter 3", "--out", str(file))
    assert file.stat().st_mode & 0o077 == 0
    home = ("--home", str(tmp_path / "new"))
    secret = a_secret_file(tmp_path / "p", "five words here now")
    opening = (
        *home,
        "--passphrase-file",
        str(secret),
    )
    done = main("init", *opening, "--enrolment", str(file), "--officer", "4417")
    assert done.status == 0, done.err
    assert f"enrolled at {hq.hub.url}" in done.out
    devices = main("hub", "device", "list", "--database", hq.hub.database).out
    assert "MCN 3\tCounter 3" in devices
    assert main("sync", *opening).status == 0
    again = main("init", "--home", str(tmp_path / "x"), *opening[2:], "--enrolment", str(file),
                 "--officer", "4417", "--number", "4")  # fmt: skip
    assert again.status == 2
    assert "headquarters gives the station" in again.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("spent", ["used", "ended"])
def test_a_code_that_is_not_valid_any_more_leaves_no_workstation(
    hq: Headquarters, ws: Workstation, tmp_path: Path, spent: str
) -> None:
    """It would give the seizure numbers of the workstation that has the station."""
    file, home = tmp_path / "mcn3.enrolment", tmp_path / "new"
    code = hq.give(3, "--out", str(file))
    if spent == "used":
        enrol(ws, "", file.read_text())
    else:
        database = hq.hub.database
        assert main("hub", "code", "--end", code, "--database", database).status == 0
    secret = a_secret_file(tmp_path / "p", "five words here now")
    opening = ("--home", str(home), "--passphrase-file", str(secret))
    done = main("init", *opening, "--enrolment", str(file), "--officer", "4417")
    assert done.status == 2
    assert "the code is not known, is used up, or is too old" in done.err
    assert not home.exists()


def test_a_workstation_that_could_not_enrol_is_made_all_the_same(
    hq: Headquarters, tmp_path: Path
) -> None:
    """Its recovery key is shown once, whatever the link does then."""
    file, home = tmp_path / "mcn3.enrolment", str(tmp_path / "new")
    hq.give(3, "--out", str(file), "--url", "https://127.0.0.1:9")
    secret = a_secret_file(tmp_path / "p", "five words here now")
    opening = ("--home", home, "--passphrase-file", str(secret))
    done = main("init", *opening, "--enrolment", str(file), "--officer", "4417")
    assert done.status == 3
    assert "recovery key (write it down" in done.out
    assert "not enrolled yet" in done.err
    enrolled = main("enrol", *opening, "--hub", hq.hub.url, str(file))
    assert enrolled.status == 0, enrolled.err


def test_a_typed_code_enrols_behind_a_private_authority(hq: Headquarters, ws: Workstation) -> None:
    code = hq.give(3)
    enrol(ws, hq.hub.url, code.lower().replace("-", " "))
    assert (ws.station.number, enrolled_hub(ws).authority) == (3, hq.own.pem)
    a_final(ws)
    assert brought(ws).complete


def test_the_secret_is_not_sent_before_the_key_and_the_certificate_are_believed(
    hq: Headquarters, ws: Workstation, tmp_path: Path
) -> None:
    """Another hub under the address, and an eavesdropper that shows another certificate."""
    code = hq.give(3)
    (tmp_path / "other").mkdir()
    with run_hub(tmp_path / "other", certified=hq.own.certified) as other:
        with pytest.raises(EnrolmentRefused, match="another hub answers there"):
            enrol(ws, other.url, code)
        assert other.count("attempt") == 0
    put_address(hq.hub.hub, "", self_signed(tmp_path / "renewed").pem)
    assert hq.code("--end", code).status == 0  # a hub that sees it now calls it unknown
    with pytest.raises(UnknownAuthority):
        enrol(ws, hq.hub.url, code)
    assert (ws.station.number, hq.hub.count("device"), hq.hub.count("attempt")) == (1, 0, 0)


def test_an_introduction_that_was_changed_or_kept_is_not_believed(
    running: Running, ws: Workstation
) -> None:
    """Somebody on the way names an authority of his own, or plays an old answer."""
    kept: list[bytes] = []

    def changed(asked: Asked) -> bytes:
        status, headers, body = passed_on(running.url, asked)
        if asked.route == "/api/introduction":
            body = body.replace(b'\\"nonce', b'\\"authority\\":\\"mine\\",\\"nonce')
        return again(status, headers, body)

    def repeated(asked: Asked) -> bytes:
        kept.append(again(*passed_on(running.url, asked)))
        return kept[0] if asked.route == "/api/introduction" else kept[-1]

    code = fresh_code(running.hub)
    with a_server(changed) as url, pytest.raises(EnrolmentRefused, match="without its key"):
        enrol(ws, url, code)
    with a_server(repeated) as url:
        enrol(ws, url, code)
        with pytest.raises(EnrolmentRefused, match="old answer"):
            enrol(ws, url, code)


def test_a_hub_that_names_no_authority_is_not_believed_by_its_key_alone(
    hq: Headquarters, ws: Workstation
) -> None:
    with pytest.raises(HubNotTrusted, match="does not trust the authority") as refused:
        enrol(ws, hq.hub.url, fresh_code(hq.hub.hub))
    assert "--authority" in str(refused.value)
    assert "--" not in refused.value.hint + refused.value.way_out.desk
    assert hq.hub.count("device") == 0


@pytest.mark.parametrize("form", ["file", "qr", "pasted"])
def test_file_qr_code_and_pasted_text_say_the_same(
    hq: Headquarters, ws: Workstation, tmp_path: Path, form: str
) -> None:
    file, picture = tmp_path / "a.enrolment", tmp_path / "a.png"
    hq.give(3, "--out", str(file), "--qr", str(picture))
    seen = zxingcpp.read_barcodes(Image.open(picture).convert("L"))[0].text
    assert read_file(seen.encode()) == read_file(file.read_bytes())
    text = {"file": file.read_text(), "qr": seen, "pasted": f" {seen[:50]}\n{seen[50:].lower()} "}
    enrol(ws, "", text[form])
    assert ws.station.number == 3
    assert brought(ws).complete


def test_the_station_is_mended_while_nothing_was_recorded_and_refused_later(
    hq: Headquarters, tmp_path: Path
) -> None:
    place = Place(tmp_path / "home")
    with place.open() as ws:
        a_final(ws)
        with pytest.raises(StationRefused, match="has recorded as XA MCN 1") as refused:
            enrol(ws, hq.hub.url, hq.give(3))
        assert "station renew" in str(refused.value)
    assert hq.hub.count("device") == 0
    empty = Place(tmp_path / "empty")
    with empty.open() as ws:
        a_draft(ws)
        with pytest.raises(StationRefused):
            enrol(ws, hq.hub.url, hq.give(4))
    fresh = Place(tmp_path / "fresh")
    with fresh.open() as ws:
        enrol(ws, hq.hub.url, hq.give(5))
    with fresh.open() as ws:
        assert (ws.station.number, ws.station.post) == (5, "MCN")
        assert a_final(ws)
        assert brought(ws).complete
    assert hq.hub.count("interception") == 1


def test_one_station_is_given_once(hq: Headquarters, ws: Workstation) -> None:
    code = hq.give(3)
    words = ("--post", "mcn", "--country", "xa", "--number", "3")
    twice = hq.code(*words)
    assert twice.status == 2
    assert "gives this station already" in twice.err
    listed = hq.code("--list").out
    assert "post MCN (XA), number 3" in listed
    assert "waits" in listed
    assert code.replace("-", "")[:4] not in listed.upper().replace("-", "")
    name = listed.split("\t")[0]
    assert f"--end {name}" in twice.err
    for said in ("ended", "ended before"):
        ended = hq.code("--end", name)
        assert (ended.status, ended.out) == (0, f"{said}: {name}\n")
    with pytest.raises(HubRefused, match="not known"):
        enrol(ws, hq.hub.url, code)
    enrol(ws, hq.hub.url, hq.give(3))
    taken = hq.code(*words)
    assert taken.status == 2
    assert f"workstation {ws.device} has this station" in taken.err
    used = hq.code("--list").out.splitlines()[0].split("\t")
    assert (used[3], used[5]) == ("used", str(ws.device))
    assert hq.code("--end", used[0]).status == 2


def test_a_code_of_one_station_does_not_enrol_another(running: Running) -> None:
    code = fresh_code(running.hub, MCN3)
    other = Station(running.url, 1, number=4)
    answer = other.http.post("/api/enrol", content=other.request(code))
    assert answer.status_code == 409
    assert "this code gives post MCN (XA), number 3" in answer.json()["error"]
    other.number = 3
    other.enrol(code)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--post", "MCN"), "missing: --country, --number"),
        (("--post", "LND", "--country", "XA", "--number", "1"), "no pack has a post LND in XA"),
        (("--post", "MCN", "--country", "XA", "--number", "36"), "1 to 35"),
        (("--post", "MCN", "--country", "XA", "--number", "1", "--pack", "NO"), "no such pack"),
        (("--url", "http://hub.example.org"), "https only"),
        (("--out", "x.enrolment"), "does not know its own address"),
        (("--authority", "/nowhere.pem"), "cannot be read"),
        (("--end", "00000000"), "no such code"),
    ],
)
def test_what_headquarters_may_not_give_out_gets_one_sentence(
    hq: Headquarters, words: tuple[str, ...], why: str
) -> None:
    done = hq.code(*words)
    assert done.status == 2
    assert why in done.err
    assert done.err.count("\n") == 1
    assert hq.code("--list").out == ""


def test_a_file_that_was_changed_is_refused(hq: Headquarters, tmp_path: Path) -> None:
    file = tmp_path / "a.enrolment"
    hq.give(3, "--out", str(file))
    whole = file.read_text()
    assert "exists already" in hq.code("--out", str(file)).err
    for broken in (
        whole.replace('number\\":3', 'number\\":7'),
        whole[:-40],
        packed(whole.encode())[:-30],
        "TIDEWAITER1:" + "A" * 100,
        "{}",
    ):
        with pytest.raises(EnrolmentRefused):
            read_file(broken.encode())


def test_a_code_stays_good_when_the_hub_was_restored(hq: Headquarters, ws: Workstation) -> None:
    """The hub has another key then; it proves that the key of the code was its own."""
    code = hq.give(3)
    with hq.hub.hub.database.writing() as rows:
        rows.execute("UPDATE hub SET is_copy = 1")
    with run_hub(hq.folder, certified=hq.own.certified) as restored:
        assert epoch_number(restored.hub.identity.epoch) > 1
        enrol(ws, restored.url, code)
        assert brought(ws).complete
        assert enrolled_hub(ws).key == restored.hub.identity.key.verify_key


def test_a_code_without_fingerprint_enrols_where_tls_is_believed(
    running: Running, ws: Workstation
) -> None:
    """As hubs of protocol 1 give it, and as their workstations send a new code."""
    code = fresh_code(running.hub)
    enrol(ws, running.url, read_code(code).secret)
    assert brought(ws).complete
    whole = Station(running.url, 9)
    whole.enrol(fresh_code(running.hub))
    assert whole.send().tips
