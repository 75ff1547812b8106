"""Who may write the next revision of an interview does not depend on which one came first.

A return may go to somebody else while the first volunteer still has a revision on the phone. Whichever
of the two came first took the right from the other, which waited in custody. Both may follow now:
who was asked to correct it last, until something else is decided, and who has written of it before.
"""

from alembic import op

revision = "0064_next_revision"
down_revision = "0063_stand_by_key"
branch_labels = None
depends_on = None

NOW = """
create or replace function jpt_bearing(
    device uuid, author uuid, village text, household uuid, interview uuid, round text, at_point text
) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    place constant geometry := case when at_point <> '' then st_geomfromewkt(at_point) end;
    given constant boolean := exists (
        select from interviews i where i.id = interview and i.village_code = village
            and author = (select d.given_to from decisions d where d.interview_id = i.id
                order by d.id desc limit 1));
begin
    -- without any interview in hand the comparison is unknown, which is not yes
    if jpt_role() is distinct from 'intake' or (interview = any (jpt_interviews())) is not true then
        return null;
    end if;
    return (select jsonb_build_object(
        'public_key', d.public_key, 'revoked', d.revoked_at is not null,
        'active', a.status = 'active' and a.role = 'volunteer',
        'follows', given or exists (
            select from revisions r where r.interview_id = interview and r.author_id = author),
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

FORMER = """
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


def upgrade() -> None:
    op.execute(NOW)


def downgrade() -> None:
    op.execute(FORMER)
