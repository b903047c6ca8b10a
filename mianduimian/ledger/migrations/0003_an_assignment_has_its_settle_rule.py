import mianduimian.ledger.rules.settling
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0002_an_assignment_names_who_answers_for_it'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='designated',
            field=models.BooleanField(default=False, verbose_name='指定承办'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='rule',
            field=models.CharField(choices=mianduimian.ledger.rules.settling.SettleRule.choices, default=mianduimian.ledger.rules.settling.SettleRule['LEAD'], max_length=8, verbose_name='办结规则'),
        ),
    ]
