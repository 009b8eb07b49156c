from django.db import migrations

from attachment_app.lib.row_security import ME, guard, open_to

ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Migration(migrations.Migration):
    """Articles hold nobody's rows: everybody reads them, the owner alone loads them. What a person keeps is theirs."""

    dependencies = [("guidance", "0004_bookmarks"), ("accounts", "0003_row_security")]

    operations = [
        open_to("SELECT", "guidance_article", "guidance_word"),
        guard("guidance_bookmark", web={verb: f"person_id = {ME}" for verb in ALL}),
        guard("guidance_readingplace", web={verb: f"person_id = {ME}" for verb in ALL}),
    ]
