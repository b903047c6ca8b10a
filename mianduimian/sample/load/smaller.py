"""较小的几期: a whole round in few strokes: the one of a year ago, and those of counties and towns."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mianduimian.intake import acts as intake
from mianduimian.intake.rules import Said
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered
from mianduimian.lookback import acts as lookback
from mianduimian.lookback.rules import Answered as Told
from mianduimian.lookback.rules import Checked, Finding, Reached
from mianduimian.meeting import acts as meeting
from mianduimian.meeting.models import Meeting, Seat
from mianduimian.meeting.rules import Decided, Handling, Planning, Promised, Seating, Spoken
from mianduimian.people.models import Person
from mianduimian.sample.bank import Place, Problem, dice, places, problems, table
from mianduimian.sample.load.diary import Deed
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import REPEATS, SHANGHAI
from mianduimian.sample.speakers import meet
from mianduimian.sample.truth import Spot, Truth, spare_pairs, truth_of
from mianduimian.sample.voice import Deck, Subject, written
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel, Notice, Opening
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Wording
from mianduimian.workdays import calendar

CALL, SORT, ASSIGN, REPLY, LOOK, END = -14, -6, 1, 9, 4, 60  # days from the meeting; LOOK in working days from the reply
LEFT_OPEN = 3  # every third matter of a round that still runs is in its unit's hands


@dataclass(frozen=True)
class Item:
    """One thing people spoke of in a small round, and who is to mend it."""

    truth: Truth
    lead: str
    voices: int


@dataclass(frozen=True)
class Small:
    """A small round: how it was opened, by whom, when it met, what it was about, and whether it has ended."""

    key: str
    opening: Opening
    clerk: str
    met_on: date
    place: str
    items: tuple[Item, ...]
    ended: bool


@dataclass
class Course:
    """The course of one small round through the diary."""

    scene: Scene
    small: Small

    @property
    def clerk(self) -> Person:
        return self.scene.cast[self.small.clerk]

    @property
    def round(self) -> Round:
        return self.scene.rounds[self.small.key]

    def key(self, item: Item) -> str:
        """The year-ago round's appeals go by the key of their truth, so that a repeat finds them."""
        return item.truth.key if self.small.key == "earlier" else f"{self.small.key}/{item.truth.key}"

    def begin(self) -> None:
        met_on, write = self.small.met_on, self.scene.diary.write
        write(met_on + timedelta(CALL), self.call)
        write(met_on + timedelta(SORT), self.sort)
        write(met_on, self.meet)
        write(met_on + timedelta(ASSIGN), self.assign)
        if self.small.ended:
            write(met_on + timedelta(END), self.end)

    def call(self, on: date) -> None:
        """Opened and called on one day; people have a week."""
        round = solicitation.open_round(self.small.opening, by=self.clerk, on=on)
        self.scene.rounds[self.small.key] = round
        channels = [Channel.WEB.value, Channel.LETTER.value, Channel.PHONE.value]
        notice = Notice(on, on + timedelta(6), f"围绕“{round.focus}”征集意见建议。", channels, "12345")
        solicitation.issue_call(round, notice, by=self.clerk, on=on)
        rng = dice("small", self.small.key)
        for item in self.small.items:
            for _voice in range(item.voices):
                self.scene.diary.write(on + timedelta(rng.randint(0, 6)), self._saying(item, rng.random()))

    def _saying(self, item: Item, seed: float) -> Deed:
        return lambda on: intake.receive(self.round, spoken(item.truth, on, seed), by=self.clerk, on=on)

    def sort(self, on: date) -> None:
        triage.take_up(self.round, by=self.clerk, on=on)
        said: dict[str, list[Part]] = {}
        for part in Part.objects.of(self.round).select_related("submission"):
            said.setdefault(part.submission.title, []).append(part)
        for item in self.small.items:
            truth = item.truth
            wording = Wording(truth.title, truth.wording, truth.category, truth.region, truth.place, item.lead)
            appeal = triage.distil(said[truth.title], wording, by=self.clerk, on=on)
            self.scene.appeals[self.key(item)] = appeal

    def meet(self, on: date) -> None:
        """One citizen and one unit for each item; every item is asked, answered and decided."""
        starts_at = datetime.combine(on, time(9), SHANGHAI)
        planned = meeting.plan(self.round, Planning(self.small.opening.host, self.small.place, starts_at), by=self.clerk, on=on)
        meeting.seat(planned, Seating("host", "", self.small.opening.host), by=self.clerk, on=on)
        heard = self.small.items[:6]
        seats = [self._seat(planned, self.scene.appeals[self.key(item)], on) for item in heard]
        meeting.put_on_agenda(planned, [self.scene.appeals[self.key(item)] for item in heard], by=self.clerk, on=on)
        meeting.hold(planned, by=self.clerk, on=on)
        for item, seat in zip(heard, seats, strict=True):
            self._exchange(planned, item, seat, on)
        for item in self.small.items[6:]:
            meeting.opine(self.scene.appeals[self.key(item)], self._decided(item, on), by=self.clerk, on=on)
        meeting.issue_minutes(planned, by=self.clerk, on=on)

    def _seat(self, planned: Meeting, appeal: Appeal, on: date) -> Seat:
        part = Part.objects.filter(appeal=appeal).select_related("submission__citizen").order_by("pk")[0]
        name = part.submission.citizen.name if part.submission.citizen else ""
        return meeting.seat(planned, Seating("citizen", name, "群众代表", submission=part.submission_id), by=self.clerk, on=on)

    def _exchange(self, planned: Meeting, item: Item, seat: Seat, on: date) -> None:
        cause, measure = _good(item)
        appeal, due_on = self.scene.appeals[self.key(item)], on + timedelta(30)
        question = f"{item.truth.title}，什么时候能解决？"
        spoken = Spoken(seat.pk, question, item.lead, appeal.pk, "", cause, measure, "可以，看行动。")
        made = meeting.exchange(planned, spoken, promised=Promised(measure, due_on), by=self.clerk, on=on)
        meeting.opine(appeal, self._decided(item, on), exchange=made, by=self.clerk, on=on)

    def _decided(self, item: Item, on: date) -> Decided:
        return Decided(Handling.BY_A_DATE, _good(item)[1], item.lead, (), on + timedelta(30))

    def assign(self, on: date) -> None:
        for n, item in enumerate(self.small.items):
            matter = ledger.open_matter(self.scene.appeals[self.key(item)], by=self.clerk, on=on)
            ledger.assign(matter, by=self.clerk, on=on)
            self._go_on(matter, item, n)

    def _go_on(self, matter: Matter, item: Item, n: int) -> None:
        """Signed for the next working day, answered a week later, looked at, closed; a running round leaves some open."""
        write, handler, met_on = self.scene.diary.write, self.scene.cast.handlers[item.lead], self.small.met_on
        replied_on = calendar().add(met_on, REPLY + n % 3).on
        write(calendar().add(met_on, 2).on, lambda on: ledger.accept(matter, by=handler, on=on))
        if not self.small.ended and n % LEFT_OPEN == LEFT_OPEN - 1:
            return
        write(replied_on, lambda on: self._reply(matter, item, on))
        write(calendar().add(replied_on, 2).on, lambda on: ledger.settle(matter, by=self.clerk, on=on))
        write(calendar().add(replied_on, LOOK).on, lambda on: self._close(matter, on))

    def _reply(self, matter: Matter, item: Item, on: date) -> None:
        cause, measure = _good(item)
        words = f"您反映的问题属实。{cause}。{measure}。"
        answered = Answered(words, words, "单位负责人", solved=True, measure=measure, solve_by=on, contacted_on=on)
        ledger.reply(matter, answered, by=self.scene.cast.handlers[item.lead], on=on)

    def _close(self, matter: Matter, on: date) -> None:
        """Verified, everybody asked on one day, closed by the second hand."""
        visitor, at = self.scene.cast["visitor"], datetime.combine(on, time(10), SHANGHAI)
        lookback.verify(matter, Checked(Finding.TRUE, "到现场看过，已经解决。"), by=visitor, on=on)
        for n, visit in enumerate(lookback.plan_visits(matter, by=visitor, on=on)):
            if visit.reachable:
                lookback.attempt(visit, result=Reached.ANSWERED, at=at + timedelta(minutes=n), by=visitor, on=on)
                lookback.answer(visit, Told("5" if n % 2 else "4", "yes", True, ""), by=visitor, on=on)
        ledger.propose_closing(matter, by=self.clerk, on=on)
        lookback.close(matter, ground="群众满意，核查属实。", by=visitor, on=on)

    def end(self, on: date) -> None:
        solicitation.end_round(self.round, why="全部事项已销号，归档。", by=self.clerk, on=on)


