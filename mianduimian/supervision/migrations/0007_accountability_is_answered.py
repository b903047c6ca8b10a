import django.db.models.deletion
import mianduimian.supervision.rules.typed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
        ('supervision', '0006_press_is_followed'),
    ]

    operations = [
        migrations.AddField(
            model_name='accountability',
            name='answer_by',
            field=models.DateField(null=True, verbose_name='陈述申辩截止'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountability',
            name='decided_on',
            field=models.DateField(null=True, verbose_name='复核日期'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='stated_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountability',
            name='stated_on',
            field=models.DateField(null=True, verbose_name='陈述日期'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='statement',
            field=models.TextField(blank=True, verbose_name='陈述申辩'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='verdict',
            field=models.CharField(blank=True, choices=mianduimian.supervision.rules.typed.Verdict.choices, max_length=12, verbose_name='复核结论'),
        ),
        migrations.AddField(
            model_name='accountability',
            name='verdict_why',
            field=models.TextField(blank=True, verbose_name='复核理由'),
        ),
        migrations.AlterField(
            model_name='accountability',
            name='kind',
            field=models.CharField(choices=mianduimian.supervision.rules.typed.Account.choices, max_length=12, verbose_name='方式'),
        ),
        migrations.AddConstraint(
            model_name='accountability',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stated_by', None), ('stated_on', None), ('statement', '')), models.Q(('stated_by__isnull', False), ('stated_on__isnull', False)), _connector='OR'), name='accountability_answered_by_someone_some_day'),
        ),
        migrations.AddConstraint(
            model_name='accountability',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decided_on', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='accountability_reviewed_by_someone_some_day'),
        ),
    ]
