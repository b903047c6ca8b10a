"""梳理: how many decisions bring the sample round from 881 submissions to 355 appeals with what the engine proposes.

The clerk of this bench knows the truth and uses the verbs of the workbench: a group is accepted, sure ones in bulk; what is of
another matter is marked and becomes a group of its own; a group of a matter that has its appeal goes into it; what is none is
set aside, once for each reason in a group; what says two things is cut.
"""

import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mianduimian.sample.round import submissions
from mianduimian.text.events import Group, Words, propose

TODAY = date(2026, 11, 23)
SURE = 0.9  # from where groups are accepted in bulk
Truth = dict[int, tuple[bool, Hashable]]  # part → whether it belongs to an appeal, and to which, or why it is set aside


@dataclass
class Sorted:
    """What was decided, and the appeals there are."""

    decisions: Counter[str] = field(default_factory=Counter)
    appeals: dict[Hashable, set[int]] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)

    def settle(self, group: Group, truth: Truth) -> None:
        """Decide on one group as it was proposed."""
        matters = Counter(truth[member] for member in group.members)
        stays = matters.most_common(1)[0][0]
        for matter in matters:
            members = {member for member in group.members if truth[member] == matter}
            if matter != stays:
                self.decisions["marked, a group of their own"] += 1
            self._put(matter, members, bulk=len(matters) == 1 and group.sure >= SURE)

    def _put(self, matter: tuple[bool, Hashable], members: set[int], *, bulk: bool) -> None:
        belongs, key = matter
        if not belongs:
            self.decisions["set aside"] += 1
            self.aside |= members
        elif key in self.appeals:
            self.decisions["added to an appeal"] += 1
            self.appeals[key] |= members
        else:
            self.decisions["accepted in bulk" if bulk else "accepted one by one"] += 1
            self.appeals[key] = set(members)


def parts() -> Iterator[tuple[Words, tuple[bool, Hashable], bool]]:
    """Every part as a person would cut it, where it belongs, and whether it had to be cut."""
    for number, said in enumerate(submissions(TODAY)):
        for part in said.parts:
            truth = (True, part.appeal) if part.appeal else (False, (part.bucket, part.reason, part.repeats))
            title = said.title if len(said.parts) == 1 else ""
            yield Words(number, title, part.text, said.said_on.isoformat()), truth, len(said.parts) > 1


def main() -> int:
    rows, known, cut = zip(*parts(), strict=True)
    rows = tuple(row._replace(id=at) for at, row in enumerate(rows))
    truth: Truth = dict(enumerate(known))
    begun = time.perf_counter()
    groups = propose(rows)
    took = time.perf_counter() - begun
    done = Sorted(Counter({"cut": sum(cut) // 2}))
    for group in groups:
        done.settle(group, truth)
    whole = Counter(key for belongs, key in truth.values() if belongs)
    assert {key: len(members) for key, members in done.appeals.items()} == dict(whole)
    assert sum(whole.values()) + len(done.aside) == len(rows)
    pure = sum(len({truth[member] for member in group.members}) == 1 for group in groups)
    lines = [f"{len(rows)} parts, {len(groups)} groups in {took:.1f} s, {pure} pure; {len(done.appeals)} appeals in the end"]
    lines += [f"  {count:4}  {what}" for what, count in done.decisions.most_common()]
    accepted = done.decisions["accepted in bulk"] + done.decisions["accepted one by one"]
    every = done.decisions.total()
    lines += [f"  {every:4}  decisions in all, {every - accepted} of them beyond one acceptance of each appeal"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
