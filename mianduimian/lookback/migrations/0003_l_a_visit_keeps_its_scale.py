from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lookback", "0002_look_back_in_full")]
    operations = [
        migrations.AddField(
            model_name="visit",
            name="scale",
            field=models.CharField(blank=True, default="", max_length=1, verbose_name="满意度"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["scale", "matter", "turn", "citizen"], name="visit_scale"),
        ),
    ]
