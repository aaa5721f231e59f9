"""A real browser with many pages open: one line to the hub, and every page hears of an arrival."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.hub.conftest import Running

aiohttp = pytest.importorskip("aiohttp")
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
PATIENCE_MILLIS = 20_000
"""For words that a page is to show."""
TABS = 8
"""More than the six lines that a browser opens to one host."""
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="no chromium here (Debian: apt-get install chromium)"),
    pytest.mark.timeout(120),
]


class Tabs:
    """A browser's pages, driven by its DevTools protocol."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._count = 0

    async def ask(self, method: str, session: str = "", **params: object) -> dict[str, Any]:
        """The answer to one command; events that come meanwhile are passed over."""
        self._count += 1
        question: dict[str, object] = {"id": self._count, "method": method, "params": params}
        if session:
            question["sessionId"] = session
        await self._socket.send_json(question)
        while True:
            said = json.loads(await self._socket.receive_str())
            if said.get("id") == self._count:
                result: dict[str, Any] = said.get("result", {})
                return result

    async def open(self, url: str) -> str:
        """A page of its own; the name of the session in which it is asked."""
        target = (await self.ask("Target.createTarget", url=url, newWindow=True))["targetId"]
        attached = await self.ask("Target.attachToTarget", targetId=target, flatten=True)
        return str(attached["sessionId"])

    async def until(self, session: str, words: str) -> None:
        """Wait until the page holds the words; it fails when they do not come."""
        script = (
            f"new Promise((done) => {{ const end = Date.now() + {PATIENCE_MILLIS}; const look = ()"
            f" => document.body?.innerText.includes({json.dumps(words)}) ? done(true)"
            " : Date.now() > end ? done(false) : setTimeout(look, 50); look(); })"
        )
        found: dict[str, Any] = {}
        while not found:  # a page that is still being opened has no answer
            found = await self.ask(
                "Runtime.evaluate", session, expression=script, awaitPromise=True
            )
        assert found["result"].get("value") is not False, f"the page never says: {words}"

    async def holds(self, session: str, words: str) -> bool:
        """Whether the page holds the words now."""
        script = f"document.body.innerText.includes({json.dumps(words)})"
        found = await self.ask("Runtime.evaluate", session, expression=script)
        return bool(found["result"]["value"])

    async def run(self, session: str, script: str) -> None:
        """Run a script in the page."""
        await self.ask("Runtime.evaluate", session, expression=script)


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Tabs]:
    """A browser without a screen."""
    words = [BROWSER, "--headless", "--disable-gpu", "--remote-debugging-port=0", "--no-first-run"]
    words += ["--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"]
    words += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    words += ["--no-sandbox"] if os.geteuid() == 0 else []
    child = subprocess.Popen(
        [*words, f"--user-data-dir={profile}"], stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stderr is not None
        listening = "DevTools listening on "
        line = next(line for line in child.stderr if line.startswith(listening))
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(line.removeprefix(listening).strip()) as socket,
        ):
            yield Tabs(socket)
    finally:
        child.kill()
        child.communicate()


def test_eight_pages_share_one_line_and_hidden_ones_hold_none(
    running: Running, tmp_path: Path
) -> None:
    station = running.station()
    arrivals = running.arrivals

    async def walk() -> None:
        async with browser(tmp_path / "profile") as tabs:
            pages = [await tabs.open(running.pages) for _ in range(TABS)]
            for page in pages:
                await tabs.until(page, "Live: new arrivals appear by themselves")
            assert arrivals.watchers == 1
            station.finalise()
            await asyncio.to_thread(station.send)
            for page in pages:
                await tabs.until(page, "XA-MCN1-2026-000001")
            assert arrivals.watchers == 1
            hide = (
                "Object.defineProperty(document, 'hidden', {value: true});"
                "document.dispatchEvent(new Event('visibilitychange'))"
            )
            for page in pages:
                await tabs.run(page, hide)
            while arrivals.watchers:
                await tabs.ask("Browser.getVersion")

    asyncio.run(walk())


def test_the_list_waits_for_its_reader_and_can_be_paused(running: Running, tmp_path: Path) -> None:
    station = running.station()
    for _ in range(40):
        station.finalise()
    station.send()

    async def arrive() -> None:
        station.finalise()
        await asyncio.to_thread(station.send)

    async def walk() -> None:
        async with browser(tmp_path / "profile") as tabs:
            page = await tabs.open(running.pages)
            await tabs.until(page, "Live: new arrivals appear by themselves")
            await tabs.run(page, "document.querySelector('#pause').click()")
            await arrive()
            await tabs.until(page, "1 arrived")
            assert not await tabs.holds(page, "2026-000041")
            await tabs.run(page, "document.querySelector('#pause').click()")
            await tabs.until(page, "2026-000041")
            await tabs.run(page, "document.querySelector('[data-record] a').focus()")
            await arrive()
            await tabs.until(page, "1 new")
            assert not await tabs.holds(page, "2026-000042")
            await tabs.run(page, "document.querySelector('#waiting').click()")
            await tabs.until(page, "2026-000042")
            assert not await tabs.holds(page, "2026-000002"), "as many rows as before"

    asyncio.run(walk())


def test_every_page_fits_into_the_width_of_a_telephone(running: Running, tmp_path: Path) -> None:
    station = running.station()
    for _ in range(2):  # of one postal item
        station.finalise()
    station.send()
    record = station.chain[-1].head.subject
    device = running.station(2).device
    root = "document.documentElement"
    beyond = f"{root}.scrollWidth - {root}.clientWidth"

    async def walk() -> None:
        async with browser(tmp_path / "profile") as tabs:
            page = await tabs.open("about:blank")
            await tabs.ask(
                "Emulation.setDeviceMetricsOverride", page,
                width=400, height=800, deviceScaleFactor=1, mobile=False,
            )  # fmt: skip
            for path, words in {
                "/": "2 interceptions",
                "/devices": str(device),
                "/clashes": "that must be unique",
                "/sticks": "Choose bundles",
                f"/interceptions/{record}": "Where it comes from",
            }.items():
                await tabs.ask("Page.navigate", page, url=running.pages + path)
                await tabs.until(page, words)
                found = await tabs.ask("Runtime.evaluate", page, expression=beyond)
                assert found["result"]["value"] == 0, path

    asyncio.run(walk())
