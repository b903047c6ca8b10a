from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0015_l_words_are_found_by_their_part")]
    operations = [
        migrations.AddIndex(
            model_name="glance",
            index=models.Index(fields=["state", "red_from", "yellow_from", "reply_due_on", "voices", "turn", "matter"], name="glance_sums"),
        ),
    ]
