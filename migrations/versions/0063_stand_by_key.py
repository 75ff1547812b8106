"""Reckon a volunteer's standing anew by their key, one after the other.

The planner takes every list of people for a thousand long, and read all standings to match one name.
"""

from alembic import op

revision = "0063_stand_by_key"
down_revision = "0062_income_findings"
branch_labels = None
depends_on = None

AGAIN = """
create or replace function jpt_stand_again(who uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one uuid;
    paths text[];
begin
    for one in select w.id from unnest(who) w (id) order by w.id loop
        perform from volunteer_standings s where s.account_id = one for no key update;
        select coalesce(array_agg(distinct o.round_id || ' ' || o.path), '{}') into paths
        from (select p.order_id from appointed_people p where p.account_id = one
                order by p.account_id limit 100000) p
            join appointment_orders o on o.id = p.order_id
        where o.withdrawn_at is null;
        update volunteer_standings s set order_paths = paths
        where s.account_id = one and s.order_paths <> paths;
    end loop;
end $$;
"""


def upgrade() -> None:
    op.execute(AGAIN)


def downgrade() -> None:
    """Both forms keep the same: only how they read differs."""
