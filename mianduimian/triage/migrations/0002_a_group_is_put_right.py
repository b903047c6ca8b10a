import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='born_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.decision', verbose_name='由人改组'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='reasons',
            field=models.JSONField(default=dict, verbose_name='逐宗依据'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='wording',
            field=models.TextField(blank=True, verbose_name='建议表述'),
        ),
    ]
