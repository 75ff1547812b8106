"""Narrow two rights: what intake may ask of a household, and what an officer may do to a grant.

Whether a second interview waits is asked only of a household that is being delivered. A grant can be
ended by whoever manages the person (closing somebody must end what they had anywhere), and never be
brought back: to give an area again is a new grant, which is judged by its area.
"""

from alembic import op

revision = "0048_narrow_again"
down_revision = "0047_screened_village"
branch_labels = None
depends_on = None

NARROWER = """
create or replace function jpt_has_second_interview(household uuid, standing uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from custody c where c.household_id = household and c.interview_id <> standing
            and c.reason = 'second_interview' and c.resolved_at is null)
    where jpt_role() = 'intake' and standing = any (jpt_interviews())
        and household = any (jpt_households())
$$;
alter policy managed_change on grants
    using (jpt_manages_account(account_id) and ended_at is null)
    with check (jpt_manages_account(account_id));
"""


def upgrade() -> None:
    op.execute(NARROWER)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: rights that were too wide would return")
