"""房屋: setting the house up, opening it, and the clock that winds its jobs."""

import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import click
from django.core.management import call_command
from django.db import close_old_connections
from django.utils.timezone import localdate, localtime, now

from mianduimian.clock import acts as clock
from mianduimian.desks.jobs import JOBS
from mianduimian.people import acts as people
from mianduimian.people.models import Unit
from mianduimian.people.rules import ADMINISTRATORS
from mianduimian.refusal import Refused

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
def setup() -> None:
    """首次安装：建表、载入区划与单位、设立三类管理员（密码只显示这一次）。"""
    call_command("migrate", verbosity=0)
    today = localdate()
    clock = people.found(on=today)
    regions, units = people.load_city(by=clock, on=today)
    click.echo(f"区划 {regions} 个，单位 {units} 个")
    passwords = {role.value: secrets.token_urlsafe(12) for role in sorted(ADMINISTRATORS)}
    try:
        people.found_administrators(passwords, Unit.objects.get(key="zhengshuju"), by=clock, on=today)
    except Refused as refused:
        click.echo(str(refused))
        return
    for role, password in passwords.items():
        click.echo(f"{role}\t{password}")


@click.command()
def daily() -> None:
    """每日作业：没有常驻时钟的地方由 cron 运行；每个时段只做一次，重复运行无害。"""
    for line in clock.run(JOBS, now()):
        click.echo(line)


@click.command()
@click.option("--every", default=30, show_default=True, help="间隔秒数")
def tick(every: int) -> None:
    """时钟：到了时段就做作业；可以同时运行多个，与网页服务并行。"""
    while True:
        for line in clock.run(JOBS, now()):
            if any(digit in "123456789" for digit in line):
                click.echo(f"{localtime():%H:%M:%S} {line}")
        close_old_connections()
        time.sleep(every)


@click.command()
def work() -> None:
    """后台：做导入、梳理等任务；以主机和进程号署名，被杀之后它没做完的会被放回。"""
    call_command("db_worker", verbosity=0, worker_id=clock.me())


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """开门：网页服务、后台作业和时钟一起运行，Ctrl-C 一起停。"""
    run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    """Start server, worker and clock, and stop them together; if one dies it is started again."""
    here = Path(sys.executable).parent
    size = ["--workers", str(workers), "--blocking-threads", "8"]
    granian = [str(here / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port), *size]
    commands = [
        [*granian, "--respawn-failed-workers", "--no-log", "mianduimian.house.wsgi:application"],
        [str(here / "mianduimian"), "work"],
        [str(here / "mianduimian"), "tick"],
    ]
    signal.signal(signal.SIGTERM, _stop)
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603
    try:
        while True:
            time.sleep(1)
            running = [
                process if process.poll() is None else subprocess.Popen(command)  # noqa: S603
                for process, command in zip(running, commands, strict=True)
            ]
    except KeyboardInterrupt:
        click.echo("关门。")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
