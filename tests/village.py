"""A small place of its own for the citizens' browser tests: a round with an open call, one published appeal, and its desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live import Live, living

PEOPLE = """
from datetime import timedelta
from django.utils.timezone import localdate
from mianduimian.people.models import Person, Unit
def who(name):
    return Person.objects.get(username=name)
on = localdate()
"""

FOUND = (
    PEOPLE
    + """
from mianduimian.people import acts as people
from mianduimian.people.models import Post
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Notice, Opening
from mianduimian.intake import acts as intake
from mianduimian.intake.rules import Said
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Wording
from mianduimian.ledger import acts as ledger
from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided
from mianduimian.publication import acts as publication
from mianduimian.publication.models import Draft
clock = people.found(on=on)
people.load_city(by=clock, on=on)
posts = [("office", "office", "shifuban"), ("second", "office", "shifuban")]
posts += [("police", "unit", "traffic_police"), ("visitor", "visitor", "xinfangju")]
for name, role, unit in posts:
    one = Person.objects.create(username=name, name=name, joined_on=on)
    Post.objects.create(person=one, unit=Unit.objects.get(key=unit), role=role, since=on)
office = who("office")
opening = Opening("道路安全与交通秩序", "travel", "441600", "市长", "shifuban")
round = solicitation.open_round(opening, by=office, on=on)
notice = Notice(on, on + timedelta(30), "全市的道路安全与交通秩序", ["web", "hotline"], "0762-12345")
solicitation.issue_call(round, notice, by=office, on=on)
words = "实验学校门口放学时乱停乱放，车都走不动"
said, _fresh = intake.receive(round, Said("phone", "", words, name="赖小明", phone="13900001111"), by=office, on=on)
triage.take_up(round, by=office, on=on)
title, place, unit = "实验学校门口乱停乱放", "实验学校", "traffic_police"
wording = Wording(title, "请整治实验学校门口上下学时段乱停乱放。", "transport.school", "441602", place, unit)
appeal = triage.distil(Part.objects.filter(submission=said), wording, by=office, on=on)
meeting.opine(appeal, Decided("on_the_ledger", "上下学时段专人疏导", "traffic_police"), by=office, on=on)
ledger.assign(ledger.open_matter(appeal, by=office, on=on), by=office, on=on)
publication.draft_all(round, by=office, on=on)
publication.release_drafts(list(Draft.objects.of(round).waiting().values_list("pk", flat=True)), by=who("second"), on=on)
publication.propose(round, by=office, on=on)
publication.release(round, by=who("second"), on=on)
print(round.code)
"""
)

MERGE = (
    PEOPLE
    + """
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Proposal
for one in Proposal.objects.filter(voiced=True, answer=""):
    triage.confirm(one, by=who("office"), on=on)
"""
)

ANSWER = (
    PEOPLE
    + """
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.rules import Answered
from mianduimian.ledger.models import Matter
police, matter = who("police"), Matter.objects.get()
if matter.state == "assigned":
    ledger.accept(matter, by=police, on=on)
    public = "实验学校门口已划即停即走区，每天两次疏导，月底前装好隔离栏。"
    ledger.reply(matter, Answered(public, public, "支队长", measure=public, solve_by=on + timedelta(20)), by=police, on=on)
"""
)

HEED = (
    PEOPLE
    + """
from mianduimian.intake.models import Afterword
from mianduimian.publication import acts as publication
from mianduimian.intake import acts as intake
for one in Afterword.objects.waiting():
    if one.kind == "not_mine":
        publication.let_out(one, text="看过了，确实是另一个路口，已移出。", by=who("office"), on=on)
    else:
        intake.answer(one, text="回访人员明天到现场看。", granted=True, by=who("visitor"), on=on)
"""
)


class Village:
    """The server, the round's code, and what its desk does meanwhile."""

    def __init__(self, live: Live) -> None:
        self.live, self.url = live, live.url
        self.code = self.shell(FOUND).strip().splitlines()[-1]

    def shell(self, words: str) -> str:
        """Let the desk act, with the acts its pages call."""
        return self.live.run("shell", "--no-imports", "-c", words)


@contextmanager
def village(folder: Path) -> Iterator[Village]:
    """A village until the tests are over."""
    with living(folder, ("migrate", "--verbosity", "0")) as live:
        yield Village(live)
