from django.db import migrations


def settle(apps, schema_editor):
    """A reading that was finished is done; one that hung can be gone on with."""
    readings = apps.get_model("triage", "Reading").objects
    readings.filter(finished_on__isnull=False).update(state="done", stage="groups")
    readings.filter(finished_on=None).update(state="stopped")


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0004_a_reading_goes_step_by_step'),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
