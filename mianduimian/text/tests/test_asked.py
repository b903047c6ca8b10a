"""A module loaded at its first use: not before, and whole for everybody who asks at once."""

import subprocess
import sys

import pytest

from mianduimian.text import when_asked

AT_ONCE = """
import sys, threading
from mianduimian.text import when_asked
events = when_asked("events")
assert "mianduimian.text.events" not in sys.modules and "sklearn" not in sys.modules
gate, found = threading.Barrier(8), []
def ask():
    gate.wait()
    found.append(events.Words(1, "", "").id)
threads = [threading.Thread(target=ask) for _n in range(8)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(found)
"""


def test_the_engine_is_loaded_at_its_first_use_and_whole_for_many_threads():
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True)
    assert done.stdout.strip() == str([1] * 8), done.stderr


def test_a_module_that_does_not_exist_is_missed_at_once():
    with pytest.raises(ImportError):
        when_asked("moon")
