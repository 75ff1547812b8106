"""Read for the map no more than is looked at: one district's villages, one page of the list.

A plan that the server tells (tests/house/test_queries.py) showed that the list's first page read
every village of the country, and that a district's tile read its neighbours'. Districts and smaller
are now read by their path, in its order, and only as far as the page needs; where an area has no
boundary, its first village with a point stands for it.
"""

from alembic import op

revision = "0031_map_reading"
down_revision = "0030_narrow_rights"
branch_labels = None
depends_on = None

MATCHES = """
    (within is null or h.path ^@ within)
    and (wanted_state is null or h.state = wanted_state)
    and (wanted_grade is null or (h.evidence_grade = wanted_grade and h.interview_id is not null))
    and (volunteer is null
         or exists (select from assignments s where s.account_id = volunteer
                    and s.village_code = h.village_code and s.ended_at is null
                    and (s.household_id is null or s.household_id = h.id))
         or exists (select from interviews i where i.id = h.interview_id
                    and i.author_id = volunteer))
"""

COUNTED = """
    case when wanted_state is not null then
        case wanted_state when 'todo' then p.todo when 'received' then p.received
            when 'returned' then p.returned when 'accepted' then p.accepted
            when 'custody' then p.custody when 'closed' then p.closed end
    when wanted_grade is not null then
        case wanted_grade when 'none' then p.evidence_none when 'weak' then p.evidence_weak
            when 'good' then p.evidence_good end
    else p.todo + p.received + p.returned + p.accepted + p.custody + p.closed end
"""

COUNTS = (
    "todo",
    "received",
    "returned",
    "accepted",
    "custody",
    "closed",
    "evidence_none",
    "evidence_weak",
    "evidence_good",
)
SUMS = ", ".join(f"coalesce(sum(p.{name}), 0)::integer as {name}" for name in COUNTS)

INDEXES = """
set local lock_timeout = '5s';
create index ix_areas_level_path on areas (level, path) where level <> 'village';
"""

LOOKED = """
create function jpt_looked_at(within text) returns text[]
language sql stable set search_path = public, pg_temp as $$
    with asked as (
        select s as path from unnest(jpt_areas()) s where within is null or s ^@ within
        union
        select within from unnest(jpt_areas()) s where within ^@ s
    )
    select coalesce(array_agg(a.path order by a.path), '{}') from asked a
    where not exists (select from asked o where a.path ^@ o.path and a.path <> o.path)
$$;
"""

SPOTS = """
drop function jpt_map_spots(text, geometry);
create function jpt_map_spots(shown text, box geometry, looked text[], is_narrow boolean)
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
        join areas b on b.code = v.subdistrict_code
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

PLACES = f"""
create or replace function jpt_map_places(z integer, x integer, y integer, shown text, within text,
    volunteer uuid, wanted_state text, wanted_grade text) returns bytea
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    envelope constant geometry := st_tileenvelope(z, x, y);
    box constant geometry := st_transform(st_tileenvelope(z, x, y, margin => 64.0 / 4096), 4326);
    rollup_serves constant boolean := volunteer is null
        and (wanted_state is null or wanted_grade is null);
    everything constant boolean := volunteer is null and wanted_state is null
        and wanted_grade is null;
    theirs constant text[] := jpt_villages_of(volunteer);
    looked constant text[] := jpt_looked_at(within);
    is_narrow constant boolean := (
        select bool_and(length(l) - length(replace(l, '.', '')) >= 3) from unnest(looked) l);
    tile bytea;
begin
    if jpt_reviews() is not true or scope is null then
        return ''::bytea;
    end if;
    select st_asmvt(found.*, 'places', 4096, 'geom') into tile from (
        select a.code, a.name_th as name, shown as level, counted.n, {", ".join(f"p.{n}" for n in COUNTS)},
            st_asmvtgeom(st_transform(a.spot, 3857), envelope, 4096, 64, true) as geom
        from jpt_map_spots(shown, box, looked, is_narrow) a
            cross join lateral (
                select {SUMS} from village_progress p
                where p.round_id = this_round and p.path ~>=~ a.path
                    and p.path ~<~ (left(a.path, -1) || '/') and p.path ^@ any (scope)
                    and (within is null or p.path ^@ within)) p
            cross join lateral (select (case when rollup_serves then {COUNTED}
                when volunteer is not null then (
                    select count(*) from households h where h.round_id = this_round
                        and h.village_code = any (theirs) and h.path ^@ a.path
                        and h.path ^@ any (scope) and {MATCHES})
                else (
                    select count(*) from households h where h.round_id = this_round
                        and h.path ~>=~ a.path and h.path ~<~ (left(a.path, -1) || '/')
                        and h.path ^@ any (scope) and {MATCHES}) end)::integer as n) counted
        where a.spot && box and (counted.n > 0 or (everything and a.is_active))
            and (a.path ^@ any (scope)
                 or exists (select from unnest(scope) s where s ^@ a.path))
            and (within is null or a.path ^@ within or within ^@ a.path)
    ) found where found.geom is not null;
    return coalesce(tile, ''::bytea);
