"""A real browser signs in, is shown a page, and signs out: cookie, forms and policy fit."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.hub.people import PASSWORD, a_person, hub_with_people
from tests.hub.test_browser import BROWSER, Tabs, browser

pytest.importorskip("aiohttp")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="no chromium here (Debian: apt-get install chromium)"),
    pytest.mark.timeout(120),
]


async def shown(tabs: Tabs, page: str, words: str) -> None:
    """Wait until the page shows the words; a page that goes away meanwhile gives no answer."""
    while True:
        try:
            await tabs.until(page, words)
        except KeyError:
            continue
        return


async def send(tabs: Tabs, page: str, form: str, **fields: str) -> None:
    """Fill a form and press its button."""
    fill = "".join(
        f"document.getElementById('{name}').value = {json.dumps(value)};"
        for name, value in fields.items()
    )
    await tabs.run(page, f"{fill} document.querySelector({json.dumps(form)} + ' button').click()")


def test_a_person_signs_in_and_out_in_a_browser(tmp_path: Path) -> None:
    with hub_with_people(tmp_path / "hub") as (running, clock):
        ada = a_person(running.hub, "ada")
        clock.move(seconds=30)

        async def walk() -> None:
            async with browser(tmp_path / "profile") as tabs:
                page = await tabs.open(f"{running.pages}/devices")
                await shown(tabs, page, "Six digits from your authenticator")
                form = "form[action='/sign-in']"
                await send(tabs, page, form, name="ada", password=PASSWORD, code="000000")
                await shown(tabs, page, "The name, the password or the code is wrong.")
                await send(tabs, page, form, password=PASSWORD, code=ada.code())
                await shown(tabs, page, "no backup has been made")
                await send(tabs, page, "form[action='/sign-out']")
                await shown(tabs, page, "Six digits from your authenticator")
                await tabs.ask("Page.navigate", page, url=f"{running.pages}/devices")
                await shown(tabs, page, "Six digits from your authenticator")

        asyncio.run(walk())
        assert running.count("sign_in") == 0
