"""Tell a volunteer what came back to them, take their corrections, and keep what they say to findings.

A return may go to somebody who never saw the interview: a function of the owner gives them the
register's copy, without ID numbers, for as long as it is theirs to correct. Who was asked to correct
an interview is at work on it: their revision is neither unassigned nor late.
"""

from alembic import op

revision = "0037_returns"
down_revision = "0036_deciding"
branch_labels = None
depends_on = None

GIVEN = """
create function jpt_returns(after_xid bigint, after_decision bigint, horizon bigint, page integer)
returns table (xid bigint, decision bigint, interview uuid, household uuid, village text,
    house_number text, kind text, reason text, deadline date, kinds text[], comments jsonb,
    answers jsonb, numbers jsonb, head bytea, number integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
    select d.changed_xid::text::bigint, d.id, i.id, i.household_id, h.village_code, h.house_number,
        d.decision, d.reason, d.deadline, d.kinds,
        (select coalesce(jsonb_agg(jsonb_build_object('about', c.about, 'comment', c.comment)
            order by c.ordinal), '[]') from decision_comments c where c.decision_id = d.id),
        r.answers,
        (select coalesce(jsonb_agg(m.member order by m.ordinal), '[]') from members m
            where m.interview_id = i.id and m.digest = i.head_digest
            and m.national_id_sealed is not null),
        i.head_digest, i.head_number
    from interviews i
        join households h on h.id = i.household_id
        join revisions r on r.interview_id = i.id and r.digest = i.head_digest
        cross join lateral (
            select * from decisions n where n.interview_id = i.id order by n.id desc limit 1) d
    where jpt_role() = 'volunteer' and i.given_to = jpt_account() and i.state = 'returned'
        and i.round_id = (select o.id from rounds o where o.is_current)
        and d.given_to = jpt_account()
        and (d.changed_xid::text::bigint, d.id) > (after_xid, after_decision)
        and d.changed_xid::text::bigint < horizon
    order by 1, 2 limit page;
end $$;

create function jpt_open_returns()
returns table (interview uuid, xid bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
    select i.id, (select n.changed_xid::text::bigint from decisions n where n.interview_id = i.id
            order by n.id desc limit 1)
    from interviews i
    where jpt_role() = 'volunteer' and i.given_to = jpt_account() and i.state = 'returned'
        and i.round_id = (select o.id from rounds o where o.is_current);
end $$;
revoke all on function jpt_returns(bigint, bigint, bigint, integer), jpt_open_returns() from public;
grant execute on function jpt_returns(bigint, bigint, bigint, integer), jpt_open_returns() to jpt_app;
"""

BEARING = """
create or replace function jpt_bearing(
    device uuid, author uuid, village text, household uuid, interview uuid, round text, at_point text
) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    place constant geometry := case when at_point <> '' then st_geomfromewkt(at_point) end;
    given constant boolean := exists (
        select from interviews i where i.id = interview and i.given_to = author
        and i.state = 'returned' and i.village_code = village);
begin
    -- without any interview in hand the comparison is unknown, which is not yes
    if jpt_role() is distinct from 'intake' or (interview = any (jpt_interviews())) is not true then
        return null;
    end if;
    return (select jsonb_build_object(
        'public_key', d.public_key, 'revoked', d.revoked_at is not null,
        'active', a.status = 'active' and a.role = 'volunteer',
        'assigned', given or exists (
            select from assignments s where s.account_id = author and s.village_code = village
            and s.ended_at is null and (s.household_id is null or s.household_id = household)),
        'path', v.path,
        'inside', st_covers(t.boundary, place),
        'distance', st_distance(w.point::geography, place::geography),
        'settings', (select r.settings from rounds r where r.id = round),
        'open', given or exists (
            select from service_windows o where o.round_id = round and o.service = 'recording'
            and (now() at time zone 'Asia/Bangkok')::date
                between o.opens_on and coalesce(o.closes_on, 'infinity')))
    from (select 1) one
    left join devices d on d.id = device and d.account_id = author
    left join accounts a on a.id = author
    left join villages w on w.code = village
    left join areas v on v.code = village
    left join areas t on t.code = w.subdistrict_code);
end $$;
"""

REPLIES = """
alter table finding_replies add column written_as uuid not null default gen_random_uuid();
create unique index ix_finding_replies_account_id_written_as
    on finding_replies (account_id, written_as);
drop index ix_finding_replies_account_id;
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for made in (GIVEN, BEARING, REPLIES):
        op.execute(made)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: what volunteers replied could be sent twice")
