"""Say who asks: the settings that every row policy reads.

`transaction(actor)` sets them with SET LOCAL at the start of each transaction. Unset, or set to
nothing, they show nothing. The functions are plain SQL so that the planner inlines them.
"""

from alembic import op

revision = "0001_scope"
down_revision = None
branch_labels = None
depends_on = None

RIGHTS = """
create function jpt_role() returns text language sql stable parallel safe
    return current_setting('jpt.role', true);
create function jpt_account() returns uuid language sql stable parallel safe
    return nullif(current_setting('jpt.account', true), '')::uuid;
create function jpt_areas() returns text[] language sql stable parallel safe
    return string_to_array(nullif(current_setting('jpt.areas', true), ''), ',');
create function jpt_households() returns uuid[] language sql stable parallel safe
    return string_to_array(nullif(current_setting('jpt.households', true), ''), ',')::uuid[];
create function jpt_interviews() returns uuid[] language sql stable parallel safe
    return string_to_array(nullif(current_setting('jpt.interviews', true), ''), ',')::uuid[];
create function jpt_door_token() returns bytea language sql stable parallel safe
    return decode(nullif(current_setting('jpt.door_token', true), ''), 'hex');
create function jpt_door_name() returns text language sql stable parallel safe
    return nullif(current_setting('jpt.door_name', true), '');
create function jpt_reviews() returns boolean language sql stable parallel safe
    return current_setting('jpt.role', true) in ('inspector', 'officer');

create function jpt_touch() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    new.changed_xid = pg_current_xact_id();
    new.updated_at = now();
    return new;
end $$;
grant usage on schema public to jpt_app, jpt_loader;
"""


def upgrade() -> None:
    op.execute(RIGHTS)


def downgrade() -> None:
    op.execute("""
        drop function jpt_touch(); drop function jpt_reviews(); drop function jpt_door_name();
        drop function jpt_door_token(); drop function jpt_interviews(); drop function jpt_households();
        drop function jpt_areas(); drop function jpt_account(); drop function jpt_role();
    """)
