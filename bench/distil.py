"""梳理: how many decisions bring the sample round from 881 submissions to 355 appeals with what the engine proposes.

The clerk of this bench knows the truth and uses the verbs of the workbench, each of which is one decision and one line of the
journal. Group after group, the most doubtful first: what is of another matter is marked and waits by itself; what the page found
beside the group (the dozen most like its representative) is ticked where it is of the same matter; then the group is accepted,
or added to the appeal its matter has already. A group accepted in bulk counts like one accepted by hand. What is no appeal waits
in the list and is set aside there, page by page, once for each reason. What says two things is cut.
"""

import sys
import time
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mianduimian.sample.round import submissions
from mianduimian.text.events import Group, Index, Words

TODAY = date(2026, 11, 23)
SURE = 0.9  # from where groups are accepted in bulk
BESIDE = 12  # similar parts that the page of a group shows
ALONE = "accepted in bulk, each standing alone: no group to judge"
PAGE = 50  # parts on a page of the list in which they are set aside
Truth = dict[int, tuple[bool, Hashable]]  # part → whether it belongs to an appeal, and to which, or why it is set aside


@dataclass
class Clerk:
    """Who decides: what is known to be true, what was decided, and the appeals there are."""

    index: Index
    truth: Truth
    decisions: Counter[str] = field(default_factory=Counter)
    appeals: dict[Hashable, set[int]] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)

    def work(self, groups: Iterable[Group]) -> None:
        """Decide on every group, then on what is no appeal."""
        waiting = deque((group.members, group.representative, group.sure) for group in sorted(groups, key=lambda one: one.sure))
        while waiting:
            members, first, sure = waiting.popleft()
            left = [member for member in members if member not in self.decided]
            if left:
                waiting.extend(((one,), one, sure) for one in self._settle(left, first if first in left else left[0], sure))
        aside = [part for part in self.truth if part not in self.decided]
        for at in range(0, len(aside), PAGE):
            reasons = {self.truth[one] for one in aside[at : at + PAGE]}
            self.decisions["set aside from the list, once for each reason"] += len(reasons)
        self.decided |= set(aside)

    def _settle(self, members: list[int], first: int, sure: float) -> list[int]:
        """Decide on one group as the page shows it; who was marked waits for another page."""
        matters = Counter(self.truth[one] for one in members if self.truth[one][0])
        if not matters:
            return []
        matter = matters.most_common(1)[0][0]
        out = [one for one in members if self.truth[one] != matter]
        also = self._beside(first if self.truth[first] == matter else next(one for one in members if one not in out), members)
        new = matter not in self.appeals
        by_hand = out or also or sure < SURE
        bulk = "accepted in bulk" if len(members) > 1 else ALONE
        self.decisions["added to an appeal" if not new else "accepted one by one" if by_hand else bulk] += 1
        self.decisions.update({"(marked)": len(out), "(ticked beside)": len(also)})
        mine = {*members, *also} - {*out}
        self.appeals.setdefault(matter, set()).update(mine)
        self.decided |= mine
        return out

    def _beside(self, first: int, members: list[int]) -> list[int]:
        """Those among the similar that the clerk ticks."""
        found = [one for one, _like in self.index.likest(self.index.corpus.rows[first].body, BESIDE + len(members))]
        shown = [one for one in found if one not in members][:BESIDE]
        return [one for one in shown if one not in self.decided and self.truth[one] == self.truth[first]]


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
    index, begun = Index(rows), time.perf_counter()
    groups = index.propose()
    took = time.perf_counter() - begun
    done = Clerk(index, truth, Counter({"cut": sum(cut) // 2}))
    done.work(groups)
    whole: dict[Hashable, set[int]] = {}
    for part, (belongs, key) in truth.items():
        if belongs:
            whole.setdefault((belongs, key), set()).add(part)
    assert done.appeals == whole and done.decided == set(truth)
    pure = sum(len({truth[member] for member in group.members}) == 1 for group in groups)
    exact = sum(set(group.members) in whole.values() for group in groups)
    said = f"{len(rows)} parts, {len(groups)} groups in {took:.1f} s, {pure} pure, {exact} exactly an appeal"
    lines = [f"{said}; {len(whole)} appeals in the end"]
    lines += [f"  {count:4}  {what}" for what, count in done.decisions.most_common()]
    every = sum(count for what, count in done.decisions.items() if not what.startswith("("))
    lines += [f"  {every:4}  decisions in all: one acceptance of each appeal, and {every - len(whole)} beyond"]
    lines += [f"  {every - done.decisions[ALONE]:4}  without those that stand alone"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
