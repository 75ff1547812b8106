"""Ask some households again at the forum, and compare what they say with their interviews.

A village's sample is drawn once, by one function, from a seed that is published with it. Who asks is
named for the forum and gets the drawn houses alone, without any earlier answer. What they send
comes through intake like an interview; the register compares and points at what differs.
"""

from alembic import op

revision = "0056_forum"
down_revision = "0055_collectors_together"
branch_labels = None
depends_on = None

TABLES = """
create table forums (
    id uuid not null,
    round_id text not null,
    village_code text not null,
    path text not null,
    held_on date not null,
    questions_version smallint not null,
    rule_version smallint not null,
    seed text not null,
    frame jsonb not null,
    drawn_by uuid not null,
    drawn_at timestamptz default now() not null,
    closed_at timestamptz,
    closed_by uuid,
    closing_note text,
    constraint pk_forums primary key (id),
    constraint uq_forums_round_id_village_code unique (round_id, village_code),
    constraint fk_forums_round_id foreign key (round_id) references rounds (id),
    constraint fk_forums_village_code foreign key (village_code) references villages (code)
);
create index ix_forums_village_code on forums (village_code);
create index ix_forums_path on forums (path text_pattern_ops);

create table forum_houses (
    forum_id uuid not null,
    household_id uuid not null,
    interview_id uuid not null,
    digest bytea not null,
    first_asker uuid not null,
    stratum smallint not null,
    place smallint not null,
    is_reserve boolean not null,
    path text not null,
    constraint pk_forum_houses primary key (forum_id, household_id),
    constraint fk_forum_houses_forum_id foreign key (forum_id) references forums (id),
    constraint fk_forum_houses_household_id foreign key (household_id) references households (id),
    constraint fk_forum_houses_interview_id
        foreign key (interview_id, digest) references revisions (interview_id, digest)
);
create index ix_forum_houses_household_id on forum_houses (household_id);
create index ix_forum_houses_interview_id on forum_houses (interview_id, digest);

create table forum_askers (
    forum_id uuid not null,
    account_id uuid not null,
    path text not null,
    named_by uuid not null,
    named_at timestamptz default now() not null,
    ended_at timestamptz,
    constraint pk_forum_askers primary key (forum_id, account_id),
    constraint fk_forum_askers_forum_id foreign key (forum_id) references forums (id),
    constraint fk_forum_askers_account_id foreign key (account_id) references accounts (id)
);
create index ix_forum_askers_account_id on forum_askers (account_id);

create table back_checks (
    id uuid not null,
    digest bytea not null,
    forum_id uuid not null,
    household_id uuid not null,
    village_code text not null,
    path text not null,
    asker_id uuid not null,
    device_id uuid,
    carried_by uuid not null,
    outcome text not null,
    note text default '' not null,
    respondent text,
    standing text not null,
    answers jsonb default '{}' not null,
    compared jsonb default '{}' not null,
    app text not null,
    ingest_key text not null,
    envelope bytea not null,
    signature bytea,
    finished_at timestamptz,
    received_at timestamptz default now() not null,
    constraint pk_back_checks primary key (id, digest),
    constraint ck_back_checks_outcome check (outcome in ('asked', 'absent', 'refused', 'moved')),
    constraint ck_back_checks_standing check (standing in ('counted', 'first_interviewer',
        'not_named', 'not_drawn', 'unknown_author', 'hand_in', 'second')),
    constraint fk_back_checks_forum_id foreign key (forum_id) references forums (id),
    constraint fk_back_checks_village_code foreign key (village_code) references villages (code)
);
create index ix_back_checks_forum_id on back_checks (forum_id, household_id);
create index ix_back_checks_village_code on back_checks (village_code);
"""

