"""明责: who is registered, appointed and relieved; regions and units are loaded from data."""

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person, Post, Region, Unit
from mianduimian.people.rules import Level, Role, UnitKind, separate
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

HERE = Path(__file__).parent


@act
def found(*, on: date) -> Person:
    """Make the clock, the first person, who has no password and acts when the calendar does."""
    clock, made = Person.objects.get_or_create(username="clock", defaults={"name": Role.CLOCK.chinese, "joined_on": on})
    if made:
        clock.set_unusable_password()
        clock.save()
        record("people.found", clock, by=clock, on=on)
    return clock


@act
def load_city(folder: Path = HERE / "heyuan", *, by: Person, on: date) -> tuple[int, int]:
    """Load regions and units from a city's data folder; what is there already is brought up to date."""
    with (folder / "regions.csv").open(encoding="utf-8") as file:
        regions = _load_regions(list(csv.DictReader(file)))
    table = tomllib.loads((folder / "units.toml").read_text("utf-8"))["unit"]
    units = _load_units(table)
    Post.objects.get_or_create(person=by, unit=units[table[0]["key"]], role=Role.CLOCK, until=None, defaults={"since": on})
    record("people.load_city", regions[0], by=by, on=on, now={"regions": len(regions), "units": len(units)})
    return len(regions), len(units)


def _load_regions(rows: list[dict[str, str]]) -> list[Region]:
    regions = [
        Region(code=row["code"], name=row["name"], level=Level(row["level"]), parent_id=row["parent"] or None) for row in rows
    ]
    return Region.objects.bulk_create(
        regions, update_conflicts=True, unique_fields=["code"], update_fields=["name", "level", "parent"]
    )


def _load_units(rows: list[dict[str, Any]]) -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    while waiting := [row for row in rows if row["key"] not in known and row.get("parent", "") in {"", *known}]:
        units = [
            Unit(
                key=row["key"],
                name=row["name"],
                short=row["short"],
                kind=UnitKind(row["kind"]),
                region_id=row["region"],
                parent=known.get(row.get("parent", "")),
            )
            for row in waiting
        ]
        fields = ["name", "short", "kind", "region", "parent"]
        Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["key"], update_fields=fields)
        known |= {unit.key: unit for unit in Unit.objects.filter(key__in=[row["key"] for row in waiting])}
    return known


@act
def register(username: str, name: str, password: str, *, by: Person, on: date) -> Person:
    """Register a person; they can do nothing until the security administrator appoints them."""
    by.must("people.manage")
    if Person.objects.filter(username=username).exists():
        raise Refused(_("用户名“%(username)s”已被使用。"), username=username)
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    person = Person(username=username, name=name, joined_on=on)
    person.set_password(password)
    person.save()
    record("people.register", person, by=by, on=on, now={"username": username})
    return person


@act
def appoint(person: Person, unit: Unit, role: str, *, by: Person, on: date) -> Post:
    """Give a person a post; the three administrators' powers stay apart."""
    by.must("people.appoint")
    if person.pk == by.pk:
        raise Refused(_("不能给自己授予岗位。"))
    separate([*person.roles, role])
    post, made = Post.objects.get_or_create(person=person, unit=unit, role=Role(role), until=None, defaults={"since": on})
    if made:
        record("people.appoint", person, by=by, on=on, now={"unit": unit.short, "role": role})
    return post


@act
def relieve(post: Post, *, by: Person, on: date, why: str) -> Post:
    """End a post; it stays on record."""
    by.must("people.appoint")
    if post.until:
        raise Refused(_("这个岗位已于%(on)s解除。"), on=post.until)
    post.until = on
    post.save()
    record("people.relieve", post.person, by=by, on=on, was={"unit": post.unit.short, "role": post.role}, why=why)
    return post


@act
def found_administrators(passwords: dict[str, str], unit: Unit, *, by: Person, on: date) -> list[Person]:
    """Make the first three administrators, once, when the house is set up: system, security and audit apart."""
    if Post.objects.filter(role__in=passwords).exists():
        raise Refused(_("管理员已经设立。"))
    people = []
    for role, password in passwords.items():
        person = Person(username=role, name=Role(role).chinese, joined_on=on)
        person.set_password(password)
        person.save()
        Post.objects.create(person=person, unit=unit, role=Role(role), since=on)
        record("people.found_administrator", person, by=by, on=on, now={"role": role})
        people.append(person)
    return people
