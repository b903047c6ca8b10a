from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0016_l_sums_are_taken_from_a_narrow_index")]
    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(condition=models.Q(ended_on=None), fields=["lead", "matter"], name="assignment_in_force"),
        ),
    ]
