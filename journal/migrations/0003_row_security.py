from django.db import migrations

from attachment_app.lib.row_security import ME, MINE, MINE_TO_KEEP, MINE_TO_LOG, guard


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_same_family"), ("accounts", "0003_row_security")]

    operations = [
        guard(
            "journal_exchange",
            web={
                "SELECT": MINE,
                "INSERT": f"{MINE_TO_LOG} AND author_id = {ME}",
                "UPDATE": f"{MINE_TO_KEEP} OR ({MINE_TO_LOG} AND author_id = {ME})",
                "DELETE": MINE_TO_KEEP,
            },
        ),
        # A carer may mend a step that a parent told within the carer's own exchange: the code knows which one it is.
        guard(
            "journal_step",
            web={
                "SELECT": MINE,
                "INSERT": f"{MINE_TO_LOG} AND author_id = {ME}",
                "UPDATE": MINE_TO_LOG,
                "DELETE": MINE_TO_KEEP,
            },
        ),
    ]
