"""Check the message catalogues: every .po compiles with its placeholders intact, and the committed .mo says the same."""

import gettext
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "mianduimian"


def messages(compiled: Path) -> dict:
    """What a compiled catalogue says, without its dated head."""
    with compiled.open("rb") as stream:
        said = dict(gettext.GNUTranslations(stream)._catalog)  # type: ignore[attr-defined]
    said.pop("", None)
    return said


def fault(catalogue: Path) -> str | None:
    """What is wrong with one catalogue, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.mo"
        command = ["msgfmt", "--check-format", "--check-header", "-o", str(fresh), str(catalogue)]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            return run.stderr.strip()
        committed = catalogue.with_suffix(".mo")
        if not committed.exists() or messages(committed) != messages(fresh):
            return f"{committed}: not compiled from its .po; run `make messages`"
    return None


def main() -> int:
    if not shutil.which("msgfmt"):
        sys.stdout.write("catalogues: not checked, gettext's msgfmt is not installed here\n")
        return 0
    catalogues = sorted(PACKAGE.rglob("*.po"))
    lines = [line for catalogue in catalogues if (line := fault(catalogue))]
    sys.stdout.write("".join(f"{line}\n" for line in lines) + f"{len(catalogues)} catalogues, {len(lines)} faults\n")
    return bool(lines)


if __name__ == "__main__":
    raise SystemExit(main())
