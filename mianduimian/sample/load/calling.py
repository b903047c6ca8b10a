"""征集和收件: the round is opened and called, what was said arrives in files, and by hand where a file cannot say it."""

from datetime import date, timedelta
from functools import partial

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Submission
from mianduimian.intake.rules import Field
from mianduimian.intake.rules import Said as Told
from mianduimian.sample.files import FILES
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import Said, submissions
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Channel, Notice, Opening

SCOPE = "全市道路安全与交通秩序：乱停乱放、逆行、校门口拥堵、路面破损、照明和标志标线、村道防护、公交出行等。"
CONTACT = "“面对面”专班办公室，市政务服务热线 12345"
SOURCES = {
    "12345热线工单.xlsx": {Field.PLACE.value: "诉求地址"},
    "网上征集和公众号留言.csv": {Field.NAME.value: "称呼", Field.REGION.value: "区划代码"},
    "来信来访登记表.xlsx": {Field.NUMBER.value: "来件号"},
}


def begin(scene: Scene) -> None:
    """Write the call and the arrivals into the diary."""
    days, diary = scene.days, scene.diary
    diary.write(days.opened, partial(_open, scene))
    diary.write(days.call_from - timedelta(1), partial(_call, scene))
    said = submissions(scene.today)
    for one in said:
        if one.confidential:
            diary.write(one.said_on.date(), partial(_type_in, scene, one))
    for name in FILES:
        for channel in FILES[name][0]:
            mine = [one for one in said if one.channel == channel and not one.confidential]
            diary.write(days.call_to + timedelta(1), partial(_import, scene, name, channel, mine))


def _open(scene: Scene, on: date) -> None:
    opening = Opening("道路安全与交通秩序", "travel", "441600", "市长", "shifuban")
    scene.rounds["main"] = solicitation.open_round(opening, by=scene.cast["office"], on=on)


def _call(scene: Scene, on: date) -> None:
    notice = Notice(scene.days.call_from, scene.days.call_to, SCOPE, [channel.value for channel in Channel], CONTACT)
    solicitation.issue_call(scene.round, notice, by=scene.cast["office"], on=on)


def _type_in(scene: Scene, one: Said, on: date) -> None:
    """What a file has no column for, or wrote so that nobody can read it, a clerk types in."""
    told = Told(
        channel=one.channel,
        title=one.title,
        text=one.body,
        source_number=one.source_number,
        said_at=one.said_on,
        region=one.region,
        name=one.name,
        phone=one.phone,
        email=one.email,
        address=one.address,
        confidential=one.confidential,
    )
    intake.receive(scene.round, told, by=scene.cast["office2"], on=on)


def _import(scene: Scene, name: str, channel: str, mine: list[Said], on: date) -> None:
    """Import a channel's file with its columns confirmed; its bad rows are looked up and typed in."""
    clerk = scene.cast["office2"]
    file = (f"{Channel.word_of(channel)}-{name}", FILES[name][1](mine))
    batch = intake.begin_batch(scene.round, channel=channel, source=name.split(".")[0], file=file, by=clerk, on=on)
    batch = intake.map_columns(batch, {**batch.mapping, **SOURCES[name]}, by=clerk, on=on)
    intake.run_batch(batch, by=clerk, on=on)
    there = set(Submission.objects.filter(batch=batch).values_list("source_number", flat=True))
    for one in mine:
        if one.source_number not in there:
            _type_in(scene, one, on)
