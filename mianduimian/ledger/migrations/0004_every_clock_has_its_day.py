import django.db.models.deletion
import mianduimian.ledger.rules.content
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0003_an_assignment_has_its_settle_rule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='accept_due_on',
            field=models.DateField(null=True, verbose_name='签收截止'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='contact_due_on',
            field=models.DateField(null=True, verbose_name='联系群众截止'),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spoke_on', models.DateField(verbose_name='联系日期')),
                ('way', models.CharField(choices=mianduimian.ledger.rules.content.Way.choices, max_length=8, verbose_name='联系方式')),
                ('note', models.TextField(verbose_name='联系情况')),
                ('on', models.DateField(verbose_name='登记日期')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='ledger.assignment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('spoke_on__lte', models.F('on'))), name='contact_is_not_ahead')],
            },
        ),
    ]
