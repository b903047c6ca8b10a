"""Only acts write, and a planted write is found."""

import pytest

from tests.house.reading import Source
from tests.house.rules.writes import faults


def test_only_acts_write(house_sources):
    assert faults(house_sources) == []


@pytest.mark.parametrize(
    "line",
    [
        "matter.save()",
        "matter.save(update_fields=['state'])",
        "form.instance.photo.save('x.jpg', file)",
        "Matter.objects.create(text='x')",
        "Matter.objects.bulk_create(rows)",
        "Matter.objects.get_or_create(pk=1)",
        "Matter.objects.filter(pk=1).update(state='settled')",
        "matters.update(state='settled')",
        "Matter.objects.update(**changes)",
        "matter.delete()",
        "cursor.execute('  UPDATE ledger_matter SET state = 1')",
        "connection.cursor().executemany(f'DELETE FROM {table}', rows)",
        "await matter.asave()",
    ],
)
def test_a_planted_write_in_a_view_is_found(line):
    planted = Source("ledger/views.py", f"async def view(request):\n    {line}\n")
    assert len(faults([planted])) == 1


@pytest.mark.parametrize(
    "path", ["ledger/jobs.py", "ledger/models.py", "sample/story.py", "house/commands.py", "people/doors.py"]
)
def test_a_planted_write_is_found_wherever_it_stands(path):
    assert faults([Source(path, "matter.save()\n")]) == [f"{path}:1 writes: .save()"]


def test_a_planted_change_of_a_many_to_many_is_found():
    models = Source("ledger/models.py", "class Matter:\n    assisting = models.ManyToManyField(Unit, related_name='+')\n")
    assert faults([models, Source("ledger/views.py", "matter.assisting.set(units)\n")]) == [
        "ledger/views.py:1 writes: .assisting.set()"
    ]


@pytest.mark.parametrize(
    "path", ["ledger/acts.py", "ledger/acts/replying.py", "ledger/migrations/0001_initial.py", "ledger/tests/test_acts.py"]
)
def test_acts_migrations_and_tests_may_write(path):
    assert faults([Source(path, "matter.save()\nMatter.objects.create()\n")]) == []


@pytest.mark.parametrize(
    "line",
    [
        "context.update({'a': 1})",
        "digest.update(b'x')",
        "seen.add(1)",
        "cache.delete('key')",
        "cursor.execute('SELECT 1')",
        "Matter.objects.filter(pk=1).count()",
        "super().save(*args, **kwargs)",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line):
    assert faults([Source("ledger/views.py", f"{line}\n")]) == []


def test_papers_and_sheets_may_save_a_file_somewhere():
    assert faults([Source("ledger/sheets.py", "workbook.save(stream)\n")]) == []
