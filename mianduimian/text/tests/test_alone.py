"""Nothing in the reading of texts reaches for the network: the commands run in a process that has none."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = str(Path(sys.executable).with_name("mianduimian"))
CUT = ("unshare", "--map-root-user", "--net")
WORDS = (("校门口堵车", "实验学校门口放学堵车", "已安排民警每天疏导。"), ("路灯不亮", "建设大道路灯不亮", "我们高度重视。"))
SAID = [
    {"id": number, "title": title, "text": body, "body": body, "reply": reply, "time": "2023-11-01"}
    for number, (title, body, reply) in enumerate(WORDS, 1)
]


@pytest.fixture
def cut():
    if not shutil.which(CUT[0]) or subprocess.run([*CUT, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets no process be cut off from the network")
    return CUT


def test_the_cut_process_reaches_nobody(cut):
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
        assert subprocess.run([*cut, sys.executable, "-c", code], check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("verb", ["classify", "events", "replies", "redact"])
def test_a_command_reads_with_the_network_cut(cut, tmp_path, verb):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in SAID), encoding="utf-8")
    run = subprocess.run([*cut, HOUSE, "text", verb, "--read", source, "--out", out], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == [1, 2]
