"""Let nobody change more of a row than their act needs, whatever the application asks for.

Row policies say which rows; they left open which columns. An officer who may end a phone or a
passkey could have replaced its key, and one who may suspend a person could have written their
password. Now an update reaches only the columns of an act; ending what lets somebody else in is a
function; a row's path is that of the area it names; what has ended stays ended. Two functions
answered other than they meant: one an intake without an interview, one nobody at all.
"""

from alembic import op

revision = "0030_narrow_rights"
down_revision = "0029_people_lists"
branch_labels = None
depends_on = None

CHANGEABLE = {
    "accounts": "role, name_th, path, status, status_reason, status_at, revision",
    "grants": "ended_at",
    "devices": "name, token_hash, token_expires_at, seen_at, revoked_at, report",
    "sign_in_codes": "ended_at",
    "passkeys": "ended_at",
    "authenticators": "last_step",
    "assignments": "ended_at, ended_by, end_reason",
    "appointment_orders": "withdrawn_at, withdrawn_by, withdrawal_reason",
    "appointed_people": "account_id, matched_by",
    "round_copies": "villages, finished_at",
}

PLACES = """
create function jpt_path_of(area text) returns text language sql stable parallel safe
    return (select a.path from areas a where a.code = area);

alter policy managed_add on grants with check (
    path = jpt_path_of(area_code) and path ^@ any (jpt_areas())
    and jpt_manages_account(account_id));

alter policy given on assignments with check (
    jpt_role() = 'officer' and path = jpt_path_of(village_code) and path ^@ any (jpt_areas())
    and made_by = jpt_person() and jpt_assignable(account_id)
    and (household_id is null or exists (select from households h
        where h.id = household_id and h.village_code = assignments.village_code)));

alter policy publish on notices with check (
    jpt_role() = 'officer' and path = jpt_path_of(area_code) and path ^@ any (jpt_areas())
    and author_id = jpt_account());
alter policy publish on notice_files with check (exists (
    select from notices n where n.id = notice_id and n.author_id = jpt_person()
    and n.withdrawn_at is null and jpt_role() = 'officer' and n.path ^@ any (jpt_areas())));
"""

ENTRY = """
drop policy self on devices;
create policy self on devices for select to jpt_app using (account_id = jpt_person());
create policy self_add on devices for insert to jpt_app with check (account_id = jpt_person());
create policy self_change on devices for update to jpt_app
    using (account_id = jpt_person() and revoked_at is null)
    with check (account_id = jpt_person());
drop policy managed_revoke on devices;

create function jpt_revoke_phone(account uuid, phone uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update devices d set revoked_at = now()
        where d.account_id = account and d.id = phone and d.revoked_at is null
            and (account = jpt_person() or jpt_manages_account(account));
    return found;
end $$;

drop policy self on passkeys;
create policy self on passkeys for select to jpt_app using (account_id = jpt_person());
create policy self_add on passkeys for insert to jpt_app with check (account_id = jpt_person());
create policy self_end on passkeys for update to jpt_app
    using (account_id = jpt_person() and ended_at is null) with check (account_id = jpt_person());
drop policy managed_end on passkeys;

create function jpt_end_passkey(account uuid, passkey bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update passkeys p set ended_at = now()
        where p.account_id = account and p.id = passkey and p.ended_at is null
            and (account = jpt_person() or jpt_manages_account(account));
    return found;
end $$;

drop policy managed on authenticators;
drop policy managed_reset on authenticators;
drop policy door on authenticators;
create policy door on authenticators for select to jpt_app
    using (account_id = jpt_door_account());
create policy door_add on authenticators for insert to jpt_app
    with check (account_id = jpt_door_account());
create policy door_step on authenticators for update to jpt_app
    using (account_id = jpt_door_account()) with check (account_id = jpt_door_account());
drop policy self on authenticators;
create policy self on authenticators for select to jpt_app using (account_id = jpt_person());
create policy self_step on authenticators for update to jpt_app
    using (account_id = jpt_person()) with check (account_id = jpt_person());
revoke delete on authenticators from jpt_app;

create function jpt_authenticator_since(account uuid) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
    select a.created_at from authenticators a where a.account_id = account
        and (account = jpt_person() or jpt_manages_account(account))
$$;

create function jpt_reset_authenticator(account uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    delete from authenticators a where a.account_id = account
        and (account = jpt_person() or jpt_manages_account(account));
    return found;
end $$;

alter policy managed_end on sign_in_codes
    using (jpt_manages_account(account_id) and ended_at is null);
"""

ORDERS = """
drop policy area on appointment_orders;
create policy area on appointment_orders for select to jpt_app
    using (jpt_role() = 'officer' and path ^@ any (jpt_areas()));
create policy area_add on appointment_orders for insert to jpt_app with check (
    jpt_role() = 'officer' and path = jpt_path_of(area_code) and path ^@ any (jpt_areas())
    and made_by = jpt_person());
create policy area_withdraw on appointment_orders for update to jpt_app
    using (jpt_role() = 'officer' and path ^@ any (jpt_areas()) and withdrawn_at is null)
    with check (jpt_role() = 'officer' and path ^@ any (jpt_areas()));

create function jpt_appointable(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from accounts a where a.id = account and a.role = 'volunteer'
        and jpt_role() = 'officer' and a.path ^@ any (jpt_areas()))
$$;
drop policy area on appointed_people;
create policy area on appointed_people for select to jpt_app using (jpt_order_in_scope(order_id));
create policy area_add on appointed_people for insert to jpt_app
    with check (jpt_order_in_scope(order_id)
        and (account_id is null or jpt_appointable(account_id)));
create policy area_match on appointed_people for update to jpt_app
    using (jpt_order_in_scope(order_id))
    with check (jpt_order_in_scope(order_id)
        and (account_id is null or jpt_appointable(account_id)));

drop policy copier on round_copies;
create policy copier on round_copies for select to jpt_app using (jpt_role() = 'copier');
create policy copier_tells on round_copies for update to jpt_app
    using (jpt_role() = 'copier') with check (jpt_role() = 'copier');
"""

CALLERS = """
create or replace function jpt_bearing(
    device uuid, author uuid, village text, household uuid, interview uuid, round text, at_point text
) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    place constant geometry := case when at_point <> '' then st_geomfromewkt(at_point) end;
begin
    -- without any interview in hand the comparison is unknown, which is not yes
    if jpt_role() is distinct from 'intake' or (interview = any (jpt_interviews())) is not true then
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

-- a column's name goes before a parameter's, and person_details has a `phone`
create or replace function jpt_username_of_phone(phone bytea) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select case when count(*) = 1 then min(a.username) end
    from person_details d join accounts a on a.id = d.account_id and a.status = 'active'
    where d.phone_index = jpt_username_of_phone.phone and jpt_role() = 'door'
        and jpt_username_of_phone.phone = jpt_door_token()
$$;
"""

SIGNATURES = """
jpt_revoke_phone(uuid, uuid), jpt_end_passkey(uuid, bytea), jpt_authenticator_since(uuid),
jpt_reset_authenticator(uuid), jpt_appointable(uuid)
"""


def upgrade() -> None:
    for table, columns in CHANGEABLE.items():
        op.execute(f"revoke update on {table} from jpt_app")
        op.execute(f"grant update ({columns}) on {table} to jpt_app")
    for made in (PLACES, ENTRY, ORDERS, CALLERS):
        op.execute(made)
    op.execute(f"revoke all on function {SIGNATURES} from public")
    op.execute(f"grant execute on function {SIGNATURES} to jpt_app")


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: the older code would need rights that are gone")
