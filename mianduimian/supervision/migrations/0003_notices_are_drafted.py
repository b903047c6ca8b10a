import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
        ('people', '0001_initial'),
        ('supervision', '0002_assisting_units_are_addressed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField(verbose_name='轮次')),
                ('rung', models.CharField(max_length=12, verbose_name='级别')),
                ('light', models.CharField(max_length=8, verbose_name='灯')),
                ('since', models.DateField(verbose_name='节点到期日')),
                ('failing', models.TextField(verbose_name='未完成情况')),
                ('on', models.DateField(verbose_name='拟稿日期')),
                ('ended_on', models.DateField(null=True, verbose_name='处理日期')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='不发的理由')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='notice',
            name='leaders',
            field=models.CharField(blank=True, max_length=200, verbose_name='抄送领导'),
        ),
        migrations.AddField(
            model_name='notice',
            name='rung',
            field=models.CharField(blank=True, max_length=12, verbose_name='级别'),
        ),
        migrations.AddField(
            model_name='notice',
            name='since',
            field=models.DateField(null=True, verbose_name='节点到期日'),
        ),
        migrations.AddField(
            model_name='notice',
            name='turn',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='轮次'),
        ),
        migrations.AddField(
            model_name='draft',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='draft',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.matter'),
        ),
        migrations.AddField(
            model_name='draft',
            name='notice',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='supervision.notice'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('matter', 'turn', 'rung', 'since'), name='drafted_once_a_step_and_node'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('ended_on', None), ('notice', None), ('why', '')), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), models.Q(models.Q(('notice__isnull', False), ('why', '')), models.Q(('notice', None), models.Q(('why', ''), _negated=True)), _connector='OR')), _connector='OR'), name='draft_issued_or_dropped_with_a_reason'),
        ),
    ]
