import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0007_each_matter_at_a_glance'),
    ]

    operations = [
        migrations.CreateModel(
            name='Words',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='ledger.matter')),
                ('asked', models.TextField(verbose_name='诉求')),
                ('planned', models.TextField(verbose_name='措施与节点')),
                ('done', models.TextField(verbose_name='进展')),
                ('answered', models.TextField(verbose_name='答复')),
            ],
        ),
    ]
