"""Files as other systems export them, and a way to log in."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import Workbook

from mianduimian.intake import acts
from mianduimian.intake.rules import Said

HEADS = ["编号", "标题", "内容", "时间", "姓名", "电话"]


@pytest.fixture
def xlsx():
    """Make a workbook from rows."""

    def make(*rows, merge=()):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for area in merge:
            book.active.merge_cells(area)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def export(xlsx):
    """A hotline's export of some good rows."""

    def make(count=3, *more):
        rows = [
            [f"GD{n}", f"标题{n}", f"第{n}个路口的红绿灯坏了", datetime(2023, 11, 1, 8, n % 60), "陈小明", f"1380013{n:04}"]
            for n in range(1, count + 1)
        ]
        return xlsx(HEADS, *rows, *more)

    return make


@pytest.fixture
def begin(round, office, day):
    """Upload a file to the round."""

    def made(raw, name="热线.xlsx", channel="hotline", source=""):
        return acts.begin_batch(round, channel=channel, source=source, file=(name, raw), by=office, on=day)

    return made


@pytest.fixture
def run(begin, office, day):
    """Upload a file and read it to its end."""
    return lambda *args, **kwargs: acts.run_batch(begin(*args, **kwargs), by=office, on=day)


@pytest.fixture
def said():
    """What a citizen said, with what a test cares about."""

    def make(text="路口的红绿灯坏了", title="红绿灯", channel="letter", **more):
        return Said(channel, title, text, **{"name": "陈小明", "phone": "13800138000", **more})

    return make


@pytest.fixture
def enter():
    """A browser in which a person is logged in."""

    def make(person):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
