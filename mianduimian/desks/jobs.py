"""作业表: every job of the house, how often it is due, and what it does; whoever adds a job adds a line."""

from datetime import date
from itertools import batched

from django.conf import settings
from django.utils.timezone import now

from mianduimian.archive.models import faults
from mianduimian.clock import acts as clock
from mianduimian.clock.rules import Every, Job
from mianduimian.intake import jobs as intake
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger_acts
from mianduimian.ledger import jobs as ledger
from mianduimian.ledger.models import to_recount
from mianduimian.lookback import jobs as lookback
from mianduimian.meeting import jobs as meeting
from mianduimian.people.models import Person
from mianduimian.publication import jobs as publication
from mianduimian.refusal import Refused
from mianduimian.supervision import acts as supervision_acts
from mianduimian.supervision import jobs as supervision
from mianduimian.triage import jobs as triage
from mianduimian.vocabulary import _
from mianduimian.workdays import calendar


def verify(on: date) -> str:
    """Walk the journal's chain and every kept paper; whatever does not hold is a failure that the operator sees."""
    broken = journal.verify()
    if broken:
        raise Refused(_("留痕第 %(n)s 行：%(why)s"), n=broken.number, why=broken.reason)
    wrong = [fault.number for fault in faults()]
    if wrong:
        raise Refused(_("存档的公文有问题：%(numbers)s"), numbers="、".join(wrong[:20]))
    return f"留痕 {Line.objects.count()} 行完好，公文完好"


def recompute(on: date) -> str:
    """Count provisional deadlines anew with the years now known."""
    clock, moved = Person.objects.clock(), to_recount(calendar(settings.CALENDARS))
    counted = sum(len(ledger_acts.recompute(among=some, by=clock, on=on)) for some in batched(moved, supervision.AT_ONCE))
    while made := supervision_acts.recompute(most=supervision.AT_ONCE, by=clock, on=on):
        counted += len(made)
    return f"重算 {counted} 个暂定期限"


def reap(on: date) -> str:
    """Put right what a killed worker left behind."""
    return f"放回 {clock.reap(now())} 个任务"


def keep_day(on: date) -> str:
    """Write down the journal's head as the day begins; the public page shows it."""
    return f"第 {journal.keep_day(on).number} 行"


def sweep(on: date) -> str:
    """Let go of old rows of the clock itself."""
    return f"清理 {clock.sweep(now())} 行"


JOBS = (
    Job("recompute", _("重算暂定期限"), Every.DAY, recompute),
    Job("relight", _("核对亮灯"), Every.DAY, ledger.relight),
    Job("remind", _("催办"), Every.DAY, supervision.remind),
    Job("draft", _("拟督办单"), Every.DAY, supervision.draft),
    Job("minutes", _("催纪要"), Every.DAY, meeting.remind),
    Job("gather", _("补齐核查任务"), Every.DAY, lookback.gather),
    Job("reread", _("读答复"), Every.DAY, lookback.read),
    Job("recur", _("找复发"), Every.DAY, lookback.find),
    Job("verify", _("核验留痕和存档"), Every.DAY, verify),
    Job("forget", _("联系方式到期抹去"), Every.DAY, intake.forget),
    Job("keep_day", _("公布每日链头"), Every.DAY, keep_day),
    Job("sweep", _("清理运行记录"), Every.DAY, sweep),
    Job("follow", _("更新台账"), Every.MINUTE, ledger.follow),
    Job("tell", _("告知群众"), Every.MINUTE, publication.tell),
    Job("alert", _("邮件提醒"), Every.MINUTE, publication.alert),
    Job("revive", _("接着梳理"), Every.MINUTE, triage.revive),
    Job("reap", _("放回中断的任务"), Every.MINUTE, reap),
)
