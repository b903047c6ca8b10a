"""检索: on SQLite an FTS5 index that follows the table by triggers, on PostgreSQL a column of lexemes with a GIN index."""

from django.db import migrations

PARTS = ("asked", "planned", "done", "answered")
COLUMNS = ", ".join(PARTS)


def _row(which):
    return ", ".join(f"{which}.{part}" for part in PARTS)


IN = f"INSERT INTO ledger_words_found(rowid, {COLUMNS}) VALUES (new.matter_id, {_row('new')});"
OUT = f"INSERT INTO ledger_words_found(ledger_words_found, rowid, {COLUMNS}) VALUES ('delete', old.matter_id, {_row('old')});"
SQLITE = (
    f"CREATE VIRTUAL TABLE ledger_words_found USING fts5({COLUMNS}, content='ledger_words', content_rowid='matter_id', "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER ledger_words_come AFTER INSERT ON ledger_words BEGIN {IN} END",
    f"CREATE TRIGGER ledger_words_go AFTER DELETE ON ledger_words BEGIN {OUT} END",
    f"CREATE TRIGGER ledger_words_change AFTER UPDATE ON ledger_words BEGIN {OUT} {IN} END",
)
ALL = " || ' ' || ".join(PARTS)
POSTGRESQL = (
    "ALTER TABLE ledger_words ADD COLUMN found tsvector GENERATED ALWAYS AS "
    f"(array_to_tsvector(array_remove(string_to_array({ALL}, ' '), ''))) STORED",
    "CREATE INDEX ledger_words_found ON ledger_words USING gin (found)",
)
BACK = {
    "sqlite": (
        "DROP TRIGGER ledger_words_come", "DROP TRIGGER ledger_words_go", "DROP TRIGGER ledger_words_change",
        "DROP TABLE ledger_words_found",
    ),
    "postgresql": ("ALTER TABLE ledger_words DROP COLUMN found",),
}


def _run(statements, editor):
    for statement in statements:
        editor.execute(statement, params=None)


def make(apps, editor):
    _run({"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor], editor)


def drop(apps, editor):
    _run(BACK[editor.connection.vendor], editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_words_are_kept_for_the_search")]
    operations = [migrations.RunPython(make, drop)]
