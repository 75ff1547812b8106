"""Let the map read fast: under row-level security an index on geometry serves nobody.

`&&` and `^@` are not leakproof, so a tile asked for by the application would read every household.
These functions run with the owner's rights and apply the asker's scope themselves; who reviews
nothing, or has no area, gets nothing.
"""

from alembic import op

revision = "0009_map"
down_revision = "0008_audit"
branch_labels = None
depends_on = None

MATCHES = """
    (within is null or h.path ^@ within)
    and (wanted_state is null or h.state = wanted_state)
    and (wanted_grade is null or h.evidence_grade = wanted_grade)
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
        select h.id::text as id, h.interview_id::text as interview, h.state,
            h.evidence_grade as grade, h.house_number as number,
            st_asmvtgeom(st_transform(h.point, 3857), envelope, 4096, 64, true) as geom
        from households h
        where h.point && box and h.round_id = this_round and h.path ^@ any (scope) and {MATCHES}
    ) found;
    return coalesce(tile, ''::bytea);
end $$;
"""  # noqa: S608 (our own constants)

VILLAGES = f"""
create function jpt_map_villages(z integer, x integer, y integer, within text, volunteer uuid,
    wanted_state text, wanted_grade text) returns bytea
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    envelope constant geometry := st_tileenvelope(z, x, y);
    box constant geometry := st_transform(st_tileenvelope(z, x, y, margin => 64.0 / 4096), 4326);
    rollup_serves constant boolean := volunteer is null
        and (wanted_state is null or wanted_grade is null);
    tile bytea;
begin
    if jpt_reviews() is not true or scope is null then
        return ''::bytea;
    end if;
    select st_asmvt(found.*, 'villages', 4096, 'geom') into tile from (
        select a.code as village, a.name_th as name, counted.n::integer as n,
            p.todo, p.received, p.returned, p.accepted, p.custody, p.closed,
            p.evidence_none, p.evidence_weak, p.evidence_good,
            st_asmvtgeom(st_transform(coalesce(v.point, st_centroid(b.boundary_simple)), 3857),
                envelope, 4096, 64, true) as geom
        from village_progress p
            join villages v on v.code = p.village_code
            join areas a on a.code = v.code
            left join areas b on b.code = v.subdistrict_code and v.point is null
            cross join lateral (select case when rollup_serves then {COUNTED} else (
                select count(*) from households h where h.round_id = this_round
                    and h.village_code = v.code and {MATCHES}) end as n) counted
        where p.round_id = this_round and p.path ^@ any (scope)
            and (within is null or p.path ^@ within)
            and (v.point && box or (v.point is null and b.boundary_simple && box))
            and counted.n > 0
    ) found;
    return coalesce(tile, ''::bytea);
end $$;
"""  # noqa: S608 (our own constants)

LIST = f"""
create function jpt_map_list(within text, volunteer uuid, wanted_state text, wanted_grade text,
    after_village text, after_number text, after_id uuid, page integer)
returns table (id uuid, interview_id uuid, village_code text, village_th text, moo integer,
    house_number text, head_name text, state text, evidence_grade text, outcome text,
    longitude float8, latitude float8, is_placed boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    village record;
    given integer;
    room integer := page;
begin
    if jpt_reviews() is not true or scope is null then
        return;
    end if;
    for village in
        select a.code, a.name_th, v.moo, coalesce(v.point, st_centroid(b.boundary_simple)) as point
        from areas a join villages v on v.code = a.code
            left join areas b on b.code = v.subdistrict_code
            left join village_progress p on p.round_id = this_round and p.village_code = a.code
        where a.level = 'village' and a.path ^@ any (scope)
            and (within is null or a.path ^@ within) and a.code >= coalesce(after_village, '')
            and (p.village_code is null or {COUNTED} > 0)
        order by a.code
    loop
        return query
            select h.id, h.interview_id, h.village_code, village.name_th, village.moo,
                h.house_number, h.head_name, h.state, h.evidence_grade, h.outcome,
                st_x(coalesce(h.point, village.point)), st_y(coalesce(h.point, village.point)),
                h.point is not null
            from households h
            where h.village_code = village.code and h.round_id = this_round
                and (village.code > coalesce(after_village, '')
                     or (h.house_number, h.id) > (after_number, after_id))
                and {MATCHES}
            order by h.house_number, h.id limit room;
        get diagnostics given = row_count;
        room := room - given;
        exit when room <= 0;
    end loop;
end $$;
"""  # noqa: S608 (our own constants)

NAMES = """
create function jpt_map_volunteers(within text) returns table (id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.id, a.name_th from accounts a
    where jpt_reviews() and exists (
        select from assignments s where s.account_id = a.id and s.ended_at is null
            and s.path ^@ any (jpt_areas()) and (within is null or s.path ^@ within))
    order by a.name_th, a.id limit 500
$$;

create function jpt_interview_people(interview uuid) returns table (id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct a.id, a.name_th
    from revisions r join accounts a on a.id = r.author_id
    where jpt_reviews() and r.interview_id = interview and r.path ^@ any (jpt_areas())
$$;
"""

SIGNATURES = (
    "jpt_map_households(integer, integer, integer, text, uuid, text, text)",
    "jpt_map_villages(integer, integer, integer, text, uuid, text, text)",
    "jpt_map_list(text, uuid, text, text, text, text, uuid, integer)",
    "jpt_map_volunteers(text)",
    "jpt_interview_people(uuid)",
)


def upgrade() -> None:
    for made in (HOUSEHOLDS, VILLAGES, LIST, NAMES):
        op.execute(made)
    op.execute(f"revoke all on function {', '.join(SIGNATURES)} from public")
    op.execute(f"grant execute on function {', '.join(SIGNATURES)} to jpt_app")


def downgrade() -> None:
    op.execute(f"drop function {', '.join(SIGNATURES)}")
