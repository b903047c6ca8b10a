"""Rows a second of an import: a file is taken into an empty round by the command, then once more, which must add nothing."""

import argparse
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

from bench.loading import furnish, open_round, run

HEAD = ["工单编号", "标题", "诉求内容", "来电时间", "诉求人", "联系电话"]
PLACES = ["建设大道", "兴源路口", "中山公园南门", "广场东路", "新市场", "火车站", "第二小学门口", "滨江路"]
PROBLEMS = [
    "路灯不亮",
    "车辆乱停放",
    "红绿灯时间太短",
    "路面坑洼积水",
    "逆行的电动车很多",
    "斑马线看不清",
    "大货车夜里鸣笛",
    "护栏倒了没人管",
]
ASKS = ["请尽快处理", "希望有人来看看", "已经反映多次", "谢谢", "老人过马路很危险", "下雨天更严重"]


def made(path: Path, rows: int) -> Path:
    """A hotline export of so many rows, made here, the same every time."""
    dice = Random(881)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("来件")
    sheet.append(HEAD)
    begun = datetime(2023, 10, 20, 8)  # noqa: DTZ001
    for number in range(rows):
        place, problem = dice.choice(PLACES), dice.choice(PROBLEMS)
        told = f"{place}{problem}，{'，'.join(dice.sample(ASKS, 3))}。编号第{number}次来电。"
        at = begun + timedelta(minutes=7 * number)
        sheet.append([f"B{number:06}", f"{place}{problem}", told, at.isoformat(" "), "李某", f"1380000{number % 10000:04}"])
    book.save(path)
    return path


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("file", type=Path, nargs="?", help="an xlsx or csv; without it one is made")
    given.add_argument("--rows", type=int, default=2000, help="rows of the made file")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="mianduimian-bench-") as folder:
        furnish(Path(folder))
        run("migrate", "--verbosity", "0")
        code = open_round(date(2023, 10, 20))
        file = (chosen.file or made(Path(folder) / "made.xlsx", chosen.rows)).resolve()
        for time in ("first", "second"):
            said, seconds = run("import", str(file), "--round", code, "--channel", "hotline")
            print(f"{time} import of {file.name}: {seconds:.1f} s\n{said.rstrip()}")
            report(seconds)


def report(seconds: float) -> None:
    """What the round holds now, and how fast it came in."""
    from mianduimian.intake.models import Submission

    held = Submission.objects.count()
    print(f"  {held} submissions in the round, {held / seconds:.0f} rows a second, the start of the command included")


if __name__ == "__main__":
    main()
