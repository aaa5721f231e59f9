"""Checks whether the Python that runs it has the packages of a lock file. start.py runs it with
`.venv`.

    python -I tools/installed.py requirements/run.txt

Each package of the lock file must be installed in its version with all its files, and one module of
each must load. Faults go to standard error, one on each line, with exit status 1. Without faults,
standard output has the folder of the packages, relative to the environment, and then the names of
their files and folders in it, one on each line.
"""

from __future__ import annotations

import ast
import importlib
import operator
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

LINE = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$", re.M)
SUFFIX = re.compile(r"(\.[\w-]+)?\.(py|so|pyd)$")
COMPARISONS = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


def locked(text: str) -> list[tuple[str, str]]:
    """Name and version of each package in the lock file for this Python on this system."""
    return [(name, version) for name, version, marker in LINE.findall(text) if applies(marker)]


def applies(marker: str) -> bool:
    """Whether a marker (PEP 508, the part that lock files use) is true here; an empty one is true.

    Raises `ValueError` for an unknown marker.
    """
    return not marker or _truth(ast.parse(marker.strip(), mode="eval").body)


def _truth(node: ast.expr) -> bool:
    if isinstance(node, ast.BoolOp):
        together = all if isinstance(node.op, ast.And) else any
        return together([_truth(part) for part in node.values])
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        sides = [_value(node.left), _value(node.comparators[0])]
        if any("version" in name for name, _ in sides):
            return bool(COMPARISONS[type(node.ops[0])](*[_numbers(text) for _, text in sides]))
        return bool(COMPARISONS[type(node.ops[0])](*[text for _, text in sides]))
    raise ValueError(f"a marker that is not understood: {ast.unparse(node)}")


def _value(node: ast.expr) -> tuple[str, str]:
    """The name of a variable (empty for a literal text), and its value here."""
    if isinstance(node, ast.Constant):
        return "", str(node.value)
    here = {
        "python_version": "{}.{}".format(*sys.version_info),
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
        "os_name": os.name,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "implementation_name": sys.implementation.name,
    }
    if isinstance(node, ast.Name) and node.id in here:
        return node.id, here[node.id]
    raise ValueError(f"a marker that is not understood: {ast.unparse(node)}")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def faults(packages: list[tuple[str, str]]) -> Iterator[str]:
    """The differences from the lock file, package by package."""
    for name, version in packages:
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            yield f"{name} {version} is missing"
            continue
        if found.version != version:
            yield f"{name} {found.version} is here instead of {version}"
            continue
        lost = next((f for f in found.files or () if not Path(str(f.locate())).exists()), None)
        if lost is not None:
            yield f"{name} {version} has lost its file {lost}"
        elif why := _why_not(found, name):
            yield f"{name} {version} does not load: {why}"


def _why_not(found: metadata.Distribution, name: str) -> str:
    """Why the package's main module does not load; empty when it loads."""
    modules = [module for file in found.files or () if (module := _module(file))]
    if not modules:
        return ""
    wanted = re.sub(r"[^a-z0-9]", "", name.lower())
    first = min(
        modules, key=lambda module: (module.count("."), module.replace("_", "") != wanted, module)
    )
    try:
        importlib.import_module(first)
    except Exception as error:
        # A missing system library is reported later, with its package.
        system = isinstance(error, ImportError) and "cannot open shared object" in str(error)
        return "" if system else f"{type(error).__name__}: {error}"
    return ""


def _module(file: PurePosixPath) -> str:
    """The module name for a file of a package; empty when the file is not a module."""
    if not SUFFIX.search(file.name) or ".." in file.parts:
        return ""
    parts = [*file.parts[:-1], SUFFIX.sub("", file.name)]
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else ""


def main(lock: Path) -> int:
    """Exit status 0 without faults."""
    packages = locked(lock.read_text(encoding="utf-8"))
    packages.sort(key=lambda package: package[0] == "pip")  # setuptools does not load after pip
    found = list(faults(packages))
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    folder = Path(sysconfig.get_path("purelib"))
    print(folder.relative_to(sys.prefix).as_posix())
    files = [file for name, _ in packages for file in metadata.distribution(name).files or ()]
    print("\n".join(sorted({file.parts[0] for file in files} - {"..", "__pycache__"})))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
