"""静态文件: named by what is in them, so that a browser keeps them for ever, and compressed once, before the doors open."""

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

LAID = "laid-out"  # says which files lie there, and is the lock of whoever lays them out


class Hashed(CompressedManifestStaticFilesStorage):
    """Names with a hash; where nothing was laid out, as in a script, the plain ones."""

    def stored_name(self, name: str) -> str:
        """The name under which a page asks for the file."""
        return super().stored_name(name) if self.hashed_files else name


def lay_out() -> bool:
    """Lay the static files out for the server, unless these very ones lie there; says whether there was something to do."""
    mark, seal = Path(settings.STATIC_ROOT) / LAID, _seal()
    with mark.open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.read_text("ascii") == seal:
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(seal, "ascii")
    return True


def _seal() -> str:
    """One number for all static files, by name and content."""
    whole = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            with storage.open(name) as file:
                whole.update(f"{name} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
    return whole.hexdigest()
