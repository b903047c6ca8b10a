import mianduimian.triage.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0003_a_class_is_given_by_a_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='reading',
            name='asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='reading',
            name='heard_at',
            field=models.DateTimeField(null=True, verbose_name='最近动静'),
        ),
        migrations.AddField(
            model_name='reading',
            name='holder',
            field=models.CharField(blank=True, max_length=32, verbose_name='读的作业'),
        ),
        migrations.AddField(
            model_name='reading',
            name='last',
            field=models.PositiveBigIntegerField(default=0, verbose_name='读到'),
        ),
        migrations.AddField(
            model_name='reading',
            name='problem',
            field=models.CharField(blank=True, max_length=300, verbose_name='问题'),
        ),
        migrations.AddField(
            model_name='reading',
            name='stage',
            field=models.CharField(choices=mianduimian.triage.rules.Stage.choices, default=mianduimian.triage.rules.Stage['TAKE_UP'], max_length=12, verbose_name='步骤'),
        ),
        migrations.AddField(
            model_name='reading',
            name='state',
            field=models.CharField(choices=mianduimian.triage.rules.Run.choices, default=mianduimian.triage.rules.Run['WAITING'], max_length=12, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='reading',
            name='total',
            field=models.PositiveIntegerField(default=0, verbose_name='应读'),
        ),
        migrations.AddField(
            model_name='reading',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='接手次数'),
        ),
        migrations.AlterField(
            model_name='reading',
            name='texts',
            field=models.PositiveIntegerField(default=0, verbose_name='已读'),
        ),
    ]
