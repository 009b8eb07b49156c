from django.db import migrations

from attachment_app.lib.row_security import ME, MINE, MINE_TO_KEEP, guard, open_to
from attachment_app.lib.roles import WEB, WORKER

# Who the transaction is about, and their families by what they may do there. The look-ups run as the owner with the
# bypass on for as long as they look, since the table that they read is guarded by themselves. They give ids alone.
LOOK_UP = """
CREATE FUNCTION {name} RETURNS {gives} LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.bypass', true), '');
    found {gives};
BEGIN
    PERFORM set_config('app.bypass', 'on', true);
    {query};
    PERFORM set_config('app.bypass', before, true);
    RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {name} TO web;
"""
MEMBER = """
    SELECT coalesce(array_agg(family_id), '{{}}') INTO found FROM accounts_membership
    WHERE person_id = app_person() AND ended_at IS NULL {also}
"""
EMPTY = "SELECT NOT EXISTS (SELECT FROM accounts_membership WHERE family_id = $1) INTO found"
FUNCTIONS = [
    """
    CREATE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT nullif(current_setting('app.person', true), '')::uuid
    $$
    """,
    LOOK_UP.format(name="my_families()", gives="uuid[]", query=MEMBER.format(also="")),
    LOOK_UP.format(
        name="my_families_to_log()", gives="uuid[]", query=MEMBER.format(also="AND role IN ('parent', 'carer_logs')")
    ),
    LOOK_UP.format(name="my_families_to_keep()", gives="uuid[]", query=MEMBER.format(also="AND role = 'parent'")),
    LOOK_UP.format(name="family_is_empty(uuid)", gives="boolean", query=EMPTY),
]
DROP = """
DROP FUNCTION family_is_empty(uuid), my_families_to_keep(), my_families_to_log(), my_families(), app_person();
"""
CACHE = """
CREATE TABLE IF NOT EXISTS web_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS web_cache_expires ON web_cache (expires);
"""


class Migration(migrations.Migration):
    """What each role may do, and whose rows it sees. Needs the roles (`manage.py roles`)."""

    dependencies = [
        ("accounts", "0002_form_said_twice"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(CACHE, "DROP TABLE web_cache"),
        open_to("SELECT", "django_migrations", "django_content_type"),
        open_to("SELECT, INSERT, UPDATE, DELETE", "web_cache"),
        open_to(
            "SELECT, INSERT, UPDATE, DELETE",
            "django_session", "account_emailaddress", "account_emailconfirmation",
            roles=(WEB,),
        ),
        open_to("SELECT, INSERT, UPDATE", "accounts_person", roles=(WEB,)),
        open_to("SELECT", "accounts_person", roles=(WORKER,)),
        guard(
            "accounts_family",
            web={
                "SELECT": MINE.replace("family_id", "id"),
                "INSERT": f"{ME} IS NOT NULL",
                "UPDATE": MINE_TO_KEEP.replace("family_id", "id"),
                "DELETE": MINE_TO_KEEP.replace("family_id", "id"),
            },
        ),
        guard(
            "accounts_membership",
            web={
                "SELECT": MINE,
                # Whoever starts a family is its first parent.
                "INSERT": f"person_id = {ME} AND role = 'parent' AND family_is_empty(family_id)",
                "UPDATE": f"{MINE_TO_KEEP} OR person_id = {ME}",
            },
        ),
        guard(
            "accounts_child",
            web={"SELECT": MINE, "INSERT": MINE_TO_KEEP, "UPDATE": MINE_TO_KEEP, "DELETE": MINE_TO_KEEP},
        ),
        guard(
            "accounts_consent",
            web={verb: f"person_id = {ME}" for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")},
        ),
    ]
