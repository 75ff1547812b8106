"""Let no function and no policy show more than its caller's scope.

Each of these held as long as the application asked the right question. Now the database holds it
by itself: a session or token is found only by who stands at the door with it, a volunteer's
assignment only by the register at work on an interview, a person's own rows only by that person,
and at the door nothing of an account can be changed but its password's hash.
"""

from alembic import op

revision = "0010_own_scope_only"
down_revision = "0009_map"
branch_labels = None
depends_on = None

PERSON = """
create function jpt_person() returns uuid language sql stable parallel safe
    return case when current_setting('jpt.role', true)
        in ('volunteer', 'inspector', 'viewer', 'officer') then jpt_account() end;
alter policy self on accounts using (id = jpt_person());
alter policy self on grants using (account_id = jpt_person());
alter policy self on sessions using (account_id = jpt_person());
alter policy self on devices
    using (account_id = jpt_person()) with check (account_id = jpt_person());
alter policy self on assignments using (account_id = jpt_person());
alter policy add on audit_entries with check (
    jpt_role() in ('volunteer', 'inspector', 'viewer', 'officer', 'intake', 'door')
    and (actor_id is null or actor_id = jpt_account()));
"""

REHASH = """
drop policy door_rehash on accounts;
create function jpt_rehash(fresh text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    update accounts set password_hash = fresh
    where jpt_role() = 'door' and username = jpt_door_name() and status = 'active'
$$;
revoke all on function jpt_rehash(text) from public;
grant execute on function jpt_rehash(text) to jpt_app;
"""

DOOR = """
revoke execute on function jpt_account_areas(uuid, text), jpt_account_households(uuid) from jpt_app;

create or replace function jpt_hand_in(token bytea) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('device', d.id, 'account', d.account_id)
    from devices d where d.token_hash = token and d.token_expires_at > now()
        and jpt_role() = 'door' and token = jpt_door_token()
$$;

create or replace function jpt_session(token bytea) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'data', s.data, 'expires_at', s.expires_at, 'seen_at', s.seen_at,
        'account', case when a.id is null then null else jsonb_build_object(
            'id', a.id, 'role', a.role, 'level', a.level, 'name_th', a.name_th,
            'username', a.username, 'areas', jpt_account_areas(a.id, a.role),
            'households', jpt_account_households(a.id)) end)
    from sessions s left join accounts a on a.id = s.account_id and a.status = 'active'
    where s.token_hash = token and s.expires_at > now()
        and jpt_role() = 'door' and token = jpt_door_token()
$$;

create or replace function jpt_flag_conflict(interview uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    update interviews set has_conflict = true
    where id = interview and jpt_role() = 'intake' and household_id = any (jpt_households())
$$;
"""

BEARING = """
create or replace function jpt_bearing(
    device uuid, author uuid, village text, household uuid, interview uuid, round text, at_point text
) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'public_key', d.public_key, 'revoked', d.revoked_at is not null,
        'active', a.status = 'active' and a.role = 'volunteer',
        'assigned', exists (
            select from assignments s where s.account_id = author and s.village_code = village
            and s.ended_at is null and (s.household_id is null or s.household_id = household)),
        'path', v.path,
        'inside', st_covers(t.boundary, p.point),
        'distance', st_distance(w.point::geography, p.point::geography),
        'settings', (select r.settings from rounds r where r.id = round),
        'open', exists (
            select from service_windows o where o.round_id = round and o.service = 'recording'
            and (now() at time zone 'Asia/Bangkok')::date
                between o.opens_on and coalesce(o.closes_on, 'infinity')))
    from (select case when at_point <> '' then st_geomfromewkt(at_point) end as point) p
    left join devices d on d.id = device and d.account_id = author
    left join accounts a on a.id = author
    left join villages w on w.code = village
    left join areas v on v.code = village
    left join areas t on t.code = w.subdistrict_code
    where jpt_role() = 'intake' and interview = any (jpt_interviews())
$$;
"""


def upgrade() -> None:
    for made in (PERSON, REHASH, DOOR, BEARING):
        op.execute(made)


def downgrade() -> None:
    """The functions stay as they are: tighter serves the older code as well."""
    op.execute("""
        drop function jpt_rehash(text);
        create policy door_rehash on accounts for update to jpt_app
            using (jpt_role() = 'door' and username = jpt_door_name());
        alter policy self on accounts using (id = jpt_account());
        alter policy self on grants using (account_id = jpt_account());
        alter policy self on sessions using (account_id = jpt_account());
        alter policy self on devices
            using (account_id = jpt_account()) with check (account_id = jpt_account());
        alter policy self on assignments using (account_id = jpt_account());
        alter policy add on audit_entries with check (jpt_role() <> '');
        drop function jpt_person();
        grant execute on function jpt_account_areas(uuid, text), jpt_account_households(uuid)
            to jpt_app;
    """)
