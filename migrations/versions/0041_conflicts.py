"""Let people settle what is in custody, and keep what the register itself wrote apart from phones'.

A matter is settled by adding: custody says who settled it and why, an interview that another of the
same household replaces stays and counts nowhere, and a revision made at the desk has its reasons in
a table of its own, so that what comes from phones by the million carries no column for it. Custody
that names no village of ours lies with who carried it, so that somebody sees it. The same person in
two households is looked for by the follow-up, never by intake.
"""

from alembic import op

revision = "0041_conflicts"
down_revision = "0040_worklist"
branch_labels = None
depends_on = None

TABLES = """
alter table custody add column resolved_by uuid, add column why text;
update custody set resolution = 'together' where resolution is not null;
alter table custody add constraint ck_custody_resolution check (
    resolution in ('placed', 'stands', 'beside', 'aside', 'together'));
drop index ix_custody_open;
create index ix_custody_open on custody (path text_pattern_ops, reason)
    where resolved_at is null;
create index ix_custody_waiting on custody (received_at, id) where resolved_at is null;
create index ix_custody_household on custody (household_id, id);

create function jpt_locate_custody() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.path := (select a.path from accounts a where a.id = new.carried_by);
    return new;
end $$;
revoke all on function jpt_locate_custody() from public;
create trigger locate before insert on custody for each row when (new.path is null)
    execute function jpt_locate_custody();
update custody c set path = a.path from accounts a where a.id = c.carried_by and c.path is null;

alter table interviews drop constraint ck_interviews_state;
alter table interviews add constraint ck_interviews_state check (
    state in ('received', 'returned', 'accepted', 'custody', 'replaced'));

create table desk_revisions (
    interview_id uuid not null,
    digest bytea not null,
    origin text not null,
    reason text not null,
    reasons jsonb default '{}' not null,
    made_by uuid not null,
    path text not null,
    created_at timestamptz default now() not null,
    constraint pk_desk_revisions primary key (interview_id, digest),
    constraint ck_desk_revisions_origin check (origin in ('merge', 'override')),
    constraint fk_desk_revisions_interview_id_digest foreign key (interview_id, digest)
        references revisions (interview_id, digest),
    constraint fk_desk_revisions_made_by foreign key (made_by) references accounts (id)
);
create index ix_desk_revisions_made_by on desk_revisions (made_by);

create index ix_findings_same_person on findings (path text_pattern_ops)
    where code = 'same_person' and state = 'open';
create index ix_findings_same_person_at on findings (opened_at, id)
    where code = 'same_person' and state = 'open';
"""

RIGHTS = """
alter table desk_revisions enable row level security;
alter table desk_revisions force row level security;
create policy owner on desk_revisions to jpt_owner using (true) with check (true);
grant select, insert on desk_revisions to jpt_app;
grant select, insert, update, delete on desk_revisions to jpt_loader;
create policy area on desk_revisions for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy intake on desk_revisions for insert to jpt_app
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));
"""

REPLACING = """
alter table devices add constraint ck_devices_id
    check (id <> '00000000-0000-0000-0000-000000000000');

create function jpt_is_volunteer(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select jpt_reviews() and exists (
        select from accounts a where a.id = account and a.role = 'volunteer')
$$;
revoke all on function jpt_is_volunteer(uuid) from public;
grant execute on function jpt_is_volunteer(uuid) to jpt_app;

create function jpt_replace(interview uuid, why text) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    noted bigint;
begin
    if jpt_reviews() is not true then
        return null;
    end if;
    update interviews i set state = 'replaced', has_conflict = false, given_to = null
        where i.id = interview and i.state <> 'replaced' and i.path ^@ any (jpt_areas());
    if not found then
        return null;
    end if;
    insert into decisions (round_id, interview_id, household_id, digest, decision, reason,
            decided_by, path)
        select i.round_id, i.id, i.household_id, i.head_digest, 'replaced', why, jpt_account(),
            i.path
        from interviews i where i.id = interview returning id into noted;
    return noted;
end $$;
revoke all on function jpt_replace(uuid, text) from public;
grant execute on function jpt_replace(uuid, text) to jpt_app;
"""

FILES = """
create or replace function jpt_file_arrival(of_interview uuid, of_sealed bytea, size integer,
    key text, at timestamptz) returns jsonb
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
            'counts', shown.state <> 'replaced',
            'position_inside', shown.position_inside, 'evidence_grade', shown.evidence_grade) end,
        'manifests', (
            select coalesce(jsonb_agg(jsonb_build_array(r.number, encode(r.digest, 'hex'),
                r.answers -> 'evidence')), '[]')
            from revisions r where r.interview_id = of_interview));
end $$;
"""
"""As before, and whether the interview counts: one that was replaced moves no village's figures."""

