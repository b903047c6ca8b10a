import mianduimian.ledger.rules.content
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0005_an_assisting_unit_finishes_its_part'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='staging',
            options={'ordering': ['pk']},
        ),
        migrations.AddField(
            model_name='staging',
            name='kind',
            field=models.CharField(choices=mianduimian.ledger.rules.content.Unripe.choices, default=mianduimian.ledger.rules.content.Unripe['CONDITIONS'], max_length=12, verbose_name='情形'),
        ),
    ]
