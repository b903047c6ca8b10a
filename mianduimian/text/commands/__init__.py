"""The command line of the texts: measure or use every reading on files, without a database."""

import click

from mianduimian.text.commands.classify import classify
from mianduimian.text.commands.events import events
from mianduimian.text.commands.hot import hot
from mianduimian.text.commands.redact import redact
from mianduimian.text.commands.replies import replies


@click.group("text")
def text() -> None:
    """读懂群众的话：分类、同一事项、答复质量、脱敏、热点。"""


for verb in (classify, events, replies, redact, hot):
    text.add_command(verb)
