"""Ask once what the register knows when an interview or a file arrives; write less for each.

Intake used to ask a dozen questions for one delivery. `jpt_arrival` and `jpt_file_arrival` take the
interview's lock and tell all of it in one; they run with the caller's rights, so the row policies
hold inside them. `jpt_bearing`, `jpt_session` and `jpt_hand_in` become PL/pgSQL, whose plans are
kept: an SQL function is planned anew at every call.
"""

from alembic import op

revision = "0019_arrivals"
down_revision = "0018_registration_code"
branch_labels = None
depends_on = None

BEARING = """
create or replace function jpt_bearing(
    device uuid, author uuid, village text, household uuid, interview uuid, round text, at_point text
) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    place constant geometry := case when at_point <> '' then st_geomfromewkt(at_point) end;
begin
    if jpt_role() is distinct from 'intake' or interview <> all (jpt_interviews()) then
        return null;
    end if;
    return (select jsonb_build_object(
        'public_key', d.public_key, 'revoked', d.revoked_at is not null,
        'active', a.status = 'active' and a.role = 'volunteer',
        'assigned', exists (
            select from assignments s where s.account_id = author and s.village_code = village
            and s.ended_at is null and (s.household_id is null or s.household_id = household)),
        'path', v.path,
        'inside', st_covers(t.boundary, place),
        'distance', st_distance(w.point::geography, place::geography),
        'settings', (select r.settings from rounds r where r.id = round),
        'open', exists (
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

ARRIVAL = """
create function jpt_receipts(of_interview uuid) returns jsonb
language plpgsql stable as $$
begin
    return (select coalesce(jsonb_agg(jsonb_build_array(encode(r.digest, 'hex'), r.level, r.jws)),
        '[]') from receipts r where r.interview_id = of_interview);
end $$;

create function jpt_arrival(of_interview uuid, of_digest bytea, of_household uuid, device uuid,
    author uuid, village text, round text, at_point text) returns jsonb
language plpgsql volatile as $$
declare
    told jsonb;
    home jsonb;
begin
    -- each statement from here on sees what the delivery before this one has committed
    perform pg_advisory_xact_lock(hashtextextended(of_interview::text, 0));
    told := jsonb_build_object('receipts', jpt_receipts(of_interview), 'held', (
        select coalesce(jsonb_agg(encode(e.sealed_sha256, 'hex')), '[]') from evidence e
        where e.interview_id = of_interview and e.received_at is not null));
    if exists (select from receipts r
            where r.interview_id = of_interview and r.digest = of_digest) then
        return told;
    end if;
    select jsonb_build_object('state', h.state, 'interview_id', h.interview_id,
        'village_code', h.village_code, 'path', h.path)
        into home from households h where h.id = of_household for update;
    return told || jsonb_build_object('household', home,
        'bearing', jpt_bearing(device, author, village, of_household, of_interview, round, at_point),
        'interview', (
            select jsonb_build_object('author_id', i.author_id, 'household_id', i.household_id,
                'state', i.state, 'outcome', i.outcome, 'people', i.people,
                'evidence_grade', i.evidence_grade, 'has_conflict', i.has_conflict,
                'indicators', r.evaluation -> 'indicators')
            from interviews i
            join revisions r on r.interview_id = i.id and r.digest = i.head_digest
            where i.id = of_interview),
        'revisions', (
            select jsonb_agg(jsonb_build_array(r.number, encode(r.digest, 'hex'),
                (select coalesce(jsonb_agg(encode(b, 'hex')), '[]') from unnest(r.based_on) b)))
            from revisions r where r.interview_id = of_interview));
end $$;

create function jpt_file_arrival(of_interview uuid, of_sealed bytea, size integer, key text,
    at timestamptz) returns jsonb
language plpgsql volatile as $$
declare
    is_new boolean;
    shown interviews;
begin
    perform pg_advisory_xact_lock(hashtextextended(of_interview::text, 0));
    insert into evidence (interview_id, sealed_sha256, received_at, sealed_size, ingest_key)
        values (of_interview, of_sealed, at, size, key)
        on conflict (interview_id, sealed_sha256) do update
            set received_at = at, sealed_size = size, ingest_key = key
            where evidence.received_at is null;
    is_new := found;
    select * into shown from interviews i where i.id = of_interview;
    -- what the file is worth shows on the household too
    perform set_config('jpt.households', coalesce(shown.household_id::text, ''), true);
    return jsonb_build_object('is_new', is_new, 'receipts', jpt_receipts(of_interview),
        'held', (
            select jsonb_object_agg(encode(e.sealed_sha256, 'hex'), e.kind) from evidence e
            where e.interview_id = of_interview and e.received_at is not null),
        'interview', case when shown.id is not null then jsonb_build_object(
            'id', shown.id, 'round_id', shown.round_id, 'village_code', shown.village_code,
            'path', shown.path, 'household_id', shown.household_id,
            'head_digest', encode(shown.head_digest, 'hex'), 'accuracy', shown.accuracy,
            'position_inside', shown.position_inside, 'evidence_grade', shown.evidence_grade) end,
        'manifests', (
            select coalesce(jsonb_agg(jsonb_build_array(r.number, encode(r.digest, 'hex'),
                r.answers -> 'evidence')), '[]')
            from revisions r where r.interview_id = of_interview));
end $$;
"""


def upgrade() -> None:
    op.execute(BEARING)
    op.execute(ARRIVAL)


def downgrade() -> None:
    op.execute("drop function jpt_file_arrival(uuid, bytea, integer, text, timestamptz)")
    op.execute("drop function jpt_arrival(uuid, bytea, uuid, uuid, uuid, text, text, text)")
    op.execute("drop function jpt_receipts(uuid)")
