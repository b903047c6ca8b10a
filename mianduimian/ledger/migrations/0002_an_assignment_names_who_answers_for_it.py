from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='leader',
            field=models.CharField(blank=True, max_length=40, verbose_name='责任领导'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='overseer',
            field=models.CharField(blank=True, max_length=40, verbose_name='分管领导'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='responsible',
            field=models.CharField(blank=True, max_length=40, verbose_name='责任人'),
        ),
    ]
