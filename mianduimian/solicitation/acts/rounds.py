"""公开征集: opening a round, issuing and extending its call, ending it."""

from dataclasses import asdict, replace
from datetime import date

from django.db.models import Max

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.mechanism import rulebook as read_rulebook
from mianduimian.papers import issue_number
from mianduimian.people.models import Person, Region, Unit
from mianduimian.refusal import Refused
from mianduimian.solicitation import papers
from mianduimian.solicitation.models import Call, Round, Series
from mianduimian.solicitation.rules import Notice, Opening, Theme, check_window, code
from mianduimian.vocabulary import _


@act
def next_number(mark: str, *, by: Person, on: date) -> str:
    """Take the next number under a mark, such as 河面交〔2026〕3号; the paper that bears it is journalled by its own act."""
    return _numbers(mark, 1, on)[0]


@act
def next_numbers(mark: str, many: int, *, by: Person, on: date) -> list[str]:
    """Take the next numbers under a mark, one after another."""
    return _numbers(mark, many, on)


def _numbers(mark: str, many: int, on: date) -> list[str]:
    series, _made = Series.objects.select_for_update().get_or_create(mark=mark, year=on.year)
    first, series.last = series.last + 1, series.last + many
    series.save()
    return [issue_number(mark, on.year, n) for n in range(first, series.last + 1)]


@act
def open_round(opening: Opening, *, by: Person, on: date) -> Round:
    """Open a round on one focus; it keeps the rulebook it begins with."""
    by.must("solicitation.open")
    region = Region.objects.select_for_update().get(pk=opening.region)
    if region.pk not in by.region_codes:
        raise Refused(_("您的岗位不在%(region)s，不能在那里开启一期。"), region=region.name)
    read_rulebook(opening.rulebook)
    number = (Round.objects.filter(region=region, year=on.year).aggregate(last=Max("number"))["last"] or 0) + 1
    round = Round.objects.create(
        code=code(region.pk, on.year, number),
        number=number,
        year=on.year,
        focus=opening.focus,
        theme=Theme(opening.theme),
        level=region.level,
        region=region,
        host=opening.host,
        office=Unit.objects.get(key=opening.office),
        rulebook=opening.rulebook,
        opened_on=on,
        opened_by=by,
    )
    record("solicitation.open_round", round, by=by, on=on, now=asdict(opening))
    return round


@act
def issue_call(round: Round, notice: Notice, *, by: Person, on: date) -> Call:
    """Issue the public notice of a round: its window, scope and channels."""
    by.must("solicitation.issue")
    check_window(notice.opens_on, notice.closes_on, on)
    if round.ended_on:
        raise Refused(_("这一期已于%(on)s结束。"), on=round.ended_on)
    if not notice.channels:
        raise Refused(_("请至少选一个渠道。"))
    Round.objects.select_for_update().get(pk=round.pk)
    if Call.objects.filter(round=round, replaced_on=None).exists():
        raise Refused(_("这一期的征集公告已经发布；要延长时间，请用“延长征集”。"))
    number = next_number(round.rules.papers["call"], by=by, on=on)
    call = Call.objects.create(round=round, number=number, issued_on=on, issued_by=by, **asdict(notice))
    record("solicitation.issue_call", round, by=by, on=on, now={"number": number, **asdict(notice)})
    keep(papers.notice(call), call, kind=Kind.CALL, region=round.region, by=by, on=on)
    return call


@act
def extend_call(call: Call, *, closes_on: date, why: str, by: Person, on: date) -> Call:
    """Give a call a later last day; the earlier notice stays on record as replaced."""
    by.must("solicitation.extend")
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.replaced_on:
        raise Refused(_("这份公告已被新的公告替换。"))
    if closes_on <= call.closes_on:
        raise Refused(_("新的截止日期须晚于原截止日期%(closes)s。"), closes=call.closes_on)
    check_window(call.opens_on, closes_on, on)
    was = call.closes_on
    call.replaced_on = on
    call.save()
    number = next_number(call.round.rules.papers["call"], by=by, on=on)
    new = Call.objects.create(
        round=call.round, number=number, issued_on=on, issued_by=by, **asdict(replace(call.notice, closes_on=closes_on))
    )
    record("solicitation.extend_call", call.round, by=by, on=on, was={"closes_on": was}, now={"closes_on": closes_on}, why=why)
    keep(papers.notice(new), new, kind=Kind.CALL, region=new.round.region, by=by, on=on)
    return new


@act
def end_round(round: Round, *, why: str, by: Person, on: date) -> Round:
    """End a round; what it left stays readable."""
    by.must("solicitation.end")
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.ended_on:
        raise Refused(_("这一期已于%(on)s结束。"), on=round.ended_on)
    round.ended_on = on
    round.save()
    record("solicitation.end_round", round, by=by, on=on, now={"ended_on": on}, why=why)
    return round
