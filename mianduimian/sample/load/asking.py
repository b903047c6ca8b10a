"""核查和回访: each settled matter is looked at, every citizen is asked, and what does not hold goes back."""

from datetime import date, datetime, time

from mianduimian.ledger import acts as ledger
from mianduimian.lookback import acts
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Answered, Checked, Finding, Reached, Scale, Solved
from mianduimian.sample.bank import dice
from mianduimian.sample.fates import Fate
from mianduimian.sample.fates import Visit as Told
from mianduimian.sample.load.diary import Deed
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import SHANGHAI
from mianduimian.workdays import calendar

SEEN = (
    "到现场看过，与反馈一致，问了附近两户，均说已经解决。",
    "查看现场和台账照片，措施已落实。",
    "早高峰到点位蹲守半小时，秩序明显好转。",
    "夜间到现场核实，设施已经启用。",
)
UNSEEN = "到现场看过，情况与答复不符，群众反映的问题还在。"
ANNOUNCED = "已核查属实，群众评价满意，未接通的按规定次数联系并留有记录。"


def look_back(scene: Scene, fate: Fate, number: int) -> None:
    """Verified and asked as the fate says; what was only just settled waits for the visitors."""
    if fate.verified_on:
        scene.diary.write(fate.verified_on, lambda on: _look(scene, fate, on))
    elif fate.settled_on and number % 2:
        day = calendar().add(fate.settled_on, 1).on
        scene.diary.write(day, lambda on: _begin(scene, fate, number, on))


def _verify(scene: Scene, key: str, on: date, finding: str = Finding.TRUE) -> None:
    note = UNSEEN if finding == Finding.FALSE else dice("seen", key).choice(SEEN)
    acts.verify(scene.matters[key], Checked(finding, note), by=scene.cast["visitor2"], on=on)


def _begin(scene: Scene, fate: Fate, number: int, on: date) -> None:
    """The look-back has begun: planned, sometimes verified, one or the other already called in vain."""
    matter, visitor = scene.matters[fate.appeal], scene.cast["visitor"]
    if number % 3:
        _verify(scene, fate.appeal, on)
    for visit in acts.plan_visits(matter, by=visitor, on=on)[: number % 3]:
        if visit.reachable:
            acts.attempt(visit, result=Reached.NO_ANSWER, at=_at(on, 10), by=visitor, on=on)


def _look(scene: Scene, fate: Fate, on: date) -> None:
    """Verify, list everybody to be asked, ask them on their days, and propose and confirm the closing last of all."""
    _verify(scene, fate.appeal, on)
    _visit(scene, fate, on)
    last = max([on, *(moment.date() for visit in fate.visits for moment, _result in visit.attempts)])
    if fate.closed_on:
        scene.diary.write(max(last, fate.closed_on), lambda day: _close(scene, fate.appeal, day))
    else:
        scene.diary.write(last, lambda day: _propose(scene, fate.appeal, day))


def _visit(scene: Scene, fate: Fate, on: date) -> None:
    planned = acts.plan_visits(scene.matters[fate.appeal], by=scene.cast["visitor"], on=on)
    told = {visit.source_number: visit for visit in fate.visits}
    for visit in planned:
        if visit.reachable and visit.submission.source_number in told:
            _ask(scene, visit, told[visit.submission.source_number])


def _ask(scene: Scene, visit: Visit, told: Told) -> None:
    """One attempt after another, and the answer with the last of them."""
    for moment, result in told.attempts:
        answered = result == Reached.ANSWERED
        scene.diary.write(moment.date(), _attempting(scene, visit, moment, result, told if answered else None))


def _attempting(scene: Scene, visit: Visit, moment: datetime, result: str, told: Told | None) -> Deed:
    def deed(on: date) -> None:
        visitor = scene.cast["visitor"]
        acts.attempt(visit, result=result, at=moment, by=visitor, on=on)
        if told:
            acts.answer(visit, Answered(told.scale, told.solved, told.contacted, told.reason), by=visitor, on=on)

    return deed


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, 20), SHANGHAI)


def _try_the_rest(scene: Scene, key: str, on: date) -> None:
    """Those who left no telephone but a mail address are written to as often as the rulebook asks."""
    matter = scene.matters[key]
    for visit in Visit.objects.filter(matter=matter, turn=matter.turn).waiting():
        for hour in (9, 11, 16)[: visit.left]:
            acts.attempt(visit, result=Reached.NO_ANSWER, at=_at(on, hour), by=scene.cast["visitor"], on=on)


def _propose(scene: Scene, key: str, on: date) -> None:
    _try_the_rest(scene, key, on)
    ledger.propose_closing(scene.matters[key], note="办结并已核查，提请销号。", by=scene.cast["office"], on=on)


def _close(scene: Scene, key: str, on: date) -> None:
    _propose(scene, key, on)
    acts.close(scene.matters[key], ground=ANNOUNCED, by=scene.cast["visitor"], on=on)


def ask(scene: Scene, fate: Fate, back_on: date) -> None:
    """The citizens are asked before anything was settled: somebody is not content, or the reply says nothing."""
    days = [moment.date() for visit in fate.visits for moment, _result in visit.attempts]
    scene.diary.write(min(days, default=back_on), lambda on: _visit(scene, fate, on))
    scene.diary.write(back_on, lambda on: scene.diary.write(on, lambda day: _send_back(scene, fate.appeal, day)))


def _send_back(scene: Scene, key: str, on: date) -> None:
    if dice("false", key).random() < 0.3:
        _verify(scene, key, on, Finding.FALSE)
    why = "请重新核查并到现场与反映人见面，写明措施、时限和责任人。"
    acts.send_back(scene.matters[key], why=why, by=scene.cast["visitor"], on=on)


def ask_again(scene: Scene, fate: Fate, on: date) -> None:
    """The second turn is settled: looked at the next day, everybody asked again the day after, then closed."""
    scene.diary.write(_next(on, 1), lambda day: _verify(scene, fate.appeal, day))
    scene.diary.write(_next(on, 2), lambda day: _ask_everybody(scene, fate.appeal, day))
    scene.diary.write(_next(on, 3), lambda day: _close(scene, fate.appeal, day))


def _next(on: date, n: int) -> date:
    return calendar().add(on, n).on


def _ask_everybody(scene: Scene, key: str, on: date) -> None:
    visitor, rng = scene.cast["visitor"], dice("again", key)
    for visit in acts.plan_visits(scene.matters[key], by=visitor, on=on):
        if visit.reachable:
            acts.attempt(visit, result=Reached.ANSWERED, at=_at(on, rng.randint(9, 11)), by=visitor, on=on)
            said = Answered(rng.choice((Scale.GOOD, Scale.VERY_GOOD, Scale.FAIR)), Solved.YES, True, "这次真的办了。")
            acts.answer(visit, said, by=visitor, on=on)
