"""人手: the invented people who act in the sample, registered and appointed as real ones are."""

from dataclasses import dataclass
from datetime import date

from mianduimian.people import acts
from mianduimian.people.models import Person, Unit
from mianduimian.people.rules import ADMINISTRATORS, Role
from mianduimian.sample.bank import table

PASSWORD = "mdm-demo-2026"  # noqa: S105 -- the demonstration's own, printed beside its address


@dataclass(frozen=True)
class Cast:
    """Everybody by user name, and for each unit the one who handles its matters."""

    people: dict[str, Person]
    handlers: dict[str, Person]

    def __getitem__(self, username: str) -> Person:
        return self.people[username]


def _rows() -> list[dict]:
    return table("story/people.toml")["person"]


def hire(on: date) -> Cast:
    """Found the house, the city and its three administrators, then everybody else."""
    clock = acts.found(on=on)
    acts.load_city(by=clock, on=on)
    clock = Person.objects.clock()
    units = {unit.key: unit for unit in Unit.objects.all()}
    passwords = {role.value: PASSWORD for role in Role if role in ADMINISTRATORS}
    system, security, _audit = acts.found_administrators(passwords, units["zhengshuju"], by=clock, on=on)
    people = {"clock": clock}
    handlers: dict[str, Person] = {}
    for row in _rows():
        person = acts.register(row["username"], row["name"], PASSWORD, by=system, on=on)
        for role, unit in row["posts"]:
            acts.appoint(Person.objects.get(pk=person.pk), units[unit], role, by=security, on=on)
        people[row["username"]] = Person.objects.get(pk=person.pk)
        handlers |= {unit: people[row["username"]] for role, unit in row["posts"] if role == Role.UNIT}
    return Cast(people, handlers)


def accounts() -> list[tuple[str, str, str]]:
    """One account a role, with what the role is called, its user name and its password."""
    shown = [(_words(row), row["username"], PASSWORD) for row in _rows() if row.get("shown")]
    return shown + [(role.word, role.value, PASSWORD) for role in Role if role in ADMINISTRATORS]


def _words(row: dict) -> str:
    role, _unit = row["posts"][0]
    return f"{Role(role).word}（{row['shown']}）"
