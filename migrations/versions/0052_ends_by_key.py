"""Find the two ends of a way, and the two sides of a finding, by their keys alone.

A condition with `or` beside a function's answer was asked of every fix there is, and what JSON holds
is guessed to be a hundred rows, for which whole interviews were read.
"""

from typing import Any

from alembic import op

revision = "0052_ends_by_key"
down_revision = "0051_walk_in_order"
branch_labels = None
depends_on = None

WAYS = """
create or replace function jpt_ways(of_interview uuid)
returns table (interview uuid, device uuid, at timestamptz, true_at timestamptz,
    accuracy float8, metres float8)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here constant geometry := (select i.point from interviews i where i.id = of_interview);
    ends constant uuid[] := jpt_beside(of_interview) || of_interview;
begin
    if jpt_role() is distinct from 'finder' or here is null then
        return;
    end if;
    return query
        select f.interview_id, f.device_id, f.at, f.true_at, coalesce(o.accuracy, 0),
            st_distancesphere(o.point, here)
        from unnest(ends) e
            cross join lateral (select * from fixes x where x.interview_id = e limit 1) f
            cross join lateral (select * from interviews x where x.id = e limit 1) o
        where o.point is not null;
end $$;
"""
JOINED = "join interviews i on i.id = {of}"
BY_KEY = "cross join lateral (select * from interviews x where x.id = {of} limit 1) i"


def upgrade() -> None:
    op.execute(WAYS)
    op.execute(_telling(JOINED, BY_KEY))


def downgrade() -> None:
    op.execute(_as_before("FIXES", "jpt_ways"))
    op.execute(_telling(JOINED, JOINED))


def _telling(before: str, after: str) -> str:
    """What tells findings, with its two joins written the other way."""
    made = _as_before("TELLING", "jpt_tell_findings")
    for of in ("of_interview", "s.id"):
        made = made.replace(before.format(of=of), after.format(of=of))
    return made


def _as_before(part: str, function: str) -> str:
    """The function as the migration before made it, to be put in place of the one there is."""
    module: Any = op.get_context().environment_context.script.get_revision("0039_follow_up").module  # type: ignore[union-attr]
    made = str(getattr(module, part)).split(f"create function {function}")[1]
    return f"create or replace function {function}" + made.split("end $$;")[0] + "end $$;"
