from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("supervision", "0001_initial")]

    operations = [
        migrations.RenameField("notice", "copies", "assists"),
        migrations.AlterField(
            "notice",
            "assists",
            models.ManyToManyField(blank=True, related_name="+", to="people.unit", verbose_name="配合单位"),
        ),
    ]
