"""The build backend for `pip install .`: it says that Tidewaiter is not installed by pip."""

from __future__ import annotations

import sys
from typing import NoReturn

REFUSAL = (
    "Tidewaiter is not installed by pip: run it with `python3 start.py`, or make the frozen"
    " program that is shipped with `python3 -m tools.freeze` (docs/shipping.md)."
)


def refuse(*_arguments: object, **_settings: object) -> NoReturn:
    """End with the sentence, for every hook of a build."""
    sys.exit(REFUSAL)


# The names of PEP 517 and PEP 660.
get_requires_for_build_wheel = get_requires_for_build_sdist = refuse
get_requires_for_build_editable = prepare_metadata_for_build_wheel = refuse
prepare_metadata_for_build_editable = build_wheel = build_sdist = build_editable = refuse
