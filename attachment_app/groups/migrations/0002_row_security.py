import uuid

from django.db import migrations, models
from django.db.models.deletion import DO_NOTHING

from attachment_app.lib.roles import AGGREGATOR, GROUPS, WEB
from attachment_app.lib.row_security import ME, columns_alone, guard, let_read, open_to

# Releases by month. `month` follows from the window, so a group cannot get a second release in another month.
RELEASES = """
CREATE TABLE groups_release (
    id uuid NOT NULL,
    month date NOT NULL,
    window_number integer NOT NULL,
    group_id uuid REFERENCES groups_parentinggroup (id),
    pool_id uuid REFERENCES groups_pool (id),
    panels jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (id, month),
    CONSTRAINT release_once_for_a_group UNIQUE (month, window_number, group_id),
    CONSTRAINT release_once_for_a_pool UNIQUE (month, window_number, pool_id),
    CONSTRAINT release_of_a_group_or_a_pool CHECK ((group_id IS NULL) <> (pool_id IS NULL)),
    CONSTRAINT release_in_the_month_of_its_window CHECK (
        month = date_trunc('month', (DATE '2026-01-05' + (window_number + 1) * 14 + 2)::timestamp)::date)
) PARTITION BY RANGE (month);
CREATE INDEX groups_release_of_group ON groups_release (group_id, window_number);
CREATE INDEX groups_release_of_pool ON groups_release (pool_id, window_number);

CREATE FUNCTION release_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a release is frozen' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER release_stays BEFORE UPDATE OR DELETE ON groups_release FOR EACH ROW EXECUTE FUNCTION release_stays();

-- Makes the partition of a month where it is missing. A partition is reached through the table alone.
CREATE FUNCTION make_release_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE name text := 'groups_release_' || to_char(month, 'YYYYMM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('groups_release'));
    IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF groups_release FOR VALUES FROM (%L) TO (%L)', name,
        date_trunc('month', month)::date, (date_trunc('month', month) + interval '1 month')::date);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner_all ON %I TO owner USING (current_setting(''app.bypass'', true) = ''on'')', name);
END $$;

-- Drops months whose end lies twelve months back; how many. Whatever day is given, never more than are due today.
CREATE FUNCTION drop_release_months(day date) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last date := least(day, current_date) - interval '12 months';
    old text;
    dropped int := 0;
BEGIN
    FOR old IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'groups_release'::regclass
          AND to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= last
    LOOP
        EXECUTE format('DROP TABLE %I', old);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION make_release_month(date), drop_release_months(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_release_month(date), drop_release_months(date) TO aggregator;
"""
RELEASES_BACK = """
DROP TABLE groups_release;
DROP FUNCTION drop_release_months(date), make_release_month(date), release_stays();
"""

# Look-ups that run as the owner with the bypass on for as long as they look. They give ids alone.
LOOK_UP = """
CREATE FUNCTION {name} RETURNS {gives} LANGUAGE plpgsql {kind} SECURITY DEFINER PARALLEL RESTRICTED
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
GRANT EXECUTE ON FUNCTION {name} TO {role};
"""
MINE = """
    SELECT coalesce(array_agg(group_id), '{{}}') INTO found FROM groups_groupmembership
    WHERE person_id = app_person() AND ended_at IS NULL {also}
"""
STANDING = "EXISTS (SELECT FROM groups_facilitator WHERE person_id = app_person() AND withdrawn_at IS NULL)"
LED = f"""
    SELECT coalesce(array_agg(id), '{{}}') INTO found FROM groups_parentinggroup
    WHERE facilitator_id = app_person() AND {STANDING}
"""
POOLS = f"""
    SELECT coalesce(array_agg(p.pool_id), '{{}}') INTO found
    FROM groups_poolplace p JOIN groups_parentinggroup g ON g.id = p.group_id
    WHERE g.facilitator_id = app_person() AND {STANDING}
"""
INVITED = """
    SELECT i.group_id INTO found FROM groups_invitation i JOIN groups_parentinggroup g ON g.id = i.group_id
    WHERE i.mark = $1 AND i.revoked_at IS NULL AND i.expires_at > $2 AND g.ended_at IS NULL;
    PERFORM set_config('app.invited', coalesce(found::text, ''), true)
"""