PEOPLE = ("forums", "forum_houses", "forum_askers", "back_checks")
FORCED = """
alter table {table} enable row level security;
alter table {table} force row level security;
create policy owner on {table} to jpt_owner using (true) with check (true);
grant select, insert, update, delete on {table} to jpt_loader;
grant select on {table} to jpt_app;
create policy area on {table} for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
"""
RIGHTS = """
grant update (held_on, closed_at, closed_by, closing_note) on forums to jpt_app;
create policy held on forums for update to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()))
    with check (jpt_reviews() and path ^@ any (jpt_areas()));
grant insert, update (ended_at) on forum_askers to jpt_app;
create policy named on forum_askers for insert to jpt_app with check (
    jpt_reviews() and path ^@ any (jpt_areas()) and named_by = jpt_person()
    and exists (select from forums f where f.id = forum_id and f.path = forum_askers.path));
create policy ended on forum_askers for update to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()))
    with check (jpt_reviews() and path ^@ any (jpt_areas()));

create trigger quality_added after insert on forums
    for each row execute function jpt_mark_village();
create trigger quality_changed after update of closed_at on forums
    for each row execute function jpt_mark_village();
create trigger quality_added after insert on back_checks
    for each row execute function jpt_mark_village();
"""

DRAWING = """
create function jpt_forum_draw(forum jsonb, houses jsonb) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made constant forums := jsonb_populate_record(null::forums, forum);
    place constant text := (select a.path from areas a where a.code = made.village_code
        and a.level = 'village' and a.path ^@ any (jpt_areas()));
begin
    if place is null or jpt_reviews() is not true then
        return false;
    end if;
    insert into forums (id, round_id, village_code, path, held_on, questions_version, rule_version,
        seed, frame, drawn_by)
    values (made.id, (select r.id from rounds r where r.is_current), made.village_code, place,
        made.held_on, made.questions_version, made.rule_version, made.seed, made.frame,
        jpt_person())
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into forum_houses (forum_id, household_id, interview_id, digest, first_asker, stratum,
        place, is_reserve, path)
    select made.id, h.id, i.id, i.head_digest, d.first_asker, d.stratum, d.place, d.is_reserve,
        h.path
    from jsonb_to_recordset(houses) d (household_id uuid, first_asker uuid, stratum smallint,
            place smallint, is_reserve boolean)
        join households h on h.id = d.household_id and h.village_code = made.village_code
        join interviews i on i.id = h.interview_id;
    return true;
end $$;

create function jpt_forum_candidates(village text)
returns table (account_id uuid, name_th text, role text, level text, works_here boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here constant text := (select a.path from areas a where a.code = village
        and a.level = 'village' and a.path ^@ any (jpt_areas()));
    parts constant text[] := string_to_array(here, '.');
begin
    if here is null or jpt_reviews() is not true then
        return;
    end if;
    return query
    with working as (
        select s.account_id as id, bool_or(s.village_code = village) as here, true as collects
        from villages v join villages o on o.subdistrict_code = v.subdistrict_code
            join assignments s on s.village_code = o.code and s.ended_at is null
        where v.code = village
        group by 1
        union all
        select distinct g.account_id, false, false from grants g
        where g.ended_at is null and g.path in (here,
            array_to_string(parts[1:4], '.') || '.', array_to_string(parts[1:3], '.') || '.')
    )
    select a.id, a.name_th, a.role, a.level, w.here
    from working w join accounts a on a.id = w.id and w.collects = (a.role = 'volunteer')
    where a.status = 'active' and a.role in ('volunteer', 'inspector', 'officer')
    order by 5, a.role = 'volunteer', a.name_th, a.id
    limit 300;
end $$;
"""

PEOPLE_OF = """
create function jpt_forum_people(of_forum uuid) returns table (account_id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.id, a.name_th from forums f join accounts a on a.id in (
        select h.first_asker from forum_houses h where h.forum_id = f.id
        union select k.account_id from forum_askers k where k.forum_id = f.id
        union select b.asker_id from back_checks b where b.forum_id = f.id)
    where f.id = of_forum and jpt_reviews() and f.path ^@ any (jpt_areas())
$$;
"""

