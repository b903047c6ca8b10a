"""A settled matter in a house of its own, for the browsers of tests/test_lookback.py: who asks, who is asked, and the link."""

import json
import subprocess
from pathlib import Path

from tests.hall import PASSWORD, ROOT, Hall
from tests.live import environment, free_port, run

MATTER = """
import json
from datetime import timedelta
from django.utils.timezone import localdate
from mianduimian.intake.models import Citizen, Submission
from mianduimian.intake.sealing import blind_index
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.rules import Answered, Order
from mianduimian.lookback import acts
from mianduimian.lookback.models import Visit
from mianduimian.meeting.models import Opinion
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Unit
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Opening
from mianduimian.triage.models import Appeal, Part
on = localdate()
clock = people.found(on=on)
people.load_city(by=clock, on=on)
unit = lambda key: Unit.objects.get(key=key)
def hire(name, role, of):
    person = Person.objects.create(username=name, name=name, joined_on=on)
    person.set_password({password!r})
    person.save()
    Post.objects.create(person=person, unit=unit(of), role=role, since=on)
    return person
office, visitor = hire("office", "office", "shifuban"), hire("visitor", "visitor", "xinfangju")
handler = hire("handler", "unit", "traffic_police")
round = solicitation.open_round(Opening("校园周边交通", "travel", "441600", "市长", "shifuban"), by=office, on=on)
made = []
for n in (1, 2):
    appeal = Appeal.objects.create(round=round, number=n, title=f"第{{n}}小学门口乱停车", wording="接送车辆占道，请治理。",
        made_on=on, made_by=office)
    for voice in range(2):
        phone = f"1380013{{n}}{{voice:03}}"
        citizen = Citizen.objects.create(name="欧阳翠花", phone=phone, phone_index=blind_index(phone))
        said = Submission.objects.create(round=round, channel="hotline", text="门口很堵", citizen=citizen, received_on=on,
            receipt=f"L{{n}}{{voice}}", content=f"l{{n}}{{voice}}", source_number=f"S{{n}}{{voice}}")
        Part.objects.create(submission=said, appeal=appeal, bucket="distilled")
    Opinion.objects.create(appeal=appeal, handling="by_a_date", text="整治", lead=unit("traffic_police"),
        solve_by=on + timedelta(60), on=on, by=office)
    matter = ledger.open_matter(appeal, by=office, on=on)
    ledger.assign(matter, order=Order("traffic_police", (), "按期反馈"), by=office, on=on)
    ledger.accept(matter, by=handler, on=on)
    reply = Answered("已到现场。", "已增设护栏120米，安排人员早晚值守。", "支队长", measure="增设护栏120米",
        solve_by=on + timedelta(30))
    ledger.reply(matter, reply, by=handler, on=on)
    ledger.settle(matter, by=office, on=on)
    acts.plan_visits(matter, by=visitor, on=on)
    made.append(matter.pk)
first = Visit.objects.filter(matter=made[0]).first()
print(json.dumps({{"matters": made, "visit": first.pk, "link": acts.link(Visit.objects.last(), by=clock, on=on)}}))
"""


class Looked(Hall):
    """The house with two settled matters, four citizens to ask and one link."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.around = environment(folder, database) | {"PYTHONPATH": str(ROOT)}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        run(self.around, "migrate", "--verbosity", "0")
        told = json.loads(self.ask(MATTER.format(password=PASSWORD)))
        self.matters, self.visit, self.link = told["matters"], told["visit"], told["link"]
        self.process: subprocess.Popen | None = None
