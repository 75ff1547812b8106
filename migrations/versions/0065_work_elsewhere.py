"""Find who works in an area and belongs elsewhere by taking away who belongs there, in one pass.

Each volunteer with work in a province was looked up by their key, anew for every list of check 3.
"""

from alembic import op

revision = "0065_work_elsewhere"
down_revision = "0064_next_revision"
branch_labels = None
depends_on = None

NAMED = """(asked ^@ any (s.order_paths)
            or exists (select from unnest(s.order_paths) o where o ^@ asked))"""
COLUMNS = "s.account_id, s.path, s.home_path, s.order_paths"
BELONG = f"""select {COLUMNS} from volunteer_standings s
        where s.is_working and s.path ~>=~ within and s.path ~<~ beyond"""  # noqa: S608
WORK = f"""select {COLUMNS}
        from (select g.account_id from assignments g where g.ended_at is null
                and g.round_id = round and g.path ~>=~ within and g.path ~<~ beyond
            except select b.account_id from volunteer_standings b
            where b.is_working and b.path ~>=~ within and b.path ~<~ beyond) g
            cross join lateral (
                select t.* from volunteer_standings t where t.account_id = g.account_id limit 1) s
        where s.is_working and not s.path ^@ within"""  # noqa: S608
WANTED = f"""case which when 'without_order' then not {NAMED}
            when 'not_local' then not s.home_path ^@ within
            when 'home_unknown' then s.home_path is null end"""
LATER = """(after_id is null or s.path ~>~ after_path
            or s.path = after_path and s.account_id > after_id)"""

CHECKED = """
create or replace function jpt_standing_counts(round text, within text)
returns table (volunteers bigint, appointed bigint, local bigint, not_local bigint,
    home_unknown bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    asked constant text := round || ' ' || within;
    beyond constant text := left(within, -1) || '/';
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    return query select count(*), count(*) filter (where {named}),
        count(*) filter (where s.home_path ^@ within),
        count(*) filter (where not s.home_path ^@ within),
        count(*) filter (where s.home_path is null)
    from ({belong}
        union all
        {work}) s;
end $$;

create or replace function jpt_standing_list(round text, within text, which text, after_path text,
    after_id uuid, page integer)
returns table (account uuid, name_th text, path text, villages bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    asked constant text := round || ' ' || within;
    beyond constant text := left(within, -1) || '/';
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    return query
    select s.account_id, a.name_th, s.path, (select count(distinct g.village_code)
        from assignments g where g.account_id = s.account_id and g.ended_at is null
            and g.round_id = round and g.path ^@ within)
    from (
        (select s.account_id, s.path from ({belong}) s where {wanted} and {later}
            order by s.path using ~<~, s.account_id limit page)
        union all
        (select s.account_id, s.path from ({work}) s where {wanted} and {later}
            order by s.path using ~<~, s.account_id limit page)
        order by 2 using ~<~, 1 limit page) s
        join accounts a on a.id = s.account_id
    order by s.path using ~<~, s.account_id;
end $$;
"""


def upgrade() -> None:
    op.execute(CHECKED.format(named=NAMED, belong=BELONG, work=WORK, wanted=WANTED, later=LATER))


def downgrade() -> None:
    """Both forms tell the same: only how they read differs."""
