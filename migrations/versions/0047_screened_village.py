"""Screening's list of one village reads that village alone.

The same question is asked to name one volunteer; it walked the whole district.
"""

from alembic import op

revision = "0047_screened_village"
down_revision = "0046_every_village"
branch_labels = None
depends_on = None

BRANCH = """
        (select v.* from volunteer_screenings v
        where {where}
            and v.round_id = of_round and v.path ^@ within and v.path ^@ any (mine)
            and (v.rank < from_rank
                or v.rank = from_rank and (v.account_id, v.village_code) > (from_account, from_village))
        order by v.rank desc, v.account_id, v.village_code limit most)
"""
WHERE = (
    "length(of_area) >= 8 and v.village_code = of_area",
    "length(of_area) in (4, 6) and left(v.village_code, 4) = left(of_area, 4)",
    "length(of_area) < 4",
)
BEFORE = (
    "length(of_area) >= 4 and left(v.village_code, 4) = left(of_area, 4)",
    "length(of_area) < 4",
)

LISTING = """
create or replace function jpt_screened(of_round text, of_area text, from_rank real,
    from_account uuid, from_village text, most integer)
returns table (account_id uuid, name_th text, village_code text, village_th text, moo integer,
    subdistrict_th text, district_th text, interviews integer, judged integer, standing_out integer,
    usual_share real, rank real, reasons jsonb, updated_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    within constant text := (select a.path from areas a where a.code = of_area);
    mine constant text[] := jpt_areas();
begin
    if jpt_reviews() is not true or within is null then
        return;
    end if;
    return query
    with found as ({branches})
    select f.account_id, a.name_th, f.village_code, n.name_th, w.moo, s.name_th, d.name_th,
        f.interviews, f.judged, f.standing_out, f.usual_share, f.rank, f.reasons, f.updated_at
    from found f
        join accounts a on a.id = f.account_id
        join areas n on n.code = f.village_code
        join villages w on w.code = f.village_code
        join areas s on s.code = w.subdistrict_code
        join areas d on d.code = left(f.village_code, 4)
    order by f.rank desc, f.account_id, f.village_code;
end $$;
"""


def _listing(branches: tuple[str, ...]) -> str:
    asked = "        union all".join(BRANCH.format(where=where) for where in branches)
    return LISTING.format(branches=asked)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(_listing(WHERE))


def downgrade() -> None:
    op.execute(_listing(BEFORE))
