from django.db import migrations


class Migration(migrations.Migration):
    """A row and what it belongs to are of one family, also where the code errs."""

    dependencies = [("journal", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE journal_exchange ADD CONSTRAINT exchange_child_same_family
                FOREIGN KEY (family_id, child_id) REFERENCES accounts_child (family_id, id)
                DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE journal_step ADD CONSTRAINT step_exchange_same_family
                FOREIGN KEY (family_id, exchange_id) REFERENCES journal_exchange (family_id, id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE journal_step DROP CONSTRAINT step_exchange_same_family;
            ALTER TABLE journal_exchange DROP CONSTRAINT exchange_child_same_family;
            """,
        )
    ]