def look_up(name, gives, query, role, kind="STABLE"):
    return LOOK_UP.format(name=name, gives=gives, query=query, role=role, kind=kind)


FUNCTIONS = [
    """
    CREATE FUNCTION app_invited() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT nullif(current_setting('app.invited', true), '')::uuid
    $$
    """,
    look_up("my_groups()", "uuid[]", MINE.format(also=""), WEB),
    look_up("my_groups_joined()", "uuid[]", MINE.format(also="AND approved_at IS NOT NULL"), WEB),
    look_up("is_facilitator()", "boolean", f"SELECT {STANDING} INTO found", GROUPS),
    look_up("my_groups_led()", "uuid[]", LED, GROUPS),
    look_up("my_pools_led()", "uuid[]", POOLS, GROUPS),
    look_up("open_invitation(text, timestamptz)", "uuid", INVITED, WEB, kind="VOLATILE"),
]
DROP = """
DROP FUNCTION open_invitation(text, timestamptz), my_pools_led(), my_groups_led(), is_facilitator(),
    my_groups_joined(), my_groups(), app_invited();
"""
JOINED = "group_id = ANY ((SELECT my_groups_joined())::uuid[])"
LEADS = "group_id = ANY ((SELECT my_groups_led())::uuid[])"
CONFIRMED = f"EXISTS (SELECT FROM account_emailaddress WHERE user_id = {ME} AND verified)"


def shared(person: str, purpose: str) -> str:
    """Rows of those who share this now: all that the aggregator can see of anybody's."""
    return (
        f"{person} IN (SELECT c.person_id FROM groups_groupconsent c"
        f" WHERE c.purpose = '{purpose}' AND c.withdrawn_at IS NULL)"
    )


