"""Keep people from their registration on: waiting, working, suspended, refused, closed.

An account now belongs to an area (`path`), which says who manages it: officers who stand above it
and run an area around it. Numbers are sealed in a table of their own, with a blind index. Lists and
searches are functions that apply the scope themselves, since a row policy keeps the planner from
most indexes. Registering is a scope of its own: it adds one waiting person and sees nobody else.
"""

from alembic import op

revision = "0012_people"
down_revision = "0011_audit_chain"
branch_labels = None
depends_on = None

ACCOUNTS = """
alter table accounts
    alter column name_th type text collate "th-x-icu",
    add column path text,
    add column status_reason text,
    add column status_at timestamp with time zone default now() not null,
    add column revision bigint default 1 not null,
    add column changed_xid xid8 default pg_current_xact_id() not null,
    add column updated_at timestamp with time zone default now() not null,
    alter column password_hash drop not null,
    drop constraint ck_accounts_status,
    add constraint ck_accounts_status
        check (status in ('waiting', 'active', 'suspended', 'refused', 'closed'));
alter table accounts
    add column family_th text not null
        generated always as (substr(name_th, (strpos(name_th, ' '::text) + 1))) stored;
update accounts a set path = coalesce(
    (select min(s.path) from assignments s where s.account_id = a.id and a.role = 'volunteer'),
    (select g.path from grants g where g.account_id = a.id order by length(g.path), g.path limit 1),
    'TH.');
alter table accounts
    alter column path set not null,
    add constraint ck_accounts_path_ends_in_a_dot check (right(path, 1) = '.');
create index ix_accounts_path on accounts (path text_pattern_ops, role, level, status);
create index ix_accounts_name_th on accounts (name_th, id);
create index ix_accounts_status on accounts (status, role, name_th, id);
create index ix_accounts_name_begins on accounts (name_th text_pattern_ops);
create index ix_accounts_family_begins on accounts (family_th text_pattern_ops);
create index ix_accounts_username_begins on accounts (username text_pattern_ops);
create trigger touch before update on accounts for each row execute function jpt_touch();
"""

TABLES = """
create table person_details (
    account_id uuid not null,
    title_th text default '' not null,
    national_id bytea,
    national_id_index bytea,
    phone bytea,
    phone_index bytea,
    home_village_code text,
    agency_th text,
    position_th text,
    consent_version text,
    consent_at timestamp with time zone,
    registered_at timestamp with time zone,
    status_code_index bytea,
    constraint pk_person_details primary key (account_id),
    constraint uq_person_details_status_code_index unique (status_code_index),
    constraint fk_person_details_account_id foreign key(account_id) references accounts (id),
    constraint fk_person_details_home_village_code
        foreign key(home_village_code) references villages (code)
);
create index ix_person_details_national_id_index on person_details (national_id_index);
create index ix_person_details_phone_index on person_details (phone_index);
create index ix_person_details_home_village_code on person_details (home_village_code);

create table offered_villages (
    account_id uuid not null,
    village_code text not null,
    constraint pk_offered_villages primary key (account_id, village_code),
    constraint fk_offered_villages_account_id foreign key(account_id) references accounts (id),
    constraint fk_offered_villages_village_code
        foreign key(village_code) references villages (code)
);
create index ix_offered_villages_village_code on offered_villages (village_code);
create index ix_areas_village_name on areas (name_th text_pattern_ops) where level = 'village';
create index ix_audit_entries_account on audit_entries ((subject ->> 'account'), id);
"""

STANDING = """
create function jpt_level() returns text language sql stable parallel safe
    return nullif(current_setting('jpt.level', true), '');
create function jpt_rank(level text) returns integer language sql immutable parallel safe
    return case level when 'department' then 4 when 'province' then 3 when 'district' then 2
        else 1 end;
create function jpt_manages(path text, level text) returns boolean
language sql stable parallel safe
    return jpt_role() = 'officer' and jpt_rank(level) < jpt_rank(jpt_level())
        and path ^@ any (jpt_areas());

create function jpt_manages_account(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from accounts a where a.id = account and jpt_manages(a.path, a.level))
$$;
"""

