"""A house of its own for a benchmark: thrown away afterwards, filled through the acts like any other."""

import os
import secrets
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import django

HOUSE = str(Path(sys.executable).with_name("mianduimian"))


def furnish(folder: Path) -> None:
    """Open the house on a data folder."""
    os.environ["MIANDUIMIAN_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
    django.setup()


def run(*words: str) -> tuple[str, float]:
    """Run a command of the house: what it printed, and the seconds it took."""
    begun = time.perf_counter()
    done = subprocess.run([HOUSE, *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"mianduimian {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout, time.perf_counter() - begun


def open_round(on: date) -> str:
    """An empty city with its administrators, one clerk and one open round; its code is returned."""
    from mianduimian.people import acts as people
    from mianduimian.people.models import Unit
    from mianduimian.solicitation import acts as solicitation
    from mianduimian.solicitation.rules import Opening

    clock = people.found(on=on)
    people.load_city(by=clock, on=on)
    office = Unit.objects.get(key="shifuban")
    passwords = {role: secrets.token_urlsafe(16) for role in ("system", "security", "audit")}
    founded = people.found_administrators(passwords, office, by=clock, on=on)
    system, security, _audit = founded
    clerk = people.register("clerk", "文员", secrets.token_urlsafe(16), by=system, on=on)
    people.appoint(clerk, office, "office", by=security, on=on)
    opening = Opening(focus="道路安全与交通秩序", theme="travel", region="441600", host="市长", office=office.key)
    return solicitation.open_round(opening, by=type(clerk).objects.get(pk=clerk.pk), on=on).code
