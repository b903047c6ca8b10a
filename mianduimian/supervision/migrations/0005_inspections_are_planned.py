import django.db.models.deletion
import mianduimian.supervision.rules.typed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
        ('supervision', '0004_reminders_of_instructions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('digest', models.CharField(max_length=64)),
                ('shown', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=40)),
                ('on', models.DateField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='inspection',
            name='agrees',
            field=models.BooleanField(null=True, verbose_name='与反馈是否一致'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='going',
            field=models.CharField(choices=mianduimian.supervision.rules.typed.Going.choices, default=mianduimian.supervision.rules.typed.Going['UNANNOUNCED'], max_length=12, verbose_name='方式'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='planned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inspection',
            name='planned_on',
            field=models.DateField(null=True, verbose_name='计划日期'),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='finding',
            field=models.TextField(blank=True, verbose_name='督查情况'),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='on',
            field=models.DateField(null=True, verbose_name='日期'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('finding', ''), ('on', None), ('planned_by__isnull', False), ('planned_on__isnull', False)), models.Q(('by__isnull', False), ('on__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='inspection_planned_or_made_by_someone'),
        ),
        migrations.AddField(
            model_name='photo',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photo',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='supervision.inspection'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(fields=('inspection', 'digest'), name='photo_filed_once'),
        ),
    ]
