"""抽查规则: a fair draw that anybody can repeat: every matter's number is hashed with the seed, and the smallest come first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


def ticket(seed: str, number: str) -> str:
    """The lot of one matter: SHA-256 of “seed:number”; with one seed nobody can tell beforehand who is drawn."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(population: Mapping[str, str], size: int, seed: str, *, by_stratum: bool = False) -> list[str]:
    """Draw `size` numbers out of number → stratum; the same seed and population always give the same numbers."""
    if not 0 < size <= len(population):
        raise Refused(_("抽查件数须在1和%(n)s之间。"), n=len(population))
    if not by_stratum:
        return _smallest(population, size, seed)
    sizes = Counter(population.values())
    if size < len(sizes):
        raise Refused(_("按单位分层抽查，件数不能少于单位数（%(n)s家）。"), n=len(sizes))
    shares = allot(sizes, size, seed)
    members = {stratum: [number for number, of in population.items() if of == stratum] for stratum in shares}
    return sorted(number for stratum, n in shares.items() for number in _smallest(members[stratum], n, seed))


def _smallest(numbers: Iterable[str], size: int, seed: str) -> list[str]:
    return sorted(sorted(numbers, key=lambda number: ticket(seed, number))[:size])


def allot(sizes: Mapping[str, int], size: int, seed: str) -> dict[str, int]:
    """Places for each stratum: one each, the rest in proportion, leftovers to the largest remainder (of equal ones by lot)."""
    order = sorted(sizes, key=lambda stratum: ticket(seed, stratum))
    given = dict.fromkeys(order, 1)
    rest, room = size - sum(given.values()), {stratum: sizes[stratum] - given[stratum] for stratum in order}
    exact = {stratum: rest * room[stratum] / (sum(room.values()) or 1) for stratum in order}
    for stratum in order:
        given[stratum] += int(exact[stratum])
    left = size - sum(given.values())
    for stratum in sorted(order, key=lambda one: int(exact[one]) - exact[one])[:left]:
        given[stratum] += 1
    return given
