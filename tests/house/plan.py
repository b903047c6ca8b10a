"""布局: the plan of the house as data: its layers, its furniture, and every exception with its reason."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mianduimian"


def _contract(name: str) -> dict:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return next(contract for contract in configured if contract["id"] == name)


def _names(layer: str) -> list[str]:
    return [name.strip(" ()") for name in layer.split("|")]


# Room → rank; 0 is the top. Rooms of one rank may not see each other either.
RANKS = {name: rank for rank, layer in enumerate(_contract("layers")["layers"]) for name in _names(layer)}

# Folders of the package that are no rooms: the shared look lies under every room.
SHARED = len(RANKS)

WRITERS = {"acts", "migrations", "tests", "conftest"}

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "constants", "signals", "misc", "common", "core"}

LIMITS = {
    "file": 400,
    "function": 50,
    "complexity": 10,
    "arguments": 6,
    "template": 160,
    "script": 60,
    "all scripts": 900,
}

# Outside views: pages of the packages we build on, which guard themselves.
OUTSIDE_VIEWS = {
    "allauth": "log-in, password and second factor have allauth's own guards",
    "django.views.i18n": "choosing the language is open to everybody",
    "django.views.static": "whitenoise and the development server hand out static files",
    "django.contrib.staticfiles": "the development server hands out static files",
}

# "room.Model.field" → why it may do more than PROTECT.
DELETIONS: dict[str, str] = {}

# "path:function" → why it may take more arguments than the limit.
MANY_ARGUMENTS = {
    "journal/acts.py:record": "one line of the journal has these parts, and each is given by name",
}

# "path" → why its verbs are no acts; "path:function" → why one verb lacks by= or on=.
NOT_ACTS = {
    "journal/acts.py": "it is what makes acts",
    "clock/acts.py": "what the machine does for itself is no act of the mechanism; the jobs that it runs are",
    "intake/acts/batches.py:run_batch": "a long file goes in step by step, and each step is an act of its own",
    "triage/acts/reading.py:go_on": "a long reading goes on step by step, and each step is an act of its own",
    "triage/acts/lessons.py:study": "the machine learns for minutes, and each step is an act of its own",
    "ledger/acts/glances.py:together": "it puts off what acts of one transaction derive, and acts itself in nothing",
    "publication/acts/sending.py:deliver": "letters go out step by step, and each step is an act of its own",
    "publication/acts/writing.py:deliver_alerts": "letters go out step by step, and each step is an act of its own",
    "people/acts.py:found:by": "the first person is registered before anybody is there to act",
}

# Modules, and single files, that save documents, sheets and pictures to a place; elsewhere a save is a write.
PRINTERS = {"papers", "sheets", "text", "rules", "sample/files.py", "sample/load/pictures.py", "publication/retouching.py"}

# "path" → why it may write outside the acts.
OTHER_WRITERS: dict[str, str] = {}

# "path → target" → why a page may point forward.
FORWARD_POINTERS: dict[str, str] = {}
