from django.db import migrations

from attachment_app.lib.row_security import open_to


class Migration(migrations.Migration):
    """Articles hold nobody's rows: everybody reads them, and the owner alone loads them."""

    dependencies = [("guidance", "0001_initial")]

    operations = [open_to("SELECT", "guidance_article")]
