"""正在征集的一期: its call is open today; some of what came is sorted by the machine and waits for a person, some is just in."""

from datetime import date, datetime, time, timedelta
from functools import partial

from mianduimian.intake import acts as intake
from mianduimian.intake.rules import Said
from mianduimian.sample.bank import table
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import SHANGHAI
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Channel, Notice, Opening
from mianduimian.triage import acts as triage

ISSUED, LASTS = 4, 10  # days


def begin(scene: Scene) -> None:
    """Planned before the round the sample is about, called this week."""
    told = table("story/running.toml")
    opening = Opening(told["focus"], told["theme"], told["region"], told["host"], told["office"])
    diary, today, clerk = scene.diary, scene.today, scene.cast[told["clerk"]]

    def open_round(on: date) -> None:
        scene.rounds["running"] = solicitation.open_round(opening, by=clerk, on=on)

    def issue(on: date) -> None:
        channels = [channel.value for channel in Channel]
        notice = Notice(on + timedelta(1), on + timedelta(LASTS), told["scope"], channels, "区“面对面”专班 12345")
        solicitation.issue_call(scene.rounds["running"], notice, by=clerk, on=on)

    diary.write(scene.days.opened - timedelta(1), open_round)
    diary.write(today - timedelta(ISSUED), issue)
    rows = told["said"]
    for n, row in enumerate(rows):
        if row["back"]:
            diary.write(today - timedelta(row["back"]), partial(_hear, scene, n, row))
    diary.write(today, partial(_read, scene))
    for n, row in enumerate(rows):
        if not row["back"]:
            diary.write(today, partial(_hear, scene, n, row), late=True)


def _hear(scene: Scene, n: int, row: dict, on: date) -> None:
    """Typed by the citizen or by a clerk, once; one who will read it later finds the clock's minute beside it."""
    kept = {name: row[name] for name in ("channel", "title", "text", "name", "phone", "region")}
    said = Said(said_at=datetime.combine(on, time(7 + n % 3, 3 * n), SHANGHAI), **kept)
    by = scene.cast["clock"] if row["channel"] == Channel.WEB else scene.cast["yuancheng-office"]
    intake.speak(scene.rounds["running"], said, token=f"sample-{n}", by=by, on=on)


def _read(scene: Scene, on: date) -> None:
    """What came until yesterday is taken up and read by the machine; nobody has decided yet."""
    clerk = scene.cast["yuancheng-office"]
    triage.take_up(scene.rounds["running"], by=clerk, on=on)
    triage.propose(scene.rounds["running"], by=clerk, on=on)
