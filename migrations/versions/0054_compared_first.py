"""Accept at once only what has been compared with all others.

Photos, positions and persons are compared by a process of its own a moment after an interview came;
until then it has nothing to look at because nobody has looked.
"""

from alembic import op

revision = "0054_compared_first"
down_revision = "0053_count_by_index"
branch_labels = None
depends_on = None

GIVEN = "text, jsonb, text, date, text[], uuid, uuid, jsonb"
DECIDING = f"""
alter function jpt_decide({GIVEN}) rename to jpt_decide_seen;
revoke all on function jpt_decide_seen({GIVEN}) from jpt_app;

create function jpt_decide(act text, wanted jsonb, why text, until date, asked_again text[],
    gives_to uuid, in_batch uuid, said jsonb)
returns table (decision_id bigint, interview_id uuid, household_id uuid, village_code text,
    path text, was text)
language sql volatile security definer set search_path = public, pg_temp as $$
    select * from jpt_decide_seen(act, case when act = 'accepted' and in_batch is not null then (
            select coalesce(jsonb_agg(w.one), '[]') from jsonb_array_elements(wanted) w (one)
            where not exists (select from follow_ups u
                where u.interview_id = (w.one ->> 'interview')::uuid))
        else wanted end, why, until, asked_again, gives_to, in_batch, said)
$$;
revoke all on function jpt_decide({GIVEN}) from public;
grant execute on function jpt_decide({GIVEN}) to jpt_app;
"""  # noqa: S608 (types of our own)
FORMER = f"""
drop function jpt_decide({GIVEN});
alter function jpt_decide_seen({GIVEN}) rename to jpt_decide;
grant execute on function jpt_decide({GIVEN}) to jpt_app;
"""
CLEAN = """
create or replace function jpt_worklist_clean(within text, by_author uuid, most integer)
returns table (id uuid, digest bytea, village_code text)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    place record;
    area text;
    given integer := 0;
    now_given integer;
begin
    select * into place from jpt_reviewed_areas(within, false);
    for area in
        select a.path from areas a where place.looked <> '{{}}' and (
            (place.country and a.level = 'country') or a.code = any (place.districts)
            or a.code = any (place.villages))
        order by a.path
    loop
        return query select i.id, i.head_digest, i.village_code
            from jpt_review_walk(area, 'received', 'nothing', by_author, null, null, null,
                most - given) i
            where i.evidence_due = 0{compared};
        get diagnostics now_given = row_count;
        given := given + now_given;
        exit when given >= most;
    end loop;
end $$;
"""
COMPARED = """
                and not exists (select from follow_ups u where u.interview_id = i.id)"""


def upgrade() -> None:
    op.execute(DECIDING)
    op.execute(CLEAN.format(compared=COMPARED))


def downgrade() -> None:
    op.execute(FORMER)
    op.execute(CLEAN.format(compared=""))
