"""Tell check 8's unusual incomes as findings, so that reviewers meet them where they review.

The reckoner judges a village and tells what is unusual and not in order; what no longer is is
cleared. A person's word stays: an explanation is a clearance of check 8, for the revision that was
seen, so what the reckoner still tells after another revision is open again.
"""

from alembic import op

revision = "0062_income_findings"
down_revision = "0061_forum_recording"
branch_labels = None
depends_on = None

TELL = """
create function jpt_tell_incomes(round text, village text, told jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() is distinct from 'reckoner' then
        return;
    end if;
    with wanted as (
        select i.id, i.household_id, i.village_code, i.path, i.author_id, t.code, t.weight, t.detail
        from jsonb_to_recordset(told) t (interview uuid, code text, weight smallint, detail jsonb)
            join interviews i on i.id = t.interview
    ), gone as (
        update findings f set state = 'cleared', closed_at = now(), closed_by = null,
            closing_reason = 'no-longer'
        where f.village_code = village and f.round_id = round and f.source = 'income'
            and f.state = 'open' and not exists (select from wanted w
                where w.id = f.interview_id and w.code = f.code and w.author_id = f.account_id)
    )
    insert into findings as f (round_id, code, source, interview_id, household_id, account_id,
        village_code, path, weight, detail)
    select round, w.code, 'income', w.id, w.household_id, w.author_id, w.village_code, w.path,
        w.weight, w.detail from wanted w
    on conflict (code, interview_id, account_id, other_interview_id) do update set
        detail = excluded.detail, weight = excluded.weight, state = 'open', closed_at = null,
        closed_by = null, closing_reason = null
    where f.detail <> excluded.detail or f.weight <> excluded.weight or f.state <> 'open';
end $$;
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(TELL)
    op.execute("revoke all on function jpt_tell_incomes(text, text, jsonb) from public")
    op.execute("grant execute on function jpt_tell_incomes(text, text, jsonb) to jpt_app")
    # every village is judged again, so that what is unusual now is told
    op.execute("""
        insert into quality_due
        select p.village_code from village_progress p join rounds r on r.id = p.round_id
        where r.is_current
    """)


def downgrade() -> None:
    op.execute(
        "delete from finding_replies r using findings f "
        "where f.id = r.finding_id and f.source = 'income'"
    )
    op.execute("delete from findings where source = 'income'")
    op.execute("drop function jpt_tell_incomes(text, text, jsonb)")
