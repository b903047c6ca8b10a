import mianduimian.triage.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0005_readings_of_before'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', False), ('state', mianduimian.triage.rules.Run['DONE'])), models.Q(models.Q(('state', mianduimian.triage.rules.Run['DONE']), _negated=True), ('finished_on', None)), _connector='OR'), name='reading_done_on_some_day'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', mianduimian.triage.rules.Run['RUNNING']), models.Q(('holder', ''), _negated=True)), models.Q(models.Q(('state', mianduimian.triage.rules.Run['RUNNING']), _negated=True), ('holder', '')), _connector='OR'), name='reading_runs_in_somebodys_hands'),
        ),
    ]
