"""检索: on PostgreSQL the words are asked of their index alone; the planner does not know what it costs to unpack each row."""

from django.db import migrations

MAKE = """
CREATE FUNCTION ledger_words_saying(question tsquery) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off
AS 'SELECT matter_id FROM ledger_words WHERE found @@ question'
"""


def make(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE, params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION ledger_words_saying(tsquery)", params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_l_lines_are_found_by_their_days")]
    operations = [migrations.RunPython(make, drop)]
