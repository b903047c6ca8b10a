from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
        ('supervision', '0008_somebody_is_in_charge'),
    ]

    operations = [
        migrations.AddField(
            model_name='circular',
            name='bad',
            field=models.TextField(blank=True, verbose_name='存在问题'),
        ),
        migrations.AddField(
            model_name='circular',
            name='good',
            field=models.TextField(blank=True, verbose_name='好的做法'),
        ),
    ]
