"""Check that the wheel holds every file of the package that is committed, tests left out, so that no template stays behind."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def wanted() -> set[str]:
    """Every committed file of the package but its tests."""
    listed = subprocess.run(["git", "ls-files", "mianduimian"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {path for path in listed.splitlines() if "/tests/" not in path and not path.endswith("conftest.py")}


def main() -> int:
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        missing = sorted(wanted() - set(wheel.namelist()))
    sys.stdout.write("".join(f"not in the wheel: {path}\n" for path in missing))
    return bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