end $$;
"""  # noqa: S608 (our own constants)

LIST = f"""
create or replace function jpt_map_list(within text, volunteer uuid, wanted_state text,
    wanted_grade text, after_village text, after_number text, after_id uuid, page integer)
returns table (id uuid, village_code text, village_th text, moo integer, village_households integer,
    village_received integer, village_longitude float8, village_latitude float8,
    house_number text, head_name text, state text, evidence_grade text, outcome text,
    longitude float8, latitude float8, is_placed boolean)
language plpgsql stable security definer
set search_path = public, pg_temp set cursor_tuple_fraction = 0.001 as $$
declare
    this_round constant text := (select r.id from rounds r where r.is_current);
    everything constant boolean := volunteer is null and wanted_state is null
        and wanted_grade is null;
    theirs constant text[] := jpt_villages_of(volunteer);
    began constant text := coalesce((select a.path from areas a where a.code = after_village), '');
    looked text;
    villages refcursor;
    at record;
    village record;
    given integer;
    room integer := page;
begin
    if jpt_reviews() is not true or (wanted_state = 'todo' and wanted_grade is not null) then
        return;  -- evidence is a matter of interviewed households
    end if;
    foreach looked in array jpt_looked_at(within) loop
        continue when left(looked, -1) || '/' <= began;
        if everything then
            open villages for select a.code, a.path from areas a
                where a.level = 'village' and a.path >= greatest(looked, began)
                    and a.path < (left(looked, -1) || '/') order by a.path;
        elsif volunteer is not null then
            open villages for select a.code, a.path from areas a
                where a.code = any (theirs) and a.path >= greatest(looked, began)
                    and a.path < (left(looked, -1) || '/') order by a.path;
        else
            open villages for select p.village_code as code, p.path from village_progress p
                where p.round_id = this_round and p.path ~>=~ greatest(looked, began)
                    and p.path ~<~ (left(looked, -1) || '/') and {COUNTED} > 0
                order by p.path using ~<~;
        end if;
        loop
            fetch villages into at;
            exit when not found;
            select a.name_th, a.is_active, v.moo,
                coalesce(v.point, st_centroid(b.boundary_simple)) as point,
                p.todo + p.received + p.returned + p.accepted + p.custody + p.closed as households,
                p.received + p.accepted + p.closed as received
            into village from areas a join villages v on v.code = a.code
                join areas b on b.code = v.subdistrict_code
                left join village_progress p
                    on p.round_id = this_round and p.village_code = a.code
            where a.code = at.code;
            return query
                select h.id, h.village_code, village.name_th, village.moo, village.households,
                    village.received, st_x(village.point), st_y(village.point),
                    h.house_number, h.head_name, h.state,
                    case when h.interview_id is null then 'unseen' else h.evidence_grade end,
                    h.outcome,
                    st_x(coalesce(h.point, village.point)), st_y(coalesce(h.point, village.point)),
                    h.point is not null
                from households h
                where h.village_code = at.code and h.round_id = this_round
                    and (at.path > began or (h.house_number, h.id) > (after_number, after_id))
                    and {MATCHES}
                order by h.house_number, h.id limit room;
            get diagnostics given = row_count;
            if given = 0 and everything and village.is_active and at.path > began
                and coalesce(village.households, 0) = 0 then
                return query select null::uuid, at.code, village.name_th, village.moo, 0, 0,
                    st_x(village.point), st_y(village.point), ''::text, null::text, null::text,
                    null::text, null::text, null::float8, null::float8, false;
                given := 1;
            end if;
            room := room - given;
            if room <= 0 then
                close villages;
                return;
            end if;
        end loop;
        close villages;
    end loop;
end $$;
"""  # noqa: S608 (our own constants)


def upgrade() -> None:
    for made in (INDEXES, LOOKED, SPOTS, PLACES, LIST):
        op.execute(made)
    made = "jpt_looked_at(text), jpt_map_spots(text, geometry, text[], boolean)"
    op.execute(f"revoke all on function {made} from public")


def downgrade() -> None:
    before = op.get_context().environment_context.script.get_revision("0013_map_places").module  # type: ignore[union-attr]
    op.execute("drop function jpt_map_spots(text, geometry, text[], boolean)")
    op.execute(before.SPOTS)
    op.execute("revoke all on function jpt_map_spots(text, geometry) from public")
    for made in (before.PLACES.split("create function jpt_villages_of")[0], before.LIST):
        op.execute(made.replace("create function", "create or replace function"))
    op.execute("drop function jpt_looked_at(text); drop index ix_areas_level_path")
