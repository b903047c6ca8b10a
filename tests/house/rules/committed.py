"""Nothing that is committed names a package registry or a path of somebody's machine."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

SIGNS = {
    "a package registry": re.compile("python" + r"hosted\.org|pypi" + r"\.org|npm" + r"js\.(?:org|com)", re.I),
    "a path of a machine": re.compile(
        r"(?<![\w.:/\\-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/[\w.]+|/opt/(?:wheels|py" + r"pi)"
    ),
    "an index": re.compile(r"^\s*--(?:extra-)?index" + r"-url|^\s*--find" + r"-links\s+\w+:", re.M),
}


def committed(root: Path) -> list[tuple[str, str]]:
    """Every committed text file with its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode()
    paths = [root / name for name in listed.split("\0") if name]
    texts = ((path, path.read_bytes()) for path in paths if path.is_file())
    return [(path.relative_to(root).as_posix(), raw.decode("utf-8", "replace")) for path, raw in texts if b"\0" not in raw]


def faults(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Where one of the signs is found."""
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} names {what}: {match[0]}"
        for path, text in texts
        for what, sign in SIGNS.items()
        if (match := sign.search(text))
    ]
