"""The documents keep up with the house: every setting is explained, and no document points at one that is not there."""

import re
from collections.abc import Iterable
from pathlib import Path

SETTING = re.compile(r"`(MIANDUIMIAN_[A-Z_]+|DATABASE_URL)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def setting_faults(guide: str, known: Iterable[str]) -> list[str]:
    """Settings that the guide does not explain, and explained ones that do not exist."""
    explained, existing = set(SETTING.findall(guide)), {*known, "DATABASE_URL"}
    missing = [f"not explained: {name}" for name in sorted(existing - explained)]
    return missing + [f"does not exist: {name}" for name in sorted(explained - existing)]


def link_faults(document: Path, text: str) -> list[str]:
    """Where a document points at a file that is not there."""
    return [f"{document.name} → {target}" for target in LINK.findall(text) if not (document.parent / target).exists()]
