"""The files of the project, without what is installed, built or cached."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOT_OURS = {".git", ".venv", "node_modules", "instance", "vendor", "__pycache__", "test-results", "teilhabe.egg-info"}


def files(*patterns: str, below: Path = ROOT) -> Iterator[Path]:
    """Those whose path matches one of the patterns, in order; caches of tools are no files of ours."""
    for path in sorted(below.iterdir()):
        if path.name in NOT_OURS or (path.is_dir() and path.name.endswith(("_cache", ".hypothesis"))):
            continue
        if path.is_dir():
            yield from files(*patterns, below=path)
        elif not patterns or any(path.match(pattern) for pattern in patterns):
            yield path
