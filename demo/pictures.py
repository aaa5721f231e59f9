"""Pictures of the desk's screens and of the hub's pages, made by child processes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from system.program import program, run_child

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER_SECONDS = 60
QUIET = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--disable-features=AsyncDns,DnsOverHttps,MediaRouter,OptimizationHints,Translate",
)
"""Prevents the browser from connecting to any other server than the hub on this computer."""
SCREEN_SECONDS = 300


def desk_screens(home: Path, passphrase_file: Path, out: Path) -> str:
    """Make pictures of the desk's screens in `out`; the reason for a failure, else empty."""
    arguments = ["--home", str(home), "--passphrase-file", str(passphrase_file), "--out", str(out)]
    out.mkdir(parents=True, exist_ok=True)
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    failed = _run(program("screenshots", *arguments), SCREEN_SECONDS, settings)
    if not failed and not any(out.glob("*.png")):
        return "the desk made no picture"
    return failed


def hub_pages(url: str, pages: Mapping[str, str], out: Path) -> str:
    """Make pictures of the hub's `pages` (name to path); the reason for a failure, else empty."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return "no chromium here (Debian: apt-get install chromium)"
    out.mkdir(parents=True, exist_ok=True)
    for name, path in pages.items():
        picture = out / f"{name}.png"
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            failed = _run(_browser_command(browser, profile, picture, url + path), BROWSER_SECONDS)
        if failed or not picture.exists():
            return f"{path}: {failed or 'the browser made no picture'}"
    return ""


def _browser_command(browser: str, profile: str, picture: Path, url: str) -> list[str]:
    command = [browser, "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    command += ["--disable-dev-shm-usage"]  # a container has little shared memory
    command += QUIET
    command += ["--window-size=1440,1000", "--timeout=10000", f"--user-data-dir={profile}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # chromium refuses to run as root with it
    return [*command, f"--screenshot={picture}", url]


def _run(command: list[str], seconds: float, settings: Mapping[str, str] | None = None) -> str:
    """Run a program; its error in one line, empty after success."""
    try:
        status, errors = run_child(command, seconds=seconds, settings=settings)
    except TimeoutError as error:
        return str(error)
    lines = [line for line in errors.splitlines() if line.strip()]
    return "" if status == 0 else (lines or [f"ended with {status}"])[-1]
