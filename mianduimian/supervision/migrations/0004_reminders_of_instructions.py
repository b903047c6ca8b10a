import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
        ('supervision', '0003_notices_are_drafted'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminded_once_a_stage',
        ),
        migrations.AddField(
            model_name='instruction',
            name='provisional',
            field=models.BooleanField(default=False, verbose_name='暂定'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='instruction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supervision.instruction'),
        ),
        migrations.AlterField(
            model_name='reminder',
            name='due_on',
            field=models.DateField(verbose_name='截止'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('instruction', None)), fields=('assignment', 'stage', 'due_on'), name='reminded_once_a_stage'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('instruction', 'stage', 'due_on'), name='reminded_once_of_an_instruction'),
        ),
    ]
