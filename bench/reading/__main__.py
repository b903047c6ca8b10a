"""Measure every reading on a folder of real texts; print the figures and write a page of them."""

import argparse
import html
import sys
import time
from pathlib import Path

from bench.reading import classes, events, hot, redaction, replies, speed
from bench.reading.finding import Figure, Finding

ALL = {module.__name__.rpartition(".")[2]: module for module in (classes, events, replies, redaction, hot, speed)}
STYLE = "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto}td,th{padding:.1em .6em;text-align:left}.short{color:#b00}"


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path, help="where the measured texts lie")
    given.add_argument("--only", nargs="+", choices=sorted(ALL), default=list(ALL))
    given.add_argument("--report", type=Path, default=Path("reading.html"), help="where the page is written")
    asked = given.parse_args()
    findings = []
    for name in asked.only:
        begun = time.perf_counter()
        findings.append(ALL[name].measure(asked.folder))
        _say(findings[-1], time.perf_counter() - begun)
    asked.report.write_text(_page(findings), "utf-8")
    sys.stdout.write(f"\n{asked.report}\n")
    return 0


def _say(finding: Finding, seconds: float) -> None:
    sys.stdout.write(f"\n{finding.title} — {finding.on} ({seconds:.0f} s)\n")
    for one in finding.figures:
        sys.stdout.write(f"  {_mark(one)} {one.value:8.3f}  {_aim(one):>8}  {one.name}{'; ' + one.note if one.note else ''}\n")
    sys.stdout.flush()


def _mark(one: Figure) -> str:
    return {True: "✓", False: "✗", None: " "}[one.reached]


def _aim(one: Figure) -> str:
    return "" if one.aim is None else f"{'≤' if one.down else '≥'} {one.aim:g}"


def _page(findings: list[Finding]) -> str:
    head = f"<!doctype html><meta charset=utf-8><title>Reading</title><style>{STYLE}</style>"
    parts = [head, "<h1>How well the texts are read</h1>"]
    for finding in findings:
        parts.append(f"<h2>{html.escape(finding.title)}</h2><p>{html.escape(finding.on)}</p><table>")
        for one in finding.figures:
            kind = " class=short" if one.reached is False else ""
            cells = (f"{one.value:.3f}", _aim(one), one.name, one.note)
            parts.append(f"<tr{kind}>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
        parts += ["</table>", *finding.drawings]
    return "\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
