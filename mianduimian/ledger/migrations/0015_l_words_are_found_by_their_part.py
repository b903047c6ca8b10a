"""检索: on PostgreSQL the index knows in which part of a line a pair of characters stands, so that no row is read for it."""

from django.db import migrations

PARTS = {"asked": 1, "planned": 2, "done": 3, "answered": 4}
ANYWHERE = " || ' ' || ".join(PARTS)
BY_PART = " || ' ' || ".join(f"'{n}:' || replace({part}, ' ', ' {n}:')" for part, n in PARTS.items())


def _told(words):
    return (
        "ALTER TABLE ledger_words DROP COLUMN found",
        "ALTER TABLE ledger_words ADD COLUMN found tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))) STORED",
        "CREATE INDEX ledger_words_found ON ledger_words USING gin (found)",
    )


def _run(words, editor):
    if editor.connection.vendor == "postgresql":
        for statement in _told(words):
            editor.execute(statement, params=None)


def make(apps, editor):
    _run(f"{ANYWHERE} || ' ' || {BY_PART}", editor)


def drop(apps, editor):
    _run(ANYWHERE, editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0014_l_words_are_always_asked_of_the_index")]
    operations = [migrations.RunPython(make, drop)]
