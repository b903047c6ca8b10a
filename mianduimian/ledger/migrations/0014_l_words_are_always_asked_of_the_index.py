"""检索: on PostgreSQL the words are asked of their index alone, and stand beside a narrow row, so that many are found at once."""

from django.db import migrations

# The planner takes an unpacked row for cheap and would read them all; a plan of several workers would ask once for each.
MAKE = (
    "DROP INDEX ledger_words_found",
    "ALTER TABLE ledger_words SET (toast_tuple_target = 128)",
    "UPDATE ledger_words SET asked = asked || ''",
    "CREATE INDEX ledger_words_found ON ledger_words USING gin (found)",
    "CREATE FUNCTION ledger_words_saying(question tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 20000 "
    "SET enable_seqscan = off AS 'SELECT matter_id FROM ledger_words WHERE found @@ question'",
)
BACK = ("DROP FUNCTION ledger_words_saying(tsquery)", "ALTER TABLE ledger_words RESET (toast_tuple_target)")


def _run(statements, editor):
    if editor.connection.vendor == "postgresql":
        for statement in statements:
            editor.execute(statement, params=None)


def make(apps, editor):
    _run(MAKE, editor)


def drop(apps, editor):
    _run(BACK, editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_l_lines_are_found_by_their_days")]
    operations = [migrations.RunPython(make, drop)]
