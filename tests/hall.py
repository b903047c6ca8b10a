"""A meeting that is on right now, in a house of its own: for the browsers of tests/test_hall.py and for bench/board.py."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.live import environment, free_port, run, wait_until_it_answers

ROOT = Path(__file__).parent.parent
PASSWORD = "hall-2026-secret"
MEETING = """
import json
from datetime import timedelta
from django.utils.timezone import localdate, localtime
from mianduimian.meeting import acts
from mianduimian.meeting.rules import Planning, Seating
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Unit
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Opening
from mianduimian.triage.models import Appeal, Part
from mianduimian.intake.models import Submission
on = localdate()
clock = people.found(on=on)
people.load_city(by=clock, on=on)
unit = lambda key: Unit.objects.get(key=key)
def hire(name, of="shifuban"):
    person = Person.objects.create(username=name, name=name, joined_on=on)
    person.set_password({password!r})
    person.save()
    Post.objects.create(person=person, unit=unit(of), role="office", since=on)
    return person
secretary, second = hire("secretary"), hire("second")
round = solicitation.open_round(Opening("校园周边交通", "travel", "441600", "市长", "shifuban"), by=secretary, on=on)
answering = [unit(key) for key in ("traffic_police", "education", "highway")]
appeals = []
for n in range(1, {items} + 1):
    appeals.append(Appeal.objects.create(round=round, number=n, title=f"第{{n}}所学校门口接送车辆占道", wording="请治理。",
        unit=answering[n % 3], made_on=on, made_by=secretary))
    said = Submission.objects.create(round=round, channel="hotline", source_number=f"H{{n}}", text="门口很堵", received_on=on,
        receipt=f"H{{n}}", content=f"h{{n}}")
    Part.objects.create(submission=said, bucket="distilled", appeal=appeals[-1])
starts = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
meeting = acts.plan(round, Planning("市长", "市会议中心一号厅", starts), by=secretary, on=on)
for kind, name, title in (("host", "市长", ""), ("npc", "叶景辉", "市人大代表"), ("cppcc", "罗淑贞", "市政协委员")):
    acts.seat(meeting, Seating(kind, name, title), by=secretary, on=on)
acts.put_on_agenda(meeting, appeals, by=secretary, on=on)
print(json.dumps({{"pk": meeting.pk, "token": acts.display(meeting, by=secretary, on=on).token}}))
"""


class Hall:
    """The house in which the meeting is on: its server can be killed and started again on the same address."""

    def __init__(self, folder: Path, database: str = "", items: int = 20) -> None:
        self.around = environment(folder, database) | {"PYTHONPATH": str(ROOT)}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        run(self.around, "migrate", "--verbosity", "0")
        told = json.loads(self.ask(MEETING.format(password=PASSWORD, items=items)))
        self.screen, self.desk = f"/meeting/screen/{told['token']}/", f"/meeting/{told['pk']}/record/"
        self.board, self.pk = f"/meeting/{told['pk']}/board/", told["pk"]
        self.process: subprocess.Popen | None = None

    def ask(self, words: str) -> str:
        """Ask the house something in its own words; the last line it prints."""
        return run(self.around, "shell", "--no-imports", "-c", words).strip().splitlines()[-1]

    def open(self) -> None:
        """Start the server as in production."""
        words = ["--interface", "wsgi", "--port", str(self.port), "--workers", "1", "--blocking-threads", "8", "--no-log"]
        command = [str(Path(sys.executable).with_name("granian")), *words, "mianduimian.house.wsgi:application"]
        self.process = subprocess.Popen(command, env=self.around, cwd=ROOT, start_new_session=True)
        wait_until_it_answers(f"{self.url}/public/", self.process)

    def close(self) -> None:
        """Kill the server and its workers; nobody is asked."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