RIGHTS = """
drop policy area on accounts;
create policy managed on accounts for select to jpt_app using (jpt_manages(path, level));
create policy managed_add on accounts for insert to jpt_app with check (
    jpt_manages(path, level) and password_hash is null
    and (role <> 'officer' or jpt_rank(level) = jpt_rank(jpt_level()) - 1));
create policy managed_change on accounts for update to jpt_app
    using (jpt_manages(path, level)) with check (jpt_manages(path, level));
create policy register_see on accounts for select to jpt_app
    using (jpt_role() = 'register' and id = jpt_account());
create policy register_add on accounts for insert to jpt_app with check (
    jpt_role() = 'register' and id = jpt_account() and status = 'waiting'
    and role in ('volunteer', 'inspector') and password_hash is null);
create policy register_change on accounts for update to jpt_app
    using (jpt_role() = 'register' and id = jpt_account() and status = 'waiting')
    with check (jpt_role() = 'register' and id = jpt_account() and status = 'waiting'
        and role in ('volunteer', 'inspector') and password_hash is null);

create policy managed_add on grants for insert to jpt_app
    with check (path ^@ any (jpt_areas()) and jpt_manages_account(account_id));
create policy managed_change on grants for update to jpt_app
    using (jpt_manages_account(account_id)) with check (jpt_manages_account(account_id));

alter table person_details enable row level security;
alter table person_details force row level security;
create policy owner on person_details to jpt_owner using (true) with check (true);
alter table offered_villages enable row level security;
alter table offered_villages force row level security;
create policy owner on offered_villages to jpt_owner using (true) with check (true);
grant select, insert, update on person_details to jpt_app;
grant select, insert, delete on offered_villages to jpt_app;
grant select, insert, update, delete on person_details, offered_villages to jpt_loader;

create policy managed on person_details to jpt_app
    using (jpt_manages_account(account_id)) with check (jpt_manages_account(account_id));
create policy self on person_details for select to jpt_app using (account_id = jpt_person());
create policy register on person_details to jpt_app
    using (jpt_role() = 'register' and account_id = jpt_account())
    with check (jpt_role() = 'register' and account_id = jpt_account());
create policy managed on offered_villages to jpt_app
    using (jpt_manages_account(account_id)) with check (jpt_manages_account(account_id));
create policy self on offered_villages for select to jpt_app using (account_id = jpt_person());
create policy register on offered_villages to jpt_app
    using (jpt_role() = 'register' and account_id = jpt_account())
    with check (jpt_role() = 'register' and account_id = jpt_account());

alter policy add on audit_entries with check (
    jpt_role() in ('volunteer', 'inspector', 'viewer', 'officer', 'intake', 'door', 'register')
    and (actor_id is null or actor_id = jpt_account()));
"""

LISTS = """
create function jpt_people_counts(within text) returns table (role text, status text, n bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query execute
        'select a.role, a.status, count(*) from accounts a where jpt_manages(a.path, a.level)'
        || case when within <> 'TH.' then ' and a.path ^@ $1' else '' end
        || ' group by a.role, a.status'
    using within;
end $$;

create function jpt_people_list(within text, wanted_role text, wanted_status text, home text,
    begins text, number_index bytea, after uuid, page integer)
returns table (id uuid, role text, level text, status text, username text, name_th text, path text,
    revision bigint, status_at timestamptz, has_password boolean, title_th text, national_id bytea,
    phone bytea, home_village_code text, registered_at timestamptz, agency_th text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    last text := (select a.name_th from accounts a
        where a.id = after and jpt_manages(a.path, a.level));
begin
    return query execute
        'select a.id, a.role, a.level, a.status, a.username, a.name_th, a.path, a.revision,
            a.status_at, a.password_hash is not null, d.title_th, d.national_id, d.phone,
            d.home_village_code, d.registered_at, d.agency_th
        from accounts a left join person_details d on d.account_id = a.id
        where jpt_manages(a.path, a.level)'
        || case when within <> 'TH.' then ' and a.path ^@ $1' else '' end
        || case when wanted_role is not null then ' and a.role = $2' else '' end
        || case when wanted_status is not null then ' and a.status = $3' else '' end
        || case when home is not null then ' and d.home_village_code = $4' else '' end
        || case when begins is not null then ' and ((a.status <> ''closed''
            and (a.name_th ^@ $5 or a.family_th ^@ $5)) or a.username ^@ lower($5))' else '' end
        || case when number_index is not null then ' and a.id in (
            select account_id from person_details where national_id_index = $6
            union all select account_id from person_details where phone_index = $6)' else '' end
        || case when last is not null then ' and (a.name_th, a.id) > ($7, $8)' else '' end
        || ' order by a.name_th, a.id limit $9'
    using within, wanted_role, wanted_status, home, begins, number_index, last, after, page;
end $$;

create function jpt_people_alike(accounts uuid[])
returns table (account uuid, other uuid, same_id boolean, same_phone boolean, role text,
    status text, name_th text, path text, is_visible boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.account_id, o.account_id,
        coalesce(o.national_id_index = d.national_id_index, false),
        coalesce(o.phone_index = d.phone_index, false), b.role, b.status,
        case when jpt_manages(b.path, b.level) then b.name_th end,
        case when jpt_manages(b.path, b.level) then b.path
            else array_to_string((string_to_array(b.path, '.'))[1:3], '.') || '.' end,
        jpt_manages(b.path, b.level)
    from person_details d
        join accounts a on a.id = d.account_id and jpt_manages(a.path, a.level)
        cross join lateral (
            select e.* from person_details e where e.national_id_index = d.national_id_index
            union
            select e.* from person_details e where e.phone_index = d.phone_index) o
        join accounts b on b.id = o.account_id and b.status not in ('closed', 'refused')
    where d.account_id = any (accounts) and o.account_id <> d.account_id
    order by d.account_id, b.name_th
    limit 500
$$;
"""

