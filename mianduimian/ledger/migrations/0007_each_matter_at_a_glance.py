import django.db.models.deletion
import mianduimian.ledger.rules.moves
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0006_why_a_matter_is_parked'),
        ('people', '0001_initial'),
        ('solicitation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Glance',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='glance', serialize=False, to='ledger.matter')),
                ('place', models.BigIntegerField(unique=True, verbose_name='排序')),
                ('number', models.CharField(max_length=40, verbose_name='编号')),
                ('category', models.CharField(blank=True, max_length=60, verbose_name='类别')),
                ('channels', models.CharField(blank=True, max_length=200, verbose_name='来源渠道')),
                ('voices', models.PositiveIntegerField(default=0, verbose_name='来件宗数')),
                ('state', models.CharField(choices=mianduimian.ledger.rules.moves.State.choices, max_length=12, verbose_name='状态')),
                ('turn', models.PositiveSmallIntegerField(default=0, verbose_name='轮次')),
                ('people', models.TextField(blank=True, verbose_name='领导、责任人')),
                ('solved', models.BooleanField(null=True, verbose_name='是否解决')),
                ('opened_on', models.DateField(verbose_name='入账日期')),
                ('assigned_on', models.DateField(null=True, verbose_name='交办日期')),
                ('reply_due_on', models.DateField(null=True, verbose_name='书面反馈截止')),
                ('solve_by', models.DateField(null=True, verbose_name='完成时限')),
                ('replied_on', models.DateField(null=True, verbose_name='反馈日期')),
                ('moved_on', models.DateField(null=True, verbose_name='最近进展')),
                ('settled_on', models.DateField(null=True, verbose_name='办结日期')),
                ('closed_on', models.DateField(null=True, verbose_name='销号日期')),
                ('yellow_from', models.DateField(null=True, verbose_name='黄灯起')),
                ('red_from', models.DateField(null=True, verbose_name='红灯起')),
                ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit', verbose_name='首接单位')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit', verbose_name='牵头单位')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.region')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='solicitation.round')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
    ]
