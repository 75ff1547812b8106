"""Tell a phone of a household given to its volunteer, or taken away, in a village it already holds.

A phone asks for the households that changed since its cursor. A household assigned by itself has not
changed, so it would never be told: giving it, or ending that, counts as a change of the household.
"""

from alembic import op

revision = "0016_tell_of_assignment"
down_revision = "0015_sign_in"
branch_labels = None
depends_on = None

TOUCH = """
create function jpt_touch_assigned() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update households set updated_at = now() where id = new.household_id;
    return null;
end $$;
revoke all on function jpt_touch_assigned() from public;
create trigger tell after insert or update of household_id, ended_at on assignments
    for each row when (new.household_id is not null) execute function jpt_touch_assigned();
"""


def upgrade() -> None:
    op.execute(TOUCH)


def downgrade() -> None:
    op.execute("drop trigger tell on assignments; drop function jpt_touch_assigned();")
