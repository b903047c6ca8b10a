"""What people do in the year, day by day: given, signed for, replied to, extended, settled, sent back, instructed, supervised."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from bench.year.slow import ONE, Given, Life, Sent, Told, after, number, within
from bench.year.world import City


class Diary:
    """Deeds by day; each writes into the life of its matter what it did, and nothing else is known to the slow calculation."""

    def __init__(self, city: City, dice: Random) -> None:
        self.city, self.dice = city, dice
        self.deeds: dict[date, list] = defaultdict(list)
        self.by_matter: dict[int, Life] = {}
        self.done = 0

    def write(self, on: date, deed, *words) -> None:
        self.deeds[on].append((deed, words))

    def live(self, on: date) -> None:
        """Do everything that stands for a day, also what is written down meanwhile."""
        while self.deeds[on]:
            deed, words = self.deeds[on].pop(0)
            deed(on, *words)
            self.done += 1
        del self.deeds[on]

    def begin(self, lives: list[Life], on: date) -> None:
        for life in lives:
            self.write(on + timedelta(self.dice.randint(1, 10)), self.give, life)

    def recount(self, morning: date) -> None:
        for life in self.by_matter.values():
            life.recount(morning)

    def give(self, on: date, life: Life) -> None:
        from mianduimian.ledger import acts
        from mianduimian.triage.models import Appeal

        matter = acts.open_matter(Appeal.objects.select_related("round").get(pk=life.key), by=self.city.office, on=on)
        given = acts.assign(matter, by=self.city.office, on=on)
        life.key = matter.pk
        life.steps += [(on, "merged"), (on, "assigned")]
        self.by_matter[matter.pk] = life
        self._given(on, life, given)
        if self.dice.random() < 0.8:
            self.write(max(on + ONE, life.milestone + timedelta(self.dice.randint(-8, 12))), self.reach, life)
        if self.dice.random() < 0.06:
            self.write(on + timedelta(self.dice.randint(1, 30)), self.instruct, life)

    def _given(self, on: date, life: Life, given) -> None:
        turn = len(life.given) + 1
        if life.given:
            life.given[-1].ended = on
        life.given.append(Given(given.number, turn, on, [(on, after(on, number("reply", "within"), on))]))
        self.write(on + timedelta(self.dice.randint(1, 3)), self.accept, life, turn)

    def matter(self, life: Life):
        from mianduimian.ledger.models import Matter

        return Matter.objects.select_related("appeal__round").get(pk=life.key)

    def handler(self, matter):
        return self.city.handlers[matter.assignment.lead.key]

    def accept(self, on: date, life: Life, turn: int) -> None:
        from mianduimian.ledger import acts

        matter = self.matter(life)
        acts.accept(matter, by=self.handler(matter), on=on)
        due = life.given[-1].due(on + ONE)
        fate = self.dice.random()
        if fate < 0.08:
            self.write(on + ONE, self.ask, life, turn)
        if fate > 0.94:
            return  # never replies
        late = self.dice.randint(1, 20) if fate > 0.82 else -self.dice.randint(0, 12)
        self.write(max(on + ONE, due + timedelta(late)), self.reply, life, turn)

    def ask(self, on: date, life: Life, turn: int) -> None:
        from mianduimian.ledger import acts

        held, matter = life.given[-1], self.matter(life)
        due = held.due(on + ONE)
        if held.turn != turn or held.replied or on > due:
            return
        until = after(due, 5, on)
        acts.ask_extension(matter, until=until, reason="等材料", by=self.handler(matter), on=on)
        acts.grant_extension(matter, why="同意", by=self.city.office, on=on)
        held.dues.append((on, until))
        held.extended = True
        life.steps.append((on, "extended"))

    def reply(self, on: date, life: Life, turn: int) -> None:
        from mianduimian.ledger import acts
        from mianduimian.ledger.rules import Answered

        matter, held = self.matter(life), life.given[-1]
        if held.turn != turn:
            return
        answered = Answered("已到现场查看并处理。", "已处理完毕，现场恢复正常。", "负责人", solved=True, measure="整治")
        acts.reply(matter, answered, by=self.handler(matter), on=on)
        held.replied = on
        life.steps.append((on, "replied"))
        fate = self.dice.random()
        if fate < 0.10 and turn == 1:
            self.write(on + timedelta(self.dice.randint(1, 10)), self.send_back, life, turn)
        elif fate < 0.85:
            self.write(on + timedelta(self.dice.randint(1, 40)), self.settle, life, turn)

    def settle(self, on: date, life: Life, turn: int) -> None:
        from mianduimian.ledger import acts

        if life.given[-1].turn == turn and not life.settled:
            acts.settle(self.matter(life), by=self.city.office, on=on)
            life.settled.append((on, turn))
            life.steps.append((on, "settled"))

    def send_back(self, on: date, life: Life, turn: int) -> None:
        from mianduimian.ledger import acts

        if life.given[-1].turn == turn and not life.settled:
            given = acts.reassign(self.matter(life), why="群众不满意", by=self.city.visitor, on=on)
            self._given(on, life, given)

    def reach(self, on: date, life: Life) -> None:
        from mianduimian.ledger import acts
        from mianduimian.taskforce.models import Milestone

        matter = self.matter(life)
        if life.settled or matter.state not in ("accepted", "replied"):
            return
        acts.reach(matter, Milestone.objects.get(measure__appeal=matter.appeal), by=self.handler(matter), on=on)
        life.reached = on

    def instruct(self, on: date, life: Life) -> None:
        from mianduimian.supervision import acts

        given = acts.instruct(self.matter(life), text="请抓紧。", by=self.city.leader, on=on)
        told = Told(given.pk, on, [(on, after(on, number("instruction", "within"), on))])
        life.told.append(told)
        if self.dice.random() < 0.7:
            self.write(on + timedelta(self.dice.randint(5, 25)), self.report, life, given, told)

    def report(self, on: date, life: Life, given, told: Told) -> None:
        from mianduimian.supervision import acts

        acts.report(given, text="已落实。", by=self.handler(self.matter(life)), on=on)
        told.reported = on

    def supervise(self, on: date) -> None:
        """The supervisor looks at the drafts: issues most, drops a few, leaves some for tomorrow."""
        from mianduimian.supervision import acts
        from mianduimian.supervision.models import Draft
        from mianduimian.supervision.rules import Demand

        for draft in Draft.objects.waiting().order_by("pk"):
            life, fate = self.by_matter[draft.matter_id], self.dice.random()
            what = (draft.turn, draft.rung, draft.since)
            needed = life.open(on + ONE) and life.held(on + ONE).turn == draft.turn and draft.since in life.missed(on + ONE)
            if fate < 0.6 and not needed:
                self._refused(draft, on)
            elif fate < 0.6:
                notice = acts.issue(draft, Demand(draft.failing, "限期整改"), by=self.city.supervisor, on=on)
                until = after(on, within(draft.rung), on)
                life.sent.append(Sent(on, draft.turn, draft.rung, draft.since, notice.number, [(on, until)]))
                life.decided.append((on, what))
            elif fate < 0.68:
                acts.drop(draft, why="已电话催办", by=self.city.supervisor, on=on)
                life.decided.append((on, what))

    def _refused(self, draft, on: date) -> None:
        """What was overtaken since the morning must not go out."""
        from mianduimian.refusal import Refused
        from mianduimian.supervision import acts
        from mianduimian.supervision.rules import Demand

        try:
            acts.issue(draft, Demand(draft.failing, "限期整改"), by=self.city.supervisor, on=on)
        except Refused:
            return
        raise AssertionError(f"{on}: a draft that is not needed any more was issued: {draft}")