ONE = """
create function jpt_person_history(account uuid, older_than bigint, page integer)
returns table (id bigint, at timestamptz, act text, subject jsonb, before jsonb, after jsonb,
    actor_id uuid, actor_th text, actor_role text, actor_level text)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.id, e.at, e.act, e.subject, e.before, e.after, e.actor_id, b.name_th, b.role, b.level
    from audit_entries e left join accounts b on b.id = e.actor_id
    where jpt_manages_account(account) and e.subject ->> 'account' = account::text
        and (older_than is null or e.id < older_than)
    order by e.id desc limit page
$$;

create function jpt_has_worked(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from devices x where x.account_id = account)
        or exists (select from assignments x where x.account_id = account)
        or exists (select from interviews x where x.author_id = account)
        or exists (select from audit_entries x where x.actor_id = account)
$$;

create function jpt_may_erase(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select jpt_manages_account(account) and not jpt_has_worked(account)
$$;

create function jpt_erase_person(account uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if not jpt_may_erase(account) then
        return false;
    end if;
    delete from offered_villages o where o.account_id = account;
    delete from person_details d where d.account_id = account;
    delete from grants g where g.account_id = account;
    delete from sessions s where s.account_id = account;
    delete from accounts a where a.id = account;
    return true;
end $$;

create function jpt_end_sessions(account uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    delete from sessions s where s.account_id = account and jpt_manages_account(account)
$$;

create function jpt_registration(code bytea)
returns table (role text, status text, status_reason text, status_at timestamptz,
    registered_at timestamptz, username text, has_password boolean, area_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.role, a.status, case when a.status = 'refused' then a.status_reason end, a.status_at,
        d.registered_at, case when a.status = 'active' then a.username end,
        a.password_hash is not null, r.name_th
    from person_details d join accounts a on a.id = d.account_id
        left join areas r on r.path =
            array_to_string((string_to_array(a.path, '.'))[1:3], '.') || '.'
    where d.status_code_index = code and jpt_role() = 'door' and code = jpt_door_token()
$$;
"""

DEFINERS = (
    "jpt_manages_account(uuid)",
    "jpt_people_counts(text)",
    "jpt_people_list(text, text, text, text, text, bytea, uuid, integer)",
    "jpt_people_alike(uuid[])",
    "jpt_person_history(uuid, bigint, integer)",
    "jpt_has_worked(uuid)",
    "jpt_may_erase(uuid)",
    "jpt_erase_person(uuid)",
    "jpt_end_sessions(uuid)",
    "jpt_registration(bytea)",
)


def upgrade() -> None:
    for made in (ACCOUNTS, TABLES, STANDING, RIGHTS, LISTS, ONE):
        op.execute(made)
    op.execute(f"revoke all on function {', '.join(DEFINERS)} from public")
    asked = [one for one in DEFINERS if not one.startswith("jpt_has_worked")]
    op.execute(f"grant execute on function {', '.join(asked)} to jpt_app")


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: people who registered would be lost")
