"""Let intake know whether a second interview of a household waits in custody.

A new revision of the interview that stands must not take the flag away: intake sees only the
custody of the interview at hand, so this function looks for it, and answers yes or no; to anybody else it answers nothing.
"""

from alembic import op

revision = "0026_second_interview"
down_revision = "0025_appointment_orders"
branch_labels = None
depends_on = None

KNOWN = """
create function jpt_has_second_interview(household uuid, standing uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from custody c where c.household_id = household and c.interview_id <> standing
            and c.reason = 'second_interview' and c.resolved_at is null)
    where jpt_role() = 'intake' and standing = any (jpt_interviews())
$$;
revoke all on function jpt_has_second_interview(uuid, uuid) from public;
grant execute on function jpt_has_second_interview(uuid, uuid) to jpt_app;
"""


def upgrade() -> None:
    op.execute(KNOWN)


def downgrade() -> None:
    op.execute("drop function jpt_has_second_interview(uuid, uuid)")
