"""Bring the catalogues up to date: every text of the interface is collected, Traditional Chinese is written, all is compiled.

What English does not say yet is counted and left empty: `tests/test_languages.py` names it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.traditional import converter, filled, overrides

PACKAGE = Path(__file__).parent.parent / "mianduimian"
LOCALE = PACKAGE / "locale"
PLAIN = ["--no-wrap", "--no-location"]
LEFT_OUT = shutil.ignore_patterns("locale", "tests", "migrations", "conftest.py", "static", "__pycache__", "*.csv", "*.jsonl")

# The head carries no date, so that the same texts always give the same file.
HEAD = """\
# The interface of mianduimian. Collected and compiled by `make messages`.
msgid ""
msgstr ""
"Project-Id-Version: mianduimian\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh_Hant": "nplurals=1; plural=0;"}


def headed(catalogue: str, language: str) -> str:
    """The catalogue under our own head."""
    body = catalogue.partition("\n\n")[2]
    return HEAD.format(language=language, plural=PLURALS[language]) + ("\n" + body.strip() + "\n" if body.strip() else "")


def ran(*command: str | Path, cwd: Path | None = None) -> str:
    """What a tool of gettext answers; where it fails, its complaint ends the run."""
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


def collected(package: Path = PACKAGE) -> str:
    """Every text of the package that is marked for translation, as an empty catalogue; it is collected beside the tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(package, folder / package.name, ignore=LEFT_OUT)
        (folder / "locale").mkdir()
        ran(sys.executable, "-m", "django", "makemessages", "--locale=en", "--keep-pot", *PLAIN, cwd=folder)
        return (folder / "locale" / "django.pot").read_text("utf-8")


def english(texts: str, known: str) -> str:
    """The English catalogue: what was said before is kept, what is new stays empty, what is gone is dropped; no guesses."""
    with tempfile.TemporaryDirectory() as name:
        fresh, before = Path(name, "fresh.pot"), Path(name, "before.po")
        fresh.write_text(headed(texts, "en"), "utf-8")
        before.write_text(known or headed("", "en"), "utf-8")
        merged = Path(name, "merged.po")
        ran("msgmerge", "--quiet", "--no-fuzzy-matching", *PLAIN, "--output-file", merged, before, fresh)
        return headed(ran("msgattrib", "--no-obsolete", *PLAIN, merged), "en")


def echoed(texts: str) -> str:
    """A catalogue whose every answer repeats its question."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name, "fresh.pot")
        fresh.write_text(headed(texts, "en"), "utf-8")
        return ran("msgen", *PLAIN, fresh)


def traditional(texts: str) -> str:
    """The Traditional catalogue: every text converted, then written as officials write it."""
    return headed(filled(echoed(texts), converter(overrides())), "zh_Hant")


def catalogue(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def kept(language: str, text: str) -> str:
    """Write one catalogue, compile it, and say how far it is."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    ran("msgfmt", "--check-format", "-o", path.with_suffix(".mo"), path)
    empty = ran("msgattrib", "--untranslated", "--no-wrap", path).count("\nmsgid ") - 1
    return f"{language}: {text.count(chr(10) + 'msgid ') - 1} texts, {max(empty, 0)} not translated yet\n"


def main() -> int:
    if not shutil.which("xgettext"):
        raise SystemExit("gettext is not installed here (apt-get install gettext)")
    texts = collected()
    path = catalogue("en")
    known = path.read_text("utf-8") if path.exists() else ""
    sys.stdout.write(kept("en", english(texts, known)) + kept("zh_Hant", traditional(texts)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
