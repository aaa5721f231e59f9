"""What decodes JSON is built before there are threads; else two of them end the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.hub.station import Station

IN_TEN_PROCESSES = """
import os, sys, threading
from pathlib import Path
from domain.encoding import from_json
from domain.kinds import InterceptionFinalised
{prepare}
sys.setswitchinterval(1e-6)
body, together = Path(sys.argv[1]).read_bytes(), threading.Barrier(24)
def read():
    together.wait()
    from_json(body, InterceptionFinalised)
for _ in range(10):
    child = os.fork()
    if not child:
        made = prepare()
        threads = [threading.Thread(target=read) for _ in range(24)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ten processes would take too long")
@pytest.mark.parametrize(
    "prepare",
    ["from sync.lanes import ThreadLanes as prepare", "from gui.bridge import Bridge as prepare"],
    ids=["sync", "desk"],
)
def test_threads_that_decode_at_the_same_moment_do_not_end_the_process(
    prepare: str, tmp_path: Path
) -> None:
    body = tmp_path / "body.json"
    body.write_bytes(Station("http://127.0.0.1").finalise().body)
    subprocess.run(
        [sys.executable, "-c", IN_TEN_PROCESSES.format(prepare=prepare), str(body)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=60,
    )
