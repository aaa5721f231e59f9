"""Our desk on a folder with 400 interceptions and a draft.

Arguments: the folder, then its secret.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.starts.ready import ready
from gui.build import Desk
from gui.screenshots import wait_for_jobs
from storage.keys import way_of
from storage.workstation import open_workstation

app = QApplication([])
desk = Desk(open_workstation(Path(sys.argv[1]), way_of(sys.argv[2])), app)
desk.start()
wait_for_jobs(desk, app)
desk.window.repaint()
ready()
