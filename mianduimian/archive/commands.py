"""The command line of the archive: check that every kept paper is there and unchanged."""

import sys

import click

from mianduimian.archive.models import Document, faults


@click.group()
def archive() -> None:
    """存档：公文按印发时的样子保存。"""


@archive.command()
def verify() -> None:
    """核验全部存档：文件在、未改动、文号不漏；有问题时逐条列出，退出码 1。"""
    found = list(faults())
    for fault in found:
        click.echo(f"{fault.number}\t{fault.words or '漏号'}")
    if found:
        sys.exit(1)
    click.echo(f"完好：{Document.objects.count()} 份")