PEOPLE = """
create trigger follow_up_replaced after update on interviews for each row
    when ((old.state = 'replaced') <> (new.state = 'replaced'))
    execute function jpt_to_follow_up();

create function jpt_same_people(of_interview uuid) returns table (other uuid, people bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() is distinct from 'finder' then
        return;
    end if;
    return query
    select o.interview_id, count(distinct m.ordinal)
    from interviews i
        join members m on m.interview_id = i.id and m.digest = i.head_digest
        join members o on o.national_id_index = m.national_id_index
            and o.interview_id <> m.interview_id
        join interviews j on j.id = o.interview_id and j.head_digest = o.digest
    where i.id = of_interview and m.national_id_index is not null
        and i.state <> 'replaced' and j.state <> 'replaced'
        and i.outcome = 'interviewed' and j.outcome = 'interviewed'
        and j.round_id = i.round_id and j.household_id <> i.household_id
    group by o.interview_id order by count(distinct m.ordinal) desc, o.interview_id limit 20;
end $$;
-- whom a finding is about, as the asker's own side tells of them; never a number
create function jpt_shared_people(own uuid, beside uuid)
returns table (name text, sex text, birth text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
    select m.name, m.sex, m.birth
    from interviews i join members m on m.interview_id = i.id and m.digest = i.head_digest
    where i.id = own and jpt_reviews() and i.path ^@ any (jpt_areas())
        and exists (select from findings f where f.interview_id = own
            and f.other_interview_id = beside and f.code = 'same_person')
        and exists (select from interviews j join members o on o.interview_id = j.id
                and o.digest = j.head_digest
            where j.id = beside and o.national_id_index = m.national_id_index)
    order by m.ordinal;
end $$;

create function jpt_custody_people(of_custody bigint)
returns table (carrier_th text, resolver_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.name_th, b.name_th from custody c left join accounts a on a.id = c.carried_by
        left join accounts b on b.id = c.resolved_by
    where c.id = of_custody and jpt_reviews() and c.path ^@ any (jpt_areas())
$$;
revoke all on function jpt_same_people(uuid), jpt_shared_people(uuid, uuid),
    jpt_custody_people(bigint) from public;
grant execute on function jpt_same_people(uuid), jpt_shared_people(uuid, uuid),
    jpt_custody_people(bigint) to jpt_app;
"""

LISTS = """
create function jpt_desk_counts(within text) returns table (kind text, n bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_reviews() is not true or (within ^@ any (jpt_areas())) is not true then
        return;
    end if;
    return query
    select c.reason, count(distinct c.interview_id) from custody c
        where c.resolved_at is null and c.path ^@ within group by c.reason
    union all
    select 'same_person', count(*) from findings f
        where f.code = 'same_person' and f.state = 'open' and f.path ^@ within
            and not jpt_told_by_other(f, within);
end $$;

-- of a pair that lies wholly inside the area one side is listed
create function jpt_told_by_other(f findings, within text) returns boolean
language sql stable set search_path = public, pg_temp as $$
    select exists (select from findings g
        where g.interview_id = f.other_interview_id and g.other_interview_id = f.interview_id
            and g.code = f.code and g.state = 'open' and g.path ^@ within
            and g.interview_id < f.interview_id)
$$;

create function jpt_desk_list(within text, wanted text, after_at timestamptz, after_key text,
    page integer)
returns table (at timestamptz, key text, kind text, custody bigint, finding bigint,
    interview uuid, household uuid, house_number text, path text, carrier_th text, size integer,
    waiting bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_reviews() is not true or (within ^@ any (jpt_areas())) is not true then
        return;
    end if;
    return query
    select l.at, l.key, l.kind, l.custody, l.finding, l.interview, l.household, h.house_number,
        l.path, a.name_th, l.size,
        (select count(*) from custody w where w.interview_id = l.interview and w.reason = l.kind
            and w.resolved_at is null)
    from (
        (select c.received_at as at, 'c' || to_char(c.id, 'FM0000000000000000000') as key,
            c.reason as kind, c.id as custody, null::bigint as finding,
            c.interview_id as interview, c.household_id as household, c.path, c.carried_by,
            octet_length(c.envelope) as size
        from custody c
        where c.resolved_at is null and c.path ^@ within and wanted is distinct from 'same_person'
            and (wanted is null or c.reason = wanted)
            and (after_at is null or (c.received_at >= after_at and (c.received_at,
                'c' || to_char(c.id, 'FM0000000000000000000')) > (after_at, after_key)))
            and not exists (select from custody n where n.interview_id = c.interview_id
                and n.reason = c.reason and n.resolved_at is null and n.id > c.id)
        order by c.received_at, c.id limit page)
        union all
        (select f.opened_at, 'f' || to_char(f.id, 'FM0000000000000000000'), f.code, null, f.id,
            f.interview_id, f.household_id, f.path, null, null
        from findings f
        where f.code = 'same_person' and f.state = 'open' and f.path ^@ within
            and (wanted is null or wanted = 'same_person')
            and (after_at is null or (f.opened_at >= after_at and (f.opened_at,
                'f' || to_char(f.id, 'FM0000000000000000000')) > (after_at, after_key)))
            and not jpt_told_by_other(f, within)
        order by f.opened_at, f.id limit page)
    ) l left join households h on h.id = l.household left join accounts a on a.id = l.carried_by
    order by l.at, l.key limit page;
end $$;
revoke all on function jpt_desk_counts(text), jpt_told_by_other(findings, text),
    jpt_desk_list(text, text, timestamptz, text, integer) from public;
grant execute on function jpt_desk_counts(text),
    jpt_desk_list(text, text, timestamptz, text, integer) to jpt_app;
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for made in (TABLES, RIGHTS, REPLACING, FILES, PEOPLE, LISTS):
        op.execute(made)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: what was settled at the desk would be lost")
