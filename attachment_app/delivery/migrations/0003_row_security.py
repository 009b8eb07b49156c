from django.db import migrations

from attachment_app.lib.row_security import ME, guard


class Migration(migrations.Migration):
    """A page may write a message to anybody (a code goes to whoever asks) and read its person's own; the worker all."""

    dependencies = [("delivery", "0002_said_when_posted"), ("accounts", "0003_row_security")]

    operations = [
        guard(
            "delivery_message",
            web={"SELECT": f"person_id = {ME}", "INSERT": "true"},
            worker={verb: "true" for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")},
        ),
    ]
