"""Sum the villages' counts for any area in one question, whatever its size.

Under row-level security the path index serves nobody, so a province's page read every village of
the country. These functions run with the owner's rights and apply the asker's scope themselves.
Figures of areas are for every role; what each volunteer has done is for those who review, and for
the volunteer.
"""

from alembic import op

revision = "0023_area_progress"
down_revision = "0022_lighter_writes"
branch_labels = None
depends_on = None

NAMES = (
    "todo",
    "received",
    "returned",
    "accepted",
    "custody",
    "closed",
    "people",
    "evidence_none",
    "evidence_weak",
    "evidence_good",
)
COLUMNS = ", ".join(f"{name} bigint" for name in NAMES)
SUMS = ", ".join(f"coalesce(sum(p.{name}), 0)" for name in NAMES)

AREAS = f"""
create function jpt_progress(asked text[]) returns table (path text, {COLUMNS})
language sql stable security definer set search_path = public, pg_temp as $$
    select a.path, s.*
    from unnest(asked) a (path)
        cross join lateral (
            select {SUMS} from village_progress p
            where p.round_id = (select r.id from rounds r where r.is_current)
                and p.path ~>=~ a.path and p.path ~<~ (left(a.path, -1) || '/')) s
    where jpt_role() in ('volunteer', 'inspector', 'viewer', 'officer')
        and a.path ^@ any (jpt_areas())
$$;
"""  # noqa: S608 (our own constants)

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
OF_VILLAGE = ", ".join(f"p.{name}" for name in (*STATES, "people"))
OF_HOUSEHOLD = ", ".join(f"(h.state = '{name}')::integer" for name in STATES)
ADDED = ", ".join(f"sum(c.{name})::bigint" for name in (*STATES, "people"))
LISTED = ", ".join((*STATES, "people"))

VOLUNTEERS = f"""
create function jpt_progress_volunteers(within text, most integer)
returns table (id uuid, name_th text, villages bigint, is_shared boolean,
    {", ".join(f"{name} bigint" for name in (*STATES, "people"))})
language sql stable security definer set search_path = public, pg_temp as $$
    with asked as (
        select within as path from unnest(jpt_areas()) s where jpt_reviews() and within ^@ s
        limit 1
    ), given as (
        select s.account_id, s.village_code, s.household_id, s.round_id
        from asked a join assignments s
            on s.path ~>=~ a.path and s.path ~<~ (left(a.path, -1) || '/')
        where s.ended_at is null
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
        from whole w join village_progress p
            on p.round_id = w.round_id and p.village_code = w.village_code
        union all
        select x.account_id, x.village_code, false, {OF_HOUSEHOLD}, coalesce(i.people, 0)
        from single x join households h on h.id = x.household_id
            left join interviews i on i.id = h.interview_id
    )
    select a.id, a.name_th, count(distinct c.village_code), bool_or(c.is_shared), {ADDED}
    from counted c join accounts a on a.id = c.account_id
    group by a.id, a.name_th order by sum(c.todo) desc, a.name_th, a.id limit most
$$;
"""  # noqa: S608 (our own constants)

SIGNATURES = ("jpt_progress(text[])", "jpt_progress_volunteers(text, integer)")


def upgrade() -> None:
    for made in (AREAS, VOLUNTEERS):
        op.execute(made)
    op.execute(f"revoke all on function {', '.join(SIGNATURES)} from public")
    op.execute(f"grant execute on function {', '.join(SIGNATURES)} to jpt_app")


def downgrade() -> None:
    op.execute(f"drop function {', '.join(SIGNATURES)}")
