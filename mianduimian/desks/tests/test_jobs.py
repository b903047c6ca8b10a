"""作业: the table of jobs runs, and the system administrator sees what it did."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from mianduimian.clock import acts
from mianduimian.clock.models import Run
from mianduimian.clock.rules import Every, Job, State
from mianduimian.desks.jobs import JOBS, verify
from mianduimian.journal.models import Line
from mianduimian.refusal import Refused

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_every_job_has_its_own_key_and_word():
    assert len({job.key for job in JOBS}) == len({job.word for job in JOBS}) == len(JOBS)


def test_all_jobs_run_on_an_empty_city_and_none_fails(city):
    acts.run(JOBS, NOON)
    assert not Run.objects.exclude(state=State.DONE).exists()
    assert Run.objects.count() == len(JOBS)


def test_a_changed_line_of_the_journal_fails_the_check(city):
    assert "完好" in verify(NOON.date())
    Line.objects.filter(number=1).update(actor_name="别人")
    with pytest.raises(Refused, match="第 1 行"):
        verify(NOON.date())


def test_the_system_administrator_sees_what_ran_and_what_failed(client, hire, city):
    def broken(on):
        raise ValueError("短信网关没有回答")

    acts.run([*JOBS[:1], Job("tell", "告知群众", Every.MINUTE, broken)], NOON)
    client.force_login(hire("system"))
    page = client.get(reverse("desks:jobs")).content.decode()
    assert "短信网关没有回答" in page and "重算 0 个暂定期限" in page
    wrong = client.get(reverse("desks:jobs"), {"wrong": "on"}).content.decode()
    assert wrong.count("短信网关没有回答") == 2 and wrong.count("重算 0 个暂定期限") == 1
