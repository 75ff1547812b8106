"""Draw every village that exists, and whole areas when far away.

A village with no household yet has no rollup, but it is there. From far away villages are too many
to draw (some 80,000 in the country), so their rollups are summed by province and district. Evidence
is a matter of interviewed households: one that nobody visited has no grade, on the map as in the
counts. A volunteer's filter starts from the villages of that volunteer.
"""

from alembic import op

revision = "0013_map_places"
down_revision = "0012_people"
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
create index ix_assignments_path on assignments (path text_pattern_ops) where ended_at is null;
create index ix_areas_without_boundary on areas (level)
    where boundary is null and level <> 'village';
"""

SPOTS = """
create function jpt_map_spots(shown text, box geometry)
returns table (code text, name_th text, path text, is_active boolean, spot geometry)
language sql stable set search_path = public, pg_temp as $$
    select a.code, a.name_th, a.path, a.is_active, v.point
    from villages v join areas a on a.code = v.code
    where shown = 'village' and v.point && box
    union all
    select a.code, a.name_th, a.path, a.is_active, st_centroid(b.boundary_simple)
    from areas b join villages v on v.subdistrict_code = b.code and v.point is null
        join areas a on a.code = v.code
    where shown = 'village' and b.level = 'subdistrict' and b.boundary && box
    union all
    select a.code, a.name_th, a.path, a.is_active, st_pointonsurface(a.boundary_simple)
    from areas a where shown <> 'village' and a.level = shown and a.boundary && box
    union all
    select a.code, a.name_th, a.path, a.is_active, st_centroid(st_collect(v.point))
    from areas a join areas w on w.level = 'village'
            and w.path ~>=~ a.path and w.path ~<~ (left(a.path, -1) || '/')
        join villages v on v.code = w.code
    where shown <> 'village' and a.level = shown and a.level <> 'village'
        and a.boundary is null
    group by a.code