READING = """
create function jpt_forum_standing(of_forum uuid)
returns table (household_id uuid, state text, respondent text, compared jsonb)
language sql stable set search_path = public, pg_temp as $$
    select h.household_id, coalesce(b.outcome, 'waiting'), b.respondent, b.compared
    from forum_houses h left join lateral (
        select * from back_checks c where c.forum_id = of_forum and c.household_id = h.household_id
            and c.standing = 'counted'
        order by c.outcome = 'asked' desc, c.received_at desc, c.id limit 1) b on true
    where h.forum_id = of_forum
$$;

create function jpt_forums() returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() not in ('volunteer', 'inspector', 'officer') or jpt_account() is null then
        return '[]';
    end if;
    return (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'round', f.round_id,
        'questionnaire', r.questionnaire_id, 'held_on', f.held_on, 'version', f.questions_version,
        'village', jsonb_build_object('code', v.code, 'name_th', a.name_th, 'moo', v.moo,
            'kind', v.kind, 'subdistrict_th', t.name_th, 'district_th', d.name_th),
        'houses', (
            select jsonb_agg(jsonb_build_object('id', h.household_id, 'place', h.place,
                'stratum', h.stratum, 'reserve', h.is_reserve, 'house_number', o.house_number,
                'head_name', o.head_name, 'state', s.state,
                'own', exists (select from revisions e where e.interview_id = h.interview_id
                    and e.author_id = jpt_account())) order by h.place)
            from forum_houses h join households o on o.id = h.household_id
                join jpt_forum_standing(f.id) s on s.household_id = h.household_id
            where h.forum_id = f.id)) order by f.held_on, f.id), '[]')
    from forum_askers k join forums f on f.id = k.forum_id
        join rounds r on r.id = f.round_id and r.is_current
        join villages v on v.code = f.village_code join areas a on a.code = v.code
        join areas t on t.code = v.subdistrict_code join areas d on d.code = t.parent_code
    where k.account_id = jpt_account() and k.ended_at is null and f.closed_at is null);
end $$;

create function jpt_forums_listed(within text, most integer, enough integer)
returns table (village_code text, forum_id uuid, held_on date, closed_at timestamptz, sampled bigint,
    waiting bigint, visited integer, listed integer)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    looked constant text[] := case when jpt_reviews() then jpt_looked_at(within) else '{}' end;
    round constant text := (select r.id from rounds r where r.is_current);
begin
    return query
    select f.village_code, f.id, f.held_on, f.closed_at, s.sampled, s.waiting, null::integer,
        null::integer
    from (select g.* from unnest(looked) l cross join lateral (
            select * from forums o where o.path ~>=~ l and o.path ~<~ (left(l, -1) || '/')
                and o.round_id = round) g
        order by g.closed_at is not null, g.held_on desc, g.village_code limit most) f
    cross join lateral (
        select count(*) filter (where not h.is_reserve) as sampled,
            count(*) filter (where not h.is_reserve and p.state = 'waiting') as waiting
        from forum_houses h join jpt_forum_standing(f.id) p on p.household_id = h.household_id
        where h.forum_id = f.id) s;
    return query
    select p.village_code, null::uuid, null::date, null::timestamptz, null::bigint, null::bigint,
        p.received + p.returned + p.accepted + p.closed,
        p.todo + p.received + p.returned + p.accepted + p.custody + p.closed
    from (select g.* from unnest(looked) l cross join lateral (
            select * from village_progress o where o.path ~>=~ l and o.path ~<~ (left(l, -1) || '/')
                and o.round_id = round and o.received + o.returned + o.accepted > 0
                and (o.received + o.returned + o.accepted + o.closed) * 100 >= enough * (o.todo
                    + o.received + o.returned + o.accepted + o.custody + o.closed)
                and not exists (select from forums f
                    where f.round_id = round and f.village_code = o.village_code)
            order by o.path using ~<~ limit most) g
        limit most) p;
end $$;
"""

