"""Who collects in a subdistrict is counted once, in however many of its villages they work.

Villages' own counts were added up: a volunteer of two villages was two, and blocked twice.
"""

from alembic import op

revision = "0055_collectors_together"
down_revision = "0054_compared_first"
branch_labels = None
depends_on = None

TOGETHER = """
create function jpt_collectors(round text, here text[], around text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    with working as (
        select s.account_id from assignments s
        where s.village_code = any (here) and s.round_id = round and s.ended_at is null
        union
        select i.author_id from interviews i
        where i.village_code = any (here) and i.round_id = round
    ), known as (
        select h.path ^@ around as lives_here, exists (
            select from appointed_people p join appointment_orders o on o.id = p.order_id
            where p.account_id = w.account_id and o.round_id = round and o.withdrawn_at is null
                and (o.path ^@ around or around ^@ o.path)) as is_appointed
        from working w left join person_details d on d.account_id = w.account_id
            left join areas h on h.code = d.home_village_code
    )
    select jsonb_build_object('volunteers', count(*),
        'appointed', count(*) filter (where is_appointed),
        'local', count(*) filter (where lives_here),
        'not_local', count(*) filter (where not lives_here),
        'home_unknown', count(*) filter (where lives_here is null))
    from known
$$;
create or replace function jpt_quality_collectors(round text, village text, around text)
returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
    select jpt_collectors(round, array[village], around)
$$;
create function jpt_quality_collectors_of(round text, subdistrict text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jpt_collectors(round, array(select v.code from villages v
        where v.subdistrict_code = subdistrict), a.path)
    from areas a where a.code = subdistrict and jpt_role() = 'reckoner'
$$;
revoke all on function jpt_collectors(text, text[], text),
    jpt_quality_collectors_of(text, text) from public;
grant execute on function jpt_quality_collectors_of(text, text) to jpt_app;
"""
AGAIN = "insert into quality_due select village_code from village_quality"


def upgrade() -> None:
    op.execute(TOGETHER)
    op.execute(AGAIN)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: figures would be counted twice again")