class Migration(migrations.Migration):
    """The contract of the summaries as the database holds it: who reads releases, and who reads what they are made of."""

    dependencies = [
        ("groups", "0001_initial"),
        ("accounts", "0004_sealed"),
        ("journal", "0008_reminders"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(RELEASES, RELEASES_BACK)],
            state_operations=[
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("month", models.DateField()),
                        ("window_number", models.IntegerField()),
                        ("panels", models.JSONField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                null=True, on_delete=DO_NOTHING, related_name="+", to="groups.parentinggroup"
                            ),
                        ),
                        (
                            "pool",
                            models.ForeignKey(null=True, on_delete=DO_NOTHING, related_name="+", to="groups.pool"),
                        ),
                    ],
                )
            ],
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        open_to("SELECT", "groups_window", roles=(WEB, GROUPS)),
        open_to("SELECT, INSERT, UPDATE", "groups_window", roles=(AGGREGATOR,)),
        guard(
            "groups_facilitator",
            web={"SELECT": f"person_id = {ME}"},
            groups={"SELECT": f"person_id = {ME}"},
        ),
        guard(
            "groups_parentinggroup",
            web={"SELECT": "id = ANY ((SELECT my_groups())::uuid[]) OR id = (SELECT app_invited())"},
            groups={
                "SELECT": f"facilitator_id = {ME} AND (SELECT is_facilitator())",
                "INSERT": f"facilitator_id = {ME} AND (SELECT is_facilitator()) AND floor = 10",
                "UPDATE": f"facilitator_id = {ME} AND (SELECT is_facilitator())",
            },
            aggregator={"SELECT": "true"},
        ),
        # The floor is the operator's to lower, the facilitator whoever was there first.
        columns_alone(
            "groups_parentinggroup", GROUPS, "UPDATE",
            "name", "note", "meets_at", "meets_where", "suggested", "ended_at",
        ),
        columns_alone(
            "groups_parentinggroup", AGGREGATOR, "SELECT", "id", "facilitator_id", "floor", "created_at", "ended_at"
        ),
        guard("groups_invitation", groups={"SELECT": LEADS, "INSERT": LEADS, "UPDATE": LEADS}),
        columns_alone("groups_invitation", GROUPS, "UPDATE", "revoked_at"),
        guard(
            "groups_groupmembership",
            web={
                "SELECT": f"person_id = {ME}",
                "INSERT": f"person_id = {ME} AND approved_at IS NULL AND ended_at IS NULL AND NOT made_by_facilitator"
                f" AND group_id = (SELECT app_invited()) AND {CONFIRMED}",
                "UPDATE": f"person_id = {ME}",
            },
            groups={"SELECT": LEADS, "INSERT": f"{LEADS} AND made_by_facilitator", "UPDATE": LEADS},
            aggregator={"SELECT": "true"},
        ),
        columns_alone("groups_groupmembership", WEB, "UPDATE", "known_as", "ended_at", "ended_by"),
        columns_alone("groups_groupmembership", GROUPS, "UPDATE", "approved_at", "ended_at", "ended_by"),
        columns_alone(
            "groups_groupmembership", AGGREGATOR, "SELECT",
            "group_id", "person_id", "approved_at", "made_by_facilitator", "ended_at",
        ),
        # Who shares what is nobody's to see but their own: there is no rule here for a facilitator.
        guard(
            "groups_groupconsent",
            web={
                "SELECT": f"person_id = {ME}",
                "INSERT": f"person_id = {ME} AND withdrawn_at IS NULL AND {JOINED}",
                "UPDATE": f"person_id = {ME}",
            },
            aggregator={"SELECT": "true"},
        ),
        columns_alone("groups_groupconsent", WEB, "UPDATE", "withdrawn_at"),
        columns_alone(
            "groups_groupconsent", AGGREGATOR, "SELECT", "group_id", "person_id", "purpose", "given_at", "withdrawn_at"
        ),
        guard(
            "groups_pool",
            groups={"SELECT": "id = ANY ((SELECT my_pools_led())::uuid[])"},
            aggregator={"SELECT": "true", "INSERT": "true"},
        ),
        guard("groups_poolplace", groups={"SELECT": LEADS}, aggregator={"SELECT": "true", "INSERT": "true"}),
        guard(
            "groups_release",
            groups={"SELECT": f"{LEADS} OR pool_id = ANY ((SELECT my_pools_led())::uuid[])"},
            aggregator={"SELECT": "true", "INSERT": "true"},
        ),
        columns_alone("groups_release", AGGREGATOR, "SELECT", "id", "month", "window_number", "group_id", "pool_id"),
        guard("groups_decision", aggregator={"INSERT": "true"}),
        guard("groups_countedset", aggregator={"SELECT": "true", "INSERT": "true", "DELETE": "true"}),
        guard(
            "groups_releaseview",
            groups={"INSERT": f"person_id = {ME} AND {LEADS}", "SELECT": f"person_id = {ME} AND {LEADS}"},
        ),
        guard(
            "groups_articleread",
            web={verb: f"person_id = {ME}" for verb in ("SELECT", "INSERT", "DELETE")},
            aggregator={"SELECT": shared("person_id", "articles"), "DELETE": "true"},
        ),
        let_read(
            "journal_exchange", AGGREGATOR, shared("author_id", "exchanges"),
            "id", "author_id", "kind", "occasion", "connection", "started_at", "removed_at",
        ),
        let_read(
            "journal_step", AGGREGATOR, shared("author_id", "exchanges"),
            "exchange_id", "author_id", "position", "response", "result",
        ),
        let_read(
            "journal_ownstate", AGGREGATOR, shared("person_id", "own"), "id", "person_id", "at", "key_id", "sealed"
        ),
        let_read("journal_break", AGGREGATOR, shared("person_id", "own"), "person_id", "taken_at"),
        let_read(
            "accounts_datakey", AGGREGATOR, shared("person_id", "own"),
            "id", "person_id", "family_id", "wrapped", "wrapped_by", "made_at",
        ),
        # One look at one parent's fortnight; the journal's own pages read by family.
        migrations.RunSQL(
            "CREATE INDEX exchange_of_author ON journal_exchange (author_id, started_at) WHERE removed_at IS NULL",
            "DROP INDEX exchange_of_author",
        ),
    ]
