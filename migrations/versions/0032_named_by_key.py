"""Read of people and villages only those asked about, as the plans of a large register showed.

A `limit` in a lateral keeps the planner to one row by its key. Without it a guess of many rows made
it read every account of the country to name the three volunteers of a village.
"""

from alembic import op

revision = "0032_named_by_key"
down_revision = "0031_map_reading"
branch_labels = None
depends_on = None

NAMES = """
create or replace function jpt_map_volunteers(within text) returns table (id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    with found as (
        select distinct s.account_id as id
        from unnest(jpt_looked_at(within)) l
            cross join lateral (
                select g.account_id from assignments g
                where g.path ~>=~ l and g.path ~<~ (left(l, -1) || '/') and g.ended_at is null
                    and g.round_id = (select r.id from rounds r where r.is_current)
                order by g.path using ~<~ limit 20000) s
        where jpt_reviews()
        limit 501
    )
    select f.id, a.name_th from found f
        cross join lateral (select c.name_th from accounts c where c.id = f.id limit 1) a
    order by a.name_th, f.id
$$;
"""

SPOTS = """
create or replace function jpt_map_spots(shown text, box geometry, looked text[], is_narrow boolean)
returns table (code text, name_th text, path text, is_active boolean, spot geometry)
language sql stable set search_path = public, pg_temp as $$
    select a.code, a.name_th, a.path, a.is_active, v.point
    from villages v join areas a on a.code = v.code
    where shown = 'village' and not is_narrow and v.point && box
    union all
    select a.code, a.name_th, a.path, a.is_active, st_centroid(b.boundary_simple)
    from areas b join villages v on v.subdistrict_code = b.code and v.point is null
        join areas a on a.code = v.code
    where shown = 'village' and not is_narrow and b.level = 'subdistrict' and b.boundary && box
    union all
    select a.code, a.name_th, a.path, a.is_active,
        coalesce(v.point, st_centroid(b.boundary_simple))
    from unnest(looked) l
        cross join lateral (
            select w.* from areas w where w.path >= l and w.path < (left(l, -1) || '/')
            order by w.path limit 20000) a
        cross join lateral (select n.* from villages n where n.code = a.code limit 1) v
        cross join lateral (
            select o.boundary_simple from areas o where o.code = v.subdistrict_code limit 1) b
    where shown = 'village' and is_narrow
    union all
    select a.code, a.name_th, a.path, a.is_active, st_pointonsurface(a.boundary_simple)
    from areas a where shown <> 'village' and a.level = shown and a.boundary && box
    union all
    select a.code, a.name_th, a.path, a.is_active, f.point
    from areas a cross join lateral (
        select v.point from areas w join villages v on v.code = w.code
        where w.level = 'village' and v.point is not null
            and w.path >= a.path and w.path < (left(a.path, -1) || '/')
        order by w.path limit 1) f
    where shown <> 'village' and a.level = shown and a.level <> 'village' and a.boundary is null
$$;
"""

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
OF_VILLAGE = ", ".join(f"p.{name}" for name in (*STATES, "people"))
OF_HOUSEHOLD = ", ".join(f"(h.state = '{name}')::integer" for name in STATES)
ADDED = ", ".join(f"sum(c.{name})::bigint" for name in (*STATES, "people"))
LISTED = ", ".join((*STATES, "people"))

VOLUNTEERS = f"""
create or replace function jpt_progress_volunteers(within text, most integer)
returns table (id uuid, name_th text, villages bigint, is_shared boolean,
    {", ".join(f"{name} bigint" for name in (*STATES, "people"))})
language sql stable security definer set search_path = public, pg_temp as $$
    with asked as (
        select within as path from unnest(jpt_areas()) s where jpt_reviews() and within ^@ s
        limit 1
    ), given as (
        select s.account_id, s.village_code, s.household_id, s.round_id
        from asked a cross join lateral (
            select g.* from assignments g
            where g.path ~>=~ a.path and g.path ~<~ (left(a.path, -1) || '/')
                and g.ended_at is null
            order by g.path using ~<~ limit 100000) s
        union all
        select s.account_id, s.village_code, s.household_id, s.round_id from assignments s
        where jpt_role() = 'volunteer' and s.account_id = jpt_account() and s.ended_at is null
    ), now_given as (
        select distinct g.account_id, g.village_code, g.household_id, g.round_id from given g
        where g.round_id = (select r.id from rounds r where r.is_current)
    ), whole as (
        select g.account_id, g.village_code, g.round_id,
            count(*) over (partition by g.village_code) > 1 as is_shared
        from now_given g where g.household_id is null
    ), single as (
        select g.account_id, g.village_code, g.household_id from now_given g
        where g.household_id is not null and not exists (
            select from whole w
            where w.account_id = g.account_id and w.village_code = g.village_code)
    ), counted (account_id, village_code, is_shared, {LISTED}) as (
        select w.account_id, w.village_code, w.is_shared, {OF_VILLAGE}
        from whole w cross join lateral (
            select v.* from village_progress v
            where v.round_id = w.round_id and v.village_code = w.village_code limit 1) p
        union all
        select x.account_id, x.village_code, false, {OF_HOUSEHOLD}, coalesce(i.people, 0)
        from single x
            cross join lateral (
                select o.* from households o where o.id = x.household_id limit 1) h
            left join lateral (
                select v.people from interviews v where v.id = h.interview_id limit 1) i on true
    )
    select c.account_id, a.name_th, count(distinct c.village_code), bool_or(c.is_shared), {ADDED}
    from counted c cross join lateral (
        select n.name_th from accounts n where n.id = c.account_id limit 1) a
    group by c.account_id, a.name_th order by sum(c.todo) desc, a.name_th, c.account_id limit most
$$;
"""  # noqa: S608 (our own constants)


def upgrade() -> None:
    for made in (NAMES, SPOTS, VOLUNTEERS):
        op.execute(made)


def downgrade() -> None:
    """What these functions answer is the same before and after: only how they read differs."""
