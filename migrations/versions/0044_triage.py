"""Choose households on the map to be looked at one after another, and show which have findings.

A lasso's corners come in a request's body and go to this function; they are in no address and no
log. Who interviewed nobody there has nothing to look at, so only interviewed households are chosen.
"""

from typing import Any

from alembic import op

revision = "0044_triage"
down_revision = "0043_counted_houses"
branch_labels = None
depends_on = None

CHOSEN = """
create function jpt_map_chosen(outline text, village text, only_ids uuid[], within text,
    volunteer uuid, wanted_state text, wanted_grade text, only_found boolean, room integer)
returns table (id uuid, village_code text, village_th text, moo integer, house_number text,
    head_name text, state text, evidence_grade text, longitude float8, latitude float8,
    is_placed boolean, weight integer, found integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    scope constant text[] := jpt_areas();
    this_round constant text := (select r.id from rounds r where r.is_current);
    shape constant geometry := st_makevalid(st_geomfromtext(outline, 4326));
begin
    if jpt_reviews() is not true or scope is null then
        return;
    end if;
    return query
        select h.id, h.village_code, a.name_th, v.moo, h.house_number, h.head_name, h.state,
            h.evidence_grade, st_x(coalesce(h.point, v.point)), st_y(coalesce(h.point, v.point)),
            h.point is not null, i.review_weight::integer, i.findings_weight::integer
        from (
            select p.* from households p where shape is not null
                and p.point && shape and st_covers(shape, p.point)
            union all
            select p.* from households p
            where p.village_code = village and p.round_id = this_round
            union all
            select p.* from households p where p.id = any (only_ids)) h
            join interviews i on i.id = h.interview_id
            join villages v on v.code = h.village_code
            join areas a on a.code = h.village_code
        where h.round_id = this_round and h.path ^@ any (scope)
            and (only_found is not true or i.findings_weight > 0) and @MATCHES@
        order by i.review_weight desc, h.village_code, h.house_number, h.id limit room;
end $$;
"""

HOUSEHOLDS = """
create or replace function jpt_map_households(z integer, x integer, y integer, within text,
    volunteer uuid, wanted_state text, wanted_grade text) returns bytea
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
    select st_asmvt(told.*, 'households', 4096, 'geom') into tile from (
        select h.id::text as id, h.state,
            case when h.interview_id is null then 'unseen' else h.evidence_grade end as grade,
            case when coalesce(i.findings_weight, 0) > 0 then 1 else 0 end as found,
            h.house_number as number,
            st_asmvtgeom(st_transform(h.point, 3857), envelope, 4096, 64, true) as geom
        from households h left join interviews i on i.id = h.interview_id
        where h.point && box and h.round_id = this_round and h.path ^@ any (scope) and @MATCHES@
    ) told;
    return coalesce(tile, ''::bytea);
end $$;
"""

ASKED = "jpt_map_chosen(text, text, uuid[], text, uuid, text, text, boolean, integer)"


def upgrade() -> None:
    op.execute(CHOSEN.replace("@MATCHES@", _matches()))
    op.execute(HOUSEHOLDS.replace("@MATCHES@", _matches()))
    op.execute(f"revoke all on function {ASKED} from public")
    op.execute(f"grant execute on function {ASKED} to jpt_app")


def downgrade() -> None:
    op.execute(f"drop function {ASKED}")
    made = str(_module("0013_map_places").HOUSEHOLDS)
    op.execute(made.replace("create function", "create or replace function"))


def _matches() -> str:
    """What the map's filters mean, as where they were first written."""
    return str(_module("0013_map_places").MATCHES)


def _module(revision: str) -> Any:
    return op.get_context().environment_context.script.get_revision(revision).module  # type: ignore[union-attr]
