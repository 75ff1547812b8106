"""Judge a village again when its list changes about a household that was interviewed already.

How many people the register has in a house counts for the village, visited or not; a list that was
put right left the village's figures as they were. So did being tied to last year's household.
"""

from alembic import op

revision = "0075_lists_put_right"
down_revision = "0074_of_its_round"
branch_labels = None
depends_on = None

MARK = """
drop trigger quality_changed on households;
create trigger quality_changed after update on households for each row
    when ((old.people_registered, old.previous_id)
            is distinct from (new.people_registered, new.previous_id)
        or ((old.state, old.outcome) is distinct from (new.state, new.outcome)
            and new.interview_id is null)
        or (old.interview_id is not null and old.interview_id is distinct from new.interview_id))
    execute function jpt_mark_village();
"""
AGAIN = """
insert into quality_due
select p.village_code from village_progress p join rounds r on r.id = p.round_id
where r.is_current
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(MARK)
    op.execute(AGAIN)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: villages would stand beside lists of before")