$$;
"""

PLACES = f"""
create function jpt_map_places(z integer, x integer, y integer, shown text, within text,
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
    tile bytea;
begin
    if jpt_reviews() is not true or scope is null then
        return ''::bytea;
    end if;
    select st_asmvt(found.*, 'places', 4096, 'geom') into tile from (
        select a.code, a.name_th as name, shown as level, counted.n, {", ".join(f"p.{n}" for n in COUNTS)},
            st_asmvtgeom(st_transform(a.spot, 3857), envelope, 4096, 64, true) as geom
        from jpt_map_spots(shown, box) a
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

create function jpt_villages_of(volunteer uuid) returns text[]
language sql stable set search_path = public, pg_temp as $$
    select coalesce(array_agg(f.village_code), '{{}}') from (
        select s.village_code from assignments s
        where s.account_id = volunteer and s.ended_at is null
        union
        select i.village_code from interviews i where i.author_id = volunteer) f
$$;
"""  # noqa: S608 (our own constants)

HOUSEHOLDS = f"""
create function jpt_map_households(z integer, x integer, y integer, within text, volunteer uuid,
    wanted_state text, wanted_grade text) returns bytea
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    envelope constant geometry := st_tileenvelope(z, x, y);
    box constant geometry := st_transform(st_tileenvelope(z, x, y, margin => 64.0 / 4096), 4326);
    tile bytea;
begin
    if jpt_reviews() is not true or scope is null then
        return ''::bytea;
    end if;
    select st_asmvt(found.*, 'households', 4096, 'geom') into tile from (
        select h.id::text as id, h.state,
            case when h.interview_id is null then 'unseen' else h.evidence_grade end as grade,
            h.house_number as number,
            st_asmvtgeom(st_transform(h.point, 3857), envelope, 4096, 64, true) as geom
        from households h
        where h.point && box and h.round_id = this_round and h.path ^@ any (scope) and {MATCHES}
    ) found;
    return coalesce(tile, ''::bytea);
end $$;
"""  # noqa: S608 (our own constants)

LIST = f"""
create function jpt_map_list(within text, volunteer uuid, wanted_state text, wanted_grade text,
    after_village text, after_number text, after_id uuid, page integer)
returns table (id uuid, village_code text, village_th text, moo integer, village_households integer,
    village_received integer, village_longitude float8, village_latitude float8,
    house_number text, head_name text, state text, evidence_grade text, outcome text,
    longitude float8, latitude float8, is_placed boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    everything constant boolean := volunteer is null and wanted_state is null
        and wanted_grade is null;
    theirs constant text[] := jpt_villages_of(volunteer);
    village record;
    given integer;
    room integer := page;
begin
    if jpt_reviews() is not true or scope is null then
        return;
    end if;
    for village in
        select a.code, a.name_th, v.moo, coalesce(v.point, st_centroid(b.boundary_simple)) as point,
            p.todo + p.received + p.returned + p.accepted + p.custody + p.closed as households,
            p.received + p.accepted + p.closed as received
        from areas a join villages v on v.code = a.code
            left join areas b on b.code = v.subdistrict_code
            left join village_progress p on p.round_id = this_round and p.village_code = a.code
        where a.level = 'village' and a.path ^@ any (scope)
            and (within is null or a.path ^@ within) and a.code >= coalesce(after_village, '')
            and (volunteer is null or a.code = any (theirs))
            and ({COUNTED} > 0 or (everything and a.is_active))
        order by a.code
    loop
        return query
            select h.id, h.village_code, village.name_th, village.moo, village.households,
                village.received, st_x(village.point), st_y(village.point),
                h.house_number, h.head_name, h.state,
                case when h.interview_id is null then 'unseen' else h.evidence_grade end,
                h.outcome,
                st_x(coalesce(h.point, village.point)), st_y(coalesce(h.point, village.point)),
                h.point is not null
            from households h
            where h.village_code = village.code and h.round_id = this_round
                and (village.code > coalesce(after_village, '')
                     or (h.house_number, h.id) > (after_number, after_id))
                and {MATCHES}
            order by h.house_number, h.id limit room;
        get diagnostics given = row_count;
        if given = 0 and everything and coalesce(village.households, 0) = 0
            and village.code > coalesce(after_village, '') then
            return query select null::uuid, village.code, village.name_th, village.moo, 0, 0,
                st_x(village.point), st_y(village.point), ''::text, null::text, null::text,
                null::text, null::text, null::float8, null::float8, false;
            given := 1;
        end if;
        room := room - given;
        exit when room <= 0;
    end loop;
end $$;
"""  # noqa: S608 (our own constants)

NAMES = """
create function jpt_map_volunteers(within text) returns table (id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    with asked as (
        select s as path from unnest(jpt_areas()) s where within is null and jpt_reviews()
        union
        select within from unnest(jpt_areas()) s where within ^@ s and jpt_reviews()
        union
        select s from unnest(jpt_areas()) s where s ^@ within and jpt_reviews()
    ), found as (
        select distinct s.account_id as id from asked join assignments s
            on s.path ~>=~ asked.path and s.path ~<~ (left(asked.path, -1) || '/')
        where s.ended_at is null
            and s.round_id = (select r.id from rounds r where r.is_current)
        limit 501
    )
    select a.id, a.name_th from found join accounts a on a.id = found.id order by a.name_th, a.id
$$;
"""

OLD = (
    "jpt_map_households(integer, integer, integer, text, uuid, text, text)",
    "jpt_map_villages(integer, integer, integer, text, uuid, text, text)",
    "jpt_map_list(text, uuid, text, text, text, text, uuid, integer)",
    "jpt_map_volunteers(text)",
)
ASKED = (
    "jpt_map_households(integer, integer, integer, text, uuid, text, text)",
    "jpt_map_places(integer, integer, integer, text, text, uuid, text, text)",
    "jpt_map_list(text, uuid, text, text, text, text, uuid, integer)",
    "jpt_map_volunteers(text)",
)
INNER = ("jpt_map_spots(text, geometry)", "jpt_villages_of(uuid)")


def upgrade() -> None:
    op.execute(f"drop function {', '.join(OLD)}")
    for made in (INDEXES, SPOTS, PLACES, HOUSEHOLDS, LIST, NAMES):
        op.execute(made)
    op.execute(f"revoke all on function {', '.join(ASKED + INNER)} from public")
    op.execute(f"grant execute on function {', '.join(ASKED)} to jpt_app")


def downgrade() -> None:
    op.execute(f"drop function {', '.join((*ASKED, *INNER, 'jpt_interview_people(uuid)'))}")
    op.execute("drop index ix_assignments_path, ix_areas_without_boundary")
    before = op.get_context().environment_context.script.get_revision("0009_map")  # type: ignore[union-attr]
    before.module.upgrade()
