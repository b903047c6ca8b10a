"""语言: every text of the interface is said in English and in Traditional Chinese, and no text escapes the catalogues."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator

import opencc
import pytest
from django.utils import translation

from tests.house.plan import PACKAGE
from tests.house.reading import Page, Source, pages, sources
from tools import messages
from tools.catalogues import messages as compiled

LANGUAGES = ["en", "zh_Hant"]
CHINESE = re.compile("[\u3400-\u9fff]")
WRITTEN = re.compile("[\u3400-\u9fff：、；，。（）？！]")
TO_TRADITIONAL = opencc.OpenCC("s2t")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%%|\{\w+\}")

# The two names that meeting/rules.py replaces in a handling opinion written once for many appeals, and a blank as such.
REPLACED = {"{诉求}", "{单位}", "{名称}"}

# Characters that are Simplified in one word and Traditional in another: 批准, 台賬, 漏斗, 群眾, 相干.
BOTH = set("准台斗群干")

# Names that stand in their own script in every language.
OWN_NAMES = {"简体中文", "简", "繁體中文", "繁"}

# Marked text in a template: comments, translate and blocktranslate tags, and _("…") within a tag.
MARKED = re.compile(
    r"""\{\#.*?\#\}
    |\{%\s*comment\b.*?\{%\s*endcomment\s*%\}
    |\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}
    |\{%\s*trans(?:late)?\s+(?:"[^"]*"|'[^']*')[^%]*%\}
    |\b_\((?:"[^"]*"|'[^']*')\)""",
    re.S | re.X,
)

# What xgettext finds in Python.
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

# Rooms and furniture whose Chinese is no text of the interface.
CHINESE_BY_NATURE = {
    "sample": "what invented citizens, units and officials say",
    "text": "the Chinese language as the machine reads it",
    "workdays": "the names of holidays",
    "papers": "official documents are Chinese whoever asks for them",
    "sheets": "heads of spreadsheets as they are sent to us",
    "commands": "the command line speaks to the operator of the building",
    "jobs": "a job prints one line for the operator",
    "knobs": "settings are read by the operator",
    "demo": "the demonstration speaks to the person who starts it",
}

# "path" → Chinese that it holds as data, and why.
DATA = {
    "archive/rules.py": "the sign of a document number is its form, GB/T 9704",
    "house/settings.py": "the name of the city, and each language in its own",
    "publication/gateways/mail.py": "why a letter was not taken is kept with the try, for the operator",
    "publication/gateways/plan.py": "a file of settings is read by the operator",
    "publication/presskit.py": "the files of a press kit have the names that the journalists of the place expect",
    "triage/acts/joining.py": "that a citizen added a voice is kept with the proposal as its reason",
    "meeting/rules.py": "the two names that are replaced in a text written once for many",
    "supervision/rules/circulars.py": "the examples of a circular, an official document, as its author finds them",
    "taskforce/rules.py": "the first wording of a milestone is kept in the work plan, an official document",
    "triage/acts/groups.py": "who parted a group is kept with it as its reason",
    "triage/acts/parts.py": "who cut a submission is kept with the piece as its reason",
    "triage/acts/proposals.py": "who left a part over is kept with it as its reason",
    "triage/marks.py": "numerals and measures as citizens write them",
    "triage/taxonomy/amending.py": "the name of a version is kept with the version",
    "triage/machine.py": "the machine's reason is kept with its proposal, in the language of what it read",
}


def needs_gettext() -> None:
    if not all(map(shutil.which, ("xgettext", "msgen", "msgfmt", "msgattrib"))):
        pytest.skip("gettext is not installed here, the catalogues are not compared (apt-get install gettext)")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What a catalogue answers: text → answer, with a number beside a text that has a plural; fuzzy answers are none."""
    needs_gettext()

    def read(catalogue: str) -> dict:
        folder = tmp_path_factory.mktemp("catalogue")
        (folder / "one.po").write_text(catalogue, "utf-8")
        subprocess.run(["msgfmt", "-o", folder / "one.mo", folder / "one.po"], check=True, capture_output=True)
        return compiled(folder / "one.mo")

    return read


@pytest.fixture(scope="module")
def collected():
    needs_gettext()
    return messages.collected()


@pytest.fixture(scope="module")
def texts(collected, said):
    """Every text that is marked for translation now."""
    return said(messages.echoed(collected))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def answers(language, said):
    return said(messages.catalogue(language).read_text("utf-8"))


def unsaid(texts: dict, answers: dict, language: str) -> list[str]:
    """Texts without an answer; Chinese needs no answer for the plural."""
    wanted = {key: text for key, text in texts.items() if language == "en" or not (isinstance(key, tuple) and key[1])}
    return [text for key, text in wanted.items() if not answers.get(key)]


def misplaced(texts: dict, answers: dict) -> list[str]:
    """Answers whose placeholders are not those of the text."""
    both = [(text, answers[key]) for key, text in texts.items() if answers.get(key)]
    return [f"{text} → {answer}" for text, answer in both if _places(text) != _places(answer)]


def _places(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def simplified(text: str) -> set[str]:
    """The characters of a text that are Simplified and nothing else."""
    for name in REPLACED:
        text = text.replace(name, "")
    return {char for char in set(text) - BOTH if CHINESE.match(char) and TO_TRADITIONAL.convert(char) != char}


def chinese(text: str) -> bool:
    """True where a text holds Chinese characters beside the names that are replaced."""
    for name in REPLACED:
        text = text.replace(name, "")
    return bool(CHINESE.search(text))


def unmarked(page: Page) -> list[str]:
    """Lines of a template with Chinese words or marks that no tag gives to the translator."""
    left = MARKED.sub(lambda found: "\n" * found.group().count("\n"), page.text)
    for name in sorted(OWN_NAMES, key=len, reverse=True):
        left = left.replace(name, "")
    lines = enumerate(left.splitlines(), 1)
    return [f"{page.path}:{number}: {line.strip()[:100]}" for number, line in lines if WRITTEN.search(line)]


def _is_marker(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    return name in MARKERS


def _is_field(call: ast.Call) -> bool:
    """A field of a table: its words are for those who read the tables, no page shows them."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "models"


def _constants(nodes: Iterable[ast.AST]) -> set[int]:
    return {id(part) for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant)}


def _within_f_strings(tree: ast.Module) -> set[int]:
    """Every node that stands within an f-string: xgettext does not read there."""
    return {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}


def _excused(tree: ast.Module) -> Iterator[int]:
    unread = _within_f_strings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_marker(node) and id(node) not in unread:
            yield from {id(given) for given in node.args if isinstance(given, ast.Constant)}
        elif isinstance(node, ast.Call) and _is_field(node):
            yield from _constants([*node.args, *(given.value for given in node.keywords)])
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name == "__str__":
            yield from _constants([node])


def loose(source: Source) -> list[str]:
    """Chinese in Python that the reader may see and no marker names: xgettext will not find it."""
    excused = set(_excused(source.tree))
    words = [node for node in ast.walk(source.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found = [node for node in words if CHINESE.search(node.value) and id(node) not in excused]
    return [f"{source.path}:{node.lineno}: {node.value[:60]}" for node in found]


def shown() -> list[Source]:
    """The sources whose words a reader of the interface may see."""
    return [one for one in sources(PACKAGE) if not one.is_proof and not CHINESE_BY_NATURE.keys() & set(one.parts)]


def named(what: str, lines: list[str]) -> str:
    """A complaint that names every line."""
    return "\n  ".join([f"{what} ({len(lines)}):", *lines])


# The catalogues


def test_every_text_is_said(texts, answers, language):
    missing = unsaid(texts, answers, language)
    assert not missing, named(f"run `make messages`, then say these in {language}", missing)


def test_every_answer_keeps_the_placeholders(texts, answers):
    wrong = misplaced(texts, answers)
    assert not wrong, named("placeholders differ", wrong)


def test_english_holds_no_chinese(said):
    answers = said(messages.catalogue("en").read_text("utf-8"))
    assert [answer for answer in answers.values() if chinese(answer)] == []


def test_traditional_holds_no_simplified(said):
    answers = said(messages.catalogue("zh_Hant").read_text("utf-8"))
    assert {answer: chars for answer in answers.values() if (chars := simplified(answer))} == {}


def test_traditional_is_what_the_converter_and_its_list_of_words_write(collected, texts, said):
    kept = said(messages.catalogue("zh_Hant").read_text("utf-8"))
    fresh = said(messages.traditional(collected))
    assert {key: kept[key] for key in fresh if kept.get(key, fresh[key]) != fresh[key]} == {}


def test_nothing_is_left_fuzzy(language):
    assert "#, fuzzy" not in messages.catalogue(language).read_text("utf-8")


def test_the_same_texts_give_the_same_files(collected):
    known = messages.catalogue("en").read_text("utf-8")
    once = messages.english(collected, known)
    assert messages.english(collected, once) == once
    assert "Date" not in once.partition("\n\n")[0]


# The pages and the sources


def test_every_chinese_text_in_a_template_is_marked():
    found = [line for page in pages(PACKAGE) for line in unmarked(page)]
    assert not found, named("mark these with translate or blocktranslate", found)


def test_every_chinese_text_in_the_code_is_marked():
    found = [line for source in shown() if source.path not in DATA for line in loose(source)]
    assert not found, named("mark these with _() or gettext_noop()", found)


def test_every_exception_is_still_needed():
    assert [path for path in DATA if not any(source.path == path and loose(source) for source in shown())] == []


# The rules catch what they are for


def test_a_text_without_an_answer_is_named():
    assert unsaid({"办结": "办结", ("件", 1): "件"}, {}, "en") == ["办结", "件"]
    assert unsaid({("件", 0): "件", ("件", 1): "件"}, {("件", 0): "件"}, "zh_Hant") == []


def test_a_lost_placeholder_is_named():
    assert misplaced({"共 %(n)s 件": "共 %(n)s 件"}, {"共 %(n)s 件": "in all"}) == ["共 %(n)s 件 → in all"]


@pytest.mark.parametrize("text", ["Closed 销号", "（"])
def test_chinese_in_english_is_seen(text):
    assert chinese(text) == ("销" in text)


def test_a_simplified_character_is_seen():
    assert simplified("群眾台账已批准，{诉求}") == {"账"}


@pytest.mark.parametrize(
    "text",
    [
        "<p>办结</p>",
        "{% if x %}销号{% endif %}",
        '{% translate "办结" %} 件',
        "<p>{{ on|date:'n月j日' }}</p>",
        "<b>{{ who }}</b>：{{ what }}",
    ],
)
def test_unmarked_chinese_in_a_template_is_seen(text):
    assert unmarked(Page("ledger/templates/ledger/x.html", text))


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "办结" %}',
        "{% translate '办结' as word %}",
        "{% blocktranslate with n=x|length %}共 {{ n }} 件{% endblocktranslate %}",
        '{% include "parts/_form.html" with button=_("反馈") %}',
        '{{ words|join:_("、") }}{% translate "：" %}',
        "{# 件 #}<p>12</p>",
        '<button title="简体中文">简</button>',
    ],
)
def test_marked_chinese_in_a_template_passes(text):
    assert not unmarked(Page("ledger/templates/ledger/x.html", text))


