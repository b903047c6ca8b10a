"""Compile every template of the house: a tag, a filter or an include that does not exist is found here, not by a citizen."""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.template import TemplateSyntaxError
from django.template.loader import get_template

PACKAGE = Path(__file__).parent.parent / "mianduimian"


def names(package: Path) -> list[str]:
    """Every template as Django names it: its path below the nearest folder called templates."""
    found = {path.relative_to(folder).as_posix() for folder in package.rglob("templates") for path in folder.rglob("*.*")}
    return sorted(name for name in found if not name.endswith(".md"))


def faults(templates: list[str]) -> list[str]:
    """One line for every template that does not compile."""
    lines = []
    for name in templates:
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            lines.append(f"{name}: {error}")
    return lines


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
    django.setup()
    call_command("check", tags=["templates", "urls"])
    templates = names(PACKAGE)
    lines = faults(templates)
    sys.stdout.write("".join(f"{line}\n" for line in lines) + f"{len(templates)} templates, {len(lines)} faults\n")
    return bool(lines)


if __name__ == "__main__":
    raise SystemExit(main())
