"""Nothing is past the bar, and a planted excess is found."""

import ast

import pytest

from tests.house.plan import LIMITS
from tests.house.reading import Page, Source
from tests.house.rules.shape import complexity, page_faults, script_faults, source_faults


def test_sources_stay_below_the_bar(house_sources):
    assert source_faults(house_sources) == []


def test_templates_stay_below_the_bar(house_pages):
    assert page_faults(house_pages) == []


def test_scripts_stay_below_the_bar(house_scripts):
    assert script_faults(house_scripts) == []


def _found(text):
    return source_faults([Source("ledger/acts.py", text)])


def test_a_planted_long_file_is_found():
    assert _found("x = 1\n" * (LIMITS["file"] + 1)) == ["ledger/acts.py: file 401 > 400"]


def test_a_planted_long_function_is_found():
    assert _found("def reply():\n" + "    x = 1\n" * LIMITS["function"]) == ["ledger/acts.py:reply: function 51 > 50"]


def test_a_planted_winding_function_is_found():
    assert _found("def reply(x):\n" + "    if x: x = 1\n" * LIMITS["complexity"]) == ["ledger/acts.py:reply: complexity 11 > 10"]


def test_a_planted_greedy_function_is_found():
    assert _found("def reply(self, a, b, c, d, e, *, f, g, by, on): ...\n") == ["ledger/acts.py:reply: arguments 7 > 6"]


def test_an_inner_function_is_counted_by_itself():
    tree = ast.parse("def outer(x):\n    def inner():\n        if x: return 1\n    while x: return 1\n")
    assert complexity(tree.body[0]) == 2


def test_tests_and_migrations_are_not_measured():
    assert source_faults([Source("ledger/migrations/0001_initial.py", "x = 1\n" * 999)]) == []


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<style>p{color:red}</style>", "a style element"),
        ('<p style="color:red">', "a style attribute"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<button onclick="go()">', "an inline handler"),
    ],
)
def test_planted_markup_that_the_csp_would_silence_is_found(markup, what):
    assert page_faults([Page("ledger/templates/ledger/matter.html", markup)]) == [
        f"ledger/templates/ledger/matter.html has {what}"
    ]


def test_a_script_with_a_source_and_a_block_of_data_are_allowed():
    markup = """<script src="{% static 'js/keep.js' %}" defer></script><script type="application/json">{}</script>"""
    assert page_faults([Page("templates/base.html", markup)]) == []


def test_a_planted_long_template_is_found():
    assert len(page_faults([Page("ledger/templates/ledger/matter.html", "<p>\n" * 161)])) == 1


def test_planted_long_scripts_are_found():
    assert script_faults([Page("static/js/a.js", "x\n" * 61)]) == ["static/js/a.js: script 61 > 60"]
    assert script_faults([Page(f"static/js/{number}.js", "x\n" * 60) for number in range(16)]) == ["all scripts: 960 > 900"]
