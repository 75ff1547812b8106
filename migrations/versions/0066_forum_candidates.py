"""Who may be named for a forum is found by the code of their area: paths of grants have no index."""

from alembic import op

revision = "0066_forum_candidates"
down_revision = "0065_work_elsewhere"
branch_labels = None
depends_on = None

CANDIDATES = """
create or replace function jpt_forum_candidates(village text)
returns table (account_id uuid, name_th text, role text, level text, works_here boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here constant text := (select a.path from areas a where a.code = village
        and a.level = 'village' and a.path ^@ any (jpt_areas()));
    parts constant text[] := string_to_array(here, '.');
begin
    if here is null or jpt_reviews() is not true then
        return;
    end if;
    return query
    with working as (
        select s.account_id as id, bool_or(s.village_code = village) as here, true as collects
        from villages v join villages o on o.subdistrict_code = v.subdistrict_code
            join assignments s on s.village_code = o.code and s.ended_at is null
        where v.code = village
        group by 1
        union all
        select distinct g.account_id, false, false from grants g
        where g.ended_at is null and g.area_code = any (parts[3:5])
    )
    select a.id, a.name_th, a.role, a.level, w.here
    from working w join accounts a on a.id = w.id and w.collects = (a.role = 'volunteer')
    where a.status = 'active' and a.role in ('volunteer', 'inspector', 'officer')
    order by 5, a.role = 'volunteer', a.name_th, a.id
    limit 300;
end $$;
"""


def upgrade() -> None:
    op.execute(CANDIDATES)


def downgrade() -> None:
    pass  # the same answers by another way