def _good(item: Item) -> tuple[str, str]:
    cause, measure = table("story/replies.toml")["good"][item.truth.problem]
    return cause, measure


def spoken(truth: Truth, on: date, seed: float) -> Said:
    """What somebody says about it, in a voice of their own, signed."""
    rng = dice("spoken", truth.key, seed)
    place, problem = places()[truth.place], problems()[truth.problem]
    speaker = meet(rng, place, persona="resident")
    text = written(rng, Deck(rng), Subject(problem, place, 6, on), speaker)
    at = datetime.combine(on, time(rng.randint(8, 20), rng.randint(0, 59)), SHANGHAI)
    channel = rng.choice([Channel.WEB, Channel.LETTER, Channel.PHONE])
    return Said(channel, truth.title, text, said_at=at, region=truth.region, name=speaker.name, phone=speaker.phone)


def _items(pairs: list[tuple[Problem, Place]], lead: str, day: date) -> tuple[Item, ...]:
    """Each problem at its place with one to three voices; the county leads where no other unit is named."""
    items = []
    for n, (problem, place) in enumerate(pairs):
        truth = truth_of(Spot(problem, place, 1, 6), day)
        items.append(Item(truth, lead or truth.units[0], 1 + n % 3))
    return tuple(items)


def begin(scene: Scene) -> None:
    """The round of a year ago, whose appeals some repeat today, and those of counties and towns."""
    opening = Opening("群众出行难", "travel", "441600", "市委书记", "shifuban")
    met_on = scene.days.earlier_met_on
    items = _items(spare_pairs()[:REPEATS], "", met_on)
    rounds = [Small("earlier", opening, "office", met_on, "市会议中心二楼会议厅", items, ended=True)]
    for row in table("story/rounds.toml")["round"]:
        rounds.append(_local(scene, row))
    for small in rounds:
        Course(scene, small).begin()


def _local(scene: Scene, row: dict) -> Small:
    opening = Opening(row["focus"], row["theme"], row["region"], row["host"], row["office"])
    met_on = calendar().add(scene.days.met_on - timedelta(row["before"]), 1).on
    taken = spare_pairs()[REPEATS:]
    near = [pair for pair in taken if pair[1].region.startswith(row["region"]) and pair[0].category.startswith(row["category"])]
    once = list({pair[1].name: pair for pair in near}.values())[: row["items"]]
    return Small(row["key"], opening, row["clerk"], met_on, row["place"], _items(once, row["lead"], met_on), row["ended"])
