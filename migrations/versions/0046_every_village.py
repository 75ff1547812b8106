"""Judge every active village, also one without a household list: nobody else would say it lacks one.

Without a list a village stays unknown and blocks its subdistrict, until there is one or the village
is no longer active.
"""

from alembic import op

revision = "0046_every_village"
down_revision = "0045_search_too_wide"
branch_labels = None
depends_on = None

EVERY = """
create or replace function jpt_mark_round() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into quality_due select v.code from villages v;
    return null;
end $$;
insert into quality_due select v.code from villages v
where not exists (select from quality_due d where d.village_code = v.code);
"""


def upgrade() -> None:
    op.execute(EVERY)


def downgrade() -> None:
    """The function stays: it marks more villages, which does the older code no harm."""
