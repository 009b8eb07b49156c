import uuid

import django.db.models.deletion
from django.db import migrations, models

from attachment_app.lib.row_security import guard

LEADS = "group_id = ANY ((SELECT my_groups_led())::uuid[])"


class Migration(migrations.Migration):
    """What a facilitator plans for after the last meeting: theirs alone."""

    dependencies = [("groups", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField(verbose_name="the day on which you meet again, or write to each other")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="what you want to say then")),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_up",
                        to="groups.parentinggroup",
                    ),
                ),
            ],
        ),
        guard("groups_followup", groups={verb: LEADS for verb in ("SELECT", "INSERT", "UPDATE")}),
    ]