ARRIVING = """
create function jpt_back_check_arrival(result uuid, of_digest bytea, forum uuid, household uuid,
    author uuid, device uuid) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    told jsonb;
    house forum_houses;
begin
    if jpt_role() is distinct from 'intake' or (result = any (jpt_interviews())) is not true then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(result::text, 0));
    told := jsonb_build_object('receipts', (
        select coalesce(jsonb_agg(jsonb_build_array(encode(r.digest, 'hex'), r.level, r.jws)), '[]')
        from receipts r where r.interview_id = result and r.digest = of_digest));
    if jsonb_array_length(told -> 'receipts') > 0 then
        return told;
    end if;
    -- two people who asked one household: the second one sees the first
    select * into house from forum_houses h where h.forum_id = forum and h.household_id = household
        for no key update;
    return told || jsonb_build_object(
        'forum', (select jsonb_build_object('village', f.village_code, 'path', f.path,
                'questionnaire', r.questionnaire_id)
            from forums f join rounds r on r.id = f.round_id where f.id = forum),
        'first', (select jsonb_build_object('answers', v.answers -> 'answers', 'declined',
                v.answers -> 'declined', 'members', jsonb_array_length(v.answers -> 'members'))
            from revisions v where v.interview_id = house.interview_id and v.digest = house.digest),
        'is_first_interviewer', exists (select from revisions v
            where v.interview_id = house.interview_id and v.author_id = author),
        'is_named', exists (select from forum_askers k
            where k.forum_id = forum and k.account_id = author),
        'has_been_asked', exists (select from back_checks c where c.forum_id = forum
            and c.household_id = household and c.standing = 'counted' and c.outcome = 'asked'),
        'public_key', (select d.public_key from devices d
            where d.id = device and d.account_id = author and d.revoked_at is null),
        'is_active', exists (select from accounts a where a.id = author and a.status = 'active'));
end $$;

create function jpt_keep_back_check(made jsonb, weight smallint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one constant back_checks := jsonb_populate_record(null::back_checks, made);
    differing constant integer := (select count(*) from jsonb_each(one.compared) c
        where c.value = 'false');
begin
    if jpt_role() is distinct from 'intake' or (one.id = any (jpt_interviews())) is not true then
        return;
    end if;
    insert into back_checks (id, digest, forum_id, household_id, village_code, path, asker_id,
        device_id, carried_by, outcome, note, respondent, standing, answers, compared, app,
        ingest_key, envelope, signature, finished_at)
    values (one.id, one.digest, one.forum_id, one.household_id, one.village_code, one.path,
        one.asker_id, one.device_id, one.carried_by, one.outcome, one.note, one.respondent,
        one.standing, one.answers, one.compared, one.app, one.ingest_key, one.envelope,
        one.signature, one.finished_at);
    if differing = 0 or one.standing <> 'counted' then
        return;
    end if;
    insert into findings (round_id, code, source, interview_id, household_id, account_id,
        village_code, path, weight, detail)
    select i.round_id, 'back_check_differs', 'back_check', i.id, i.household_id, i.author_id,
        i.village_code, i.path, weight, jsonb_build_object('differs', differing, 'compared',
            (select count(*) from jsonb_each(one.compared) c where c.value <> 'null'))
    from forum_houses h join interviews i on i.id = h.interview_id
    where h.forum_id = one.forum_id and h.household_id = one.household_id
    on conflict do nothing;
end $$;
"""

JUDGED = """
create or replace function jpt_back_check_facts(round text, village text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('is_closed', f.closed_at is not null, 'houses', (
        select jsonb_agg(jsonb_build_object('household', h.household_id,
            'interview', h.interview_id, 'stratum', h.stratum, 'place', h.place,
            'is_reserve', h.is_reserve, 'state', s.state, 'compared', s.compared,
            'finding', (select g.state from findings g where g.interview_id = h.interview_id
                and g.code = 'back_check_differs' order by g.id desc limit 1)) order by h.place)
        from forum_houses h join jpt_forum_standing(f.id) s on s.household_id = h.household_id
        where h.forum_id = f.id))
    from forums f where f.round_id = round and f.village_code = village
$$;
"""

GRANTED = (
    "jpt_forum_draw(jsonb, jsonb)",
    "jpt_forum_candidates(text)",
    "jpt_forum_people(uuid)",
    "jpt_forums()",
    "jpt_forums_listed(text, integer, integer)",
    "jpt_back_check_arrival(uuid, bytea, uuid, uuid, uuid, uuid)",
    "jpt_keep_back_check(jsonb, smallint)",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(TABLES)
    for table in PEOPLE:
        op.execute(FORCED.format(table=table))
    for made in (RIGHTS, DRAWING, PEOPLE_OF, READING, ARRIVING, JUDGED):
        op.execute(made)
    functions = ", ".join((*GRANTED, "jpt_forum_standing(uuid)"))
    op.execute(f"revoke all on function {functions} from public")
    op.execute(f"grant execute on function {', '.join(GRANTED)} to jpt_app")


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: what households said again would be lost")
