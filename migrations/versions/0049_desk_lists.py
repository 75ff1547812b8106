"""Count and list what waits at the desk by ranges of paths, which an index serves in any plan.

`path ^@ area` finds its index only where the planner knows the area; a range does always. Counting
reads the index alone.
"""

from alembic import op

revision = "0049_desk_lists"
down_revision = "0048_narrow_again"
branch_labels = None
depends_on = None

INDEX = """
drop index ix_custody_open;
create index ix_custody_open on custody (path text_pattern_ops, reason, interview_id)
    where resolved_at is null;
"""

LISTS = """
create or replace function jpt_desk_counts(within text) returns table (kind text, n bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_reviews() is not true or (within ^@ any (jpt_areas())) is not true then
        return;
    end if;
    return query
    select c.reason, count(distinct c.interview_id) from custody c
        where c.resolved_at is null and c.path ~>=~ within and c.path ~<~ (left(within, -1) || '/') group by c.reason
    union all
    select 'same_person', count(*) from findings f
        where f.code = 'same_person' and f.state = 'open' and f.path ~>=~ within and f.path ~<~ (left(within, -1) || '/')
            and not jpt_told_by_other(f, within);
end $$;

-- of a pair that lies wholly inside the area one side is listed
create or replace function jpt_told_by_other(f findings, within text) returns boolean
language sql stable set search_path = public, pg_temp as $$
    select exists (select from findings g
        where g.interview_id = f.other_interview_id and g.other_interview_id = f.interview_id
            and g.code = f.code and g.state = 'open' and g.path ~>=~ within and g.path ~<~ (left(within, -1) || '/')
            and g.interview_id < f.interview_id)
$$;

create or replace function jpt_desk_list(within text, wanted text, after_at timestamptz, after_key text,
    page integer)
returns table (at timestamptz, key text, kind text, custody bigint, finding bigint,
    interview uuid, household uuid, house_number text, path text, carrier_th text, size integer,
    waiting bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_reviews() is not true or (within ^@ any (jpt_areas())) is not true then
        return;
    end if;
    return query
    select l.at, l.key, l.kind, l.custody, l.finding, l.interview, l.household, h.house_number,
        l.path, a.name_th, l.size,
        (select count(*) from custody w where w.interview_id = l.interview and w.reason = l.kind
            and w.resolved_at is null)
    from (
        (select c.received_at as at, 'c' || to_char(c.id, 'FM0000000000000000000') as key,
            c.reason as kind, c.id as custody, null::bigint as finding,
            c.interview_id as interview, c.household_id as household, c.path, c.carried_by,
            octet_length(c.envelope) as size
        from custody c
        where c.resolved_at is null and c.path ~>=~ within and c.path ~<~ (left(within, -1) || '/') and wanted is distinct from 'same_person'
            and (wanted is null or c.reason = wanted)
            and (after_at is null or (c.received_at >= after_at and (c.received_at,
                'c' || to_char(c.id, 'FM0000000000000000000')) > (after_at, after_key)))
            and not exists (select from custody n where n.interview_id = c.interview_id
                and n.reason = c.reason and n.resolved_at is null and n.id > c.id)
        order by c.received_at, c.id limit page)
        union all
        (select f.opened_at, 'f' || to_char(f.id, 'FM0000000000000000000'), f.code, null, f.id,
            f.interview_id, f.household_id, f.path, null, null
        from findings f
        where f.code = 'same_person' and f.state = 'open' and f.path ~>=~ within and f.path ~<~ (left(within, -1) || '/')
            and (wanted is null or wanted = 'same_person')
            and (after_at is null or (f.opened_at >= after_at and (f.opened_at,
                'f' || to_char(f.id, 'FM0000000000000000000')) > (after_at, after_key)))
            and not jpt_told_by_other(f, within)
        order by f.opened_at, f.id limit page)
    ) l left join households h on h.id = l.household left join accounts a on a.id = l.carried_by
    order by l.at, l.key limit page;
end $$;
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(INDEX)
    op.execute(LISTS)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: what was settled at the desk would be lost")
