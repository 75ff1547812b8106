"""Let inspectors decide, by one function that judges the scope, the state and the revision seen.

It is the only way by which a decision comes to be: the application has no right to write one, nor to
change what an interview says. One statement moves interview, household and the village's counts, so
that they cannot part. Households are locked before interviews, as intake does.
"""

from alembic import op

revision = "0036_deciding"
down_revision = "0035_review"
branch_labels = None
depends_on = None

DECIDING = """
create function jpt_decide(act text, wanted jsonb, why text, until date, asked_again text[],
    gives_to uuid, in_batch uuid, said jsonb)
returns table (decision_id bigint, interview_id uuid, household_id uuid, village_code text,
    path text, was text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    before constant text[] := case
        when act = 'accepted' and in_batch is not null then array['received']
        when act in ('accepted', 'returned', 'evidence_again') then array['received', 'returned']
        when act = 'withdrawn' then array['accepted', 'returned'] end;
    after constant text := case act when 'accepted' then 'accepted' when 'withdrawn' then 'received'
        else 'returned' end;
begin
    if jpt_reviews() is not true or before is null then
        return;
    end if;
    perform from households h
        where h.id in (select i.household_id from jsonb_to_recordset(wanted) w (interview uuid)
            join interviews i on i.id = w.interview where i.path ^@ any (jpt_areas()))
        order by h.id for update;
    perform from interviews i
        where i.id in (select w.interview from jsonb_to_recordset(wanted) w (interview uuid))
            and i.path ^@ any (jpt_areas())
        order by i.id for update;
    if in_batch is not null then  -- two batches over the same villages take them in one order
        perform from village_progress p where (p.round_id, p.village_code) in (
                select i.round_id, i.village_code
                from jsonb_to_recordset(wanted) w (interview uuid)
                    join interviews i on i.id = w.interview where i.path ^@ any (jpt_areas()))
            order by p.village_code for update;
    end if;
    return query
    with found as (
        select i.id, i.household_id, i.round_id, i.village_code, i.path, i.head_digest, i.author_id,
            i.state as was, case when h.interview_id = i.id then h.state end as stood,
            case when after = 'returned' then 'returned' when i.outcome <> 'interviewed'
                then 'closed' else after end as stands
        from (select distinct r.interview, r.digest
                from jsonb_to_recordset(wanted) r (interview uuid, digest text)) w
            join interviews i on i.id = w.interview and i.head_digest = decode(w.digest, 'hex')
            join households h on h.id = i.household_id
        where i.path ^@ any (jpt_areas()) and i.state = any (before)
            and (act <> 'accepted' or not i.has_conflict)
            and (act <> 'accepted' or in_batch is null
                or (i.review_weight = 0 and i.evidence_due = 0))
            and (after <> 'returned' or exists (
                select from assignments s join accounts a on a.id = s.account_id
                    and a.status = 'active'
                where s.account_id = coalesce(gives_to, i.author_id) and s.ended_at is null
                    and s.round_id = i.round_id and s.village_code = i.village_code
                    and (s.household_id is null or s.household_id = i.household_id)))
    ), decided as (
        update interviews i set state = after,
            given_to = case when after = 'returned' then coalesce(gives_to, f.author_id) end
        from found f where i.id = f.id
    ), shown as (
        update households h set state = f.stands
        from found f where h.id = f.household_id and f.stood is not null
    ), counted as (
        update village_progress p set received = p.received + m.received,
            returned = p.returned + m.returned, accepted = p.accepted + m.accepted,
            closed = p.closed + m.closed, updated_at = now()
        from (select f.round_id, f.village_code,
                sum((f.stands = 'received')::integer - (f.stood = 'received')::integer) as received,
                sum((f.stands = 'returned')::integer - (f.stood = 'returned')::integer) as returned,
                sum((f.stands = 'accepted')::integer - (f.stood = 'accepted')::integer) as accepted,
                sum((f.stands = 'closed')::integer - (f.stood = 'closed')::integer) as closed
            from found f where f.stood is not null group by f.round_id, f.village_code) m
        where p.round_id = m.round_id and p.village_code = m.village_code
    ), added as (
        insert into decisions as d (round_id, interview_id, household_id, digest, decision, reason,
            deadline, kinds, given_to, decided_by, batch, path)
        select f.round_id, f.id, f.household_id, f.head_digest, act, why,
            case when after = 'returned' then until end,
            case when act = 'evidence_again' then asked_again else '{}' end,
            case when after = 'returned' then coalesce(gives_to, f.author_id) end,
            jpt_account(), in_batch, f.path
        from found f returning d.id, d.interview_id, d.path
    ), told as (
        insert into decision_comments (decision_id, ordinal, about, comment, path)
        select a.id, c.ordinal, c.about, c.comment, a.path
        from added a cross join jsonb_to_recordset(said) c (ordinal integer, about text, comment text)
    )
    select a.id, f.id, f.household_id, f.village_code, f.path, f.was
    from added a join found f on f.id = a.interview_id;
end $$;
revoke all on function jpt_decide(text, jsonb, text, date, text[], uuid, uuid, jsonb) from public;
grant execute on function jpt_decide(text, jsonb, text, date, text[], uuid, uuid, jsonb) to jpt_app;
"""

WEIGHING = """
create or replace function jpt_weigh_findings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update interviews i set findings_weight = s.weight
    from (select m.interview_id as id, least(coalesce(sum(f.weight), 0), 1000)::smallint as weight
        from (select distinct n.interview_id from moved n where n.interview_id is not null) m
            left join findings f on f.interview_id = m.interview_id and f.state = 'open'
        group by m.interview_id) s
    where i.id = s.id and i.findings_weight <> s.weight;
    return null;
end $$;
"""
"""A pair is two findings, one on each side, each behind the row policy of its own area."""


def upgrade() -> None:
    op.execute(DECIDING)
    op.execute(WEIGHING)


def downgrade() -> None:
    op.execute("drop function jpt_decide(text, jsonb, text, date, text[], uuid, uuid, jsonb)")
