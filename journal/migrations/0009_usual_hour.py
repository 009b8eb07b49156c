from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0008_reminders"),
    ]

    operations = [
        migrations.AddField("reminder", "reckoned_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "reminder",
            models.Index(fields=["reckoned_at"], condition=Q(when="usual", off_at=None), name="reminder_to_reckon"),
        ),
    ]