@pytest.mark.parametrize("code", ['x = "办结"', 'say("办结")', 'term("办结")', 'f"共{n}件"', '_(f"共{n}件")', '_("共%s件" % n)'])
def test_unmarked_chinese_in_the_code_is_seen(code):
    assert loose(Source("ledger/views.py", code))


@pytest.mark.parametrize(
    "code",
    ['_("办结")', 'gettext_noop("办结")', '"""办结: a docstring."""', 'models.TextField("办结", default="无")', "# 办结\nx = 1"],
)
def test_marked_chinese_in_the_code_passes(code):
    assert not loose(Source("ledger/views.py", code))


# What the citizen sees

@pytest.fixture
def reader(client, clock):
    """Somebody who reads a page in their language; whoever comes after them reads Chinese again."""

    def read(address: str, language: str) -> str:
        return words(client.get(address, headers={"accept-language": language}))

    yield read
    translation.deactivate()


SEEN = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]*>", re.S)


def words(answer) -> str:
    """What a page says, without its tags and the names of the languages."""
    said = SEEN.sub(" ", answer.content.decode())
    for name in sorted(OWN_NAMES, key=len, reverse=True):
        said = said.replace(name, "")
    return said


@pytest.mark.parametrize("address", ["/public/", "/public/receipt", "/accounts/login/", "/nowhere/"])
def test_a_page_for_citizens_speaks_english(reader, address):
    said = reader(address, "en")
    assert "Face to Face" in said
    assert CHINESE.findall(said) == []


@pytest.mark.parametrize("address", ["/public/", "/public/receipt", "/accounts/login/", "/nowhere/"])
def test_a_page_for_citizens_speaks_traditional_chinese(reader, address):
    said = reader(address, "zh-hant")
    assert "面對面" in said
    assert simplified(said) == set()
