"""说话的人: invented citizens, with a name, a telephone that cannot exist, an address and a way of speaking."""

from dataclasses import dataclass
from random import Random

from mianduimian.sample.bank import UNITS, Persona, Place, lines, personas, places, regions, table

ANONYMOUS = 0.07
WITH_MAIL = 0.2
WITH_ADDRESS = 0.6


@dataclass(frozen=True)
class Speaker:
    """一个群众: who speaks, from which channel, in which tone."""

    persona: Persona
    tone: dict
    channel: str
    name: str
    phone: str
    email: str
    address: str
    anonymous: bool

    @property
    def surname(self) -> str:
        return self.name[0]


def weighted[Key](rng: Random, weights: dict[Key, int]) -> Key:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def tones() -> dict[str, dict]:
    return {key: row for key, row in table("voices/tones.toml").items() if "weight" in row}


def invented_name(rng: Random) -> str:
    names = table("voices/names.toml")
    return rng.choice(names["surnames"]) + rng.choice(names["given"].split())


def _address(rng: Random, place: Place) -> str:
    """A home near the place: an invented estate of the same county and a door."""
    homes = [home for home in places().values() if home.kind in ("estate", "village") and home.town[:6] == place.town[:6]]
    home = rng.choice(homes)
    if home.kind == "village":
        return f"{home.full.removesuffix('道')}{rng.randint(3, 96)}号"
    return f"{home.county}{regions()[home.town]}{home.say[0]}{rng.randint(1, 28)}栋{rng.randint(2, 18)}0{rng.randint(1, 4)}"


def _tone(rng: Random, persona: Persona) -> dict:
    return tones()["plain"] if persona.third else tones()[weighted(rng, {key: row["weight"] for key, row in tones().items()})]


def _persona(rng: Random, place: Place) -> Persona:
    return personas()[weighted(rng, {key: persona.weight_at(place) for key, persona in personas().items()})]


def meet(rng: Random, place: Place, *, persona: str = "", channel: str = "") -> Speaker:
    """Somebody who has to do with the place; persona and channel only where they are already known."""
    who = personas()[persona] if persona else _persona(rng, place)
    return Speaker(
        persona=who,
        tone=_tone(rng, who),
        channel=channel or weighted(rng, who.channels),
        name=invented_name(rng),
        phone=f"1990000{rng.randint(0, 9999):04d}",
        email=f"u{rng.randint(1000, 99999)}@example.com" if rng.random() < WITH_MAIL else "",
        address=_address(rng, place) if rng.random() < WITH_ADDRESS else "",
        anonymous=rng.random() < ANONYMOUS,
    )


def stranger(rng: Random, channel: str = "") -> Speaker:
    """Somebody who has to do with no place in particular."""
    home = rng.choice([place for place in places().values() if place.unit in UNITS.values()])
    return meet(rng, home, persona="resident", channel=channel)


def slot(rng: Random, name: str, *, third: bool) -> str:
    """One of the words for a time of day, a child, an old person."""
    rows = table("voices/tones.toml")
    return rng.choice(lines(rows["third"].get(name, rows["slots"][name]) if third else rows["slots"][name]))
