"""Keep how each interview compares with its village, apart from intake.

Screening is a step of the follow-up: each interview that it looks at makes its village due, so that
intake writes nothing more for it. A row of `screenings` holds the numbers of one interview (no
names, no answers in clear: equal codes are equal answers), so that a village is compared again
without its documents being read again.
"""

from alembic import op

revision = "0042_screening"
down_revision = "0041_conflicts"
branch_labels = None
depends_on = None

TABLES = """
create table screenings (
    interview_id uuid not null,
    round_id text not null,
    household_id uuid not null,
    village_code text not null,
    path text not null,
    account_id uuid not null,
    digest bytea not null,
    questionnaire_id text not null,
    mode text not null,
    version integer not null,
    began timestamptz not null,
    ended timestamptz not null,
    figures jsonb not null,
    codes bytea not null,
    score real,
    stands_out boolean default false not null,
    reasons jsonb default '[]' not null,
    updated_at timestamptz default now() not null,
    constraint pk_screenings primary key (interview_id),
    constraint ck_screenings_mode check (mode in ('doorstep', 'paper')),
    constraint fk_screenings_interview_id foreign key (interview_id) references interviews (id),
    constraint fk_screenings_round_id foreign key (round_id) references rounds (id),
    constraint fk_screenings_household_id foreign key (household_id) references households (id),
    constraint fk_screenings_village_code foreign key (village_code) references villages (code),
    constraint fk_screenings_account_id foreign key (account_id) references accounts (id)
);
create index ix_screenings_village_code on screenings (village_code, round_id);
create index ix_screenings_subdistrict on screenings (left(village_code, 6), round_id, mode);
create index ix_screenings_account_id on screenings (account_id, village_code, round_id);
create index ix_screenings_household_id on screenings (household_id);
create index ix_screenings_round_id on screenings (round_id);

create table volunteer_screenings (
    round_id text not null,
    village_code text not null,
    account_id uuid not null,
    path text not null,
    interviews integer not null,
    judged integer not null,
    standing_out integer not null,
    usual_share real not null,
    rank real not null,
    reasons jsonb default '{}' not null,
    beside jsonb default '{}' not null,
    updated_at timestamptz default now() not null,
    constraint pk_volunteer_screenings primary key (round_id, village_code, account_id),
    constraint fk_volunteer_screenings_round_id foreign key (round_id) references rounds (id),
    constraint fk_volunteer_screenings_village_code
        foreign key (village_code) references villages (code),
    constraint fk_volunteer_screenings_account_id
        foreign key (account_id) references accounts (id)
);
create index ix_volunteer_screenings_village_code on volunteer_screenings (village_code);
create index ix_volunteer_screenings_account_id on volunteer_screenings (account_id);
create index ix_volunteer_screenings_rank
    on volunteer_screenings (round_id, rank desc, account_id, village_code);
create index ix_volunteer_screenings_district
    on volunteer_screenings (left(village_code, 4), round_id, rank desc, account_id, village_code);

create table screening_due (
    round_id text not null,
    village_code text not null,
    since timestamptz default now() not null,
    constraint pk_screening_due primary key (round_id, village_code)
);
"""

FORCED = """
alter table {table} enable row level security;
alter table {table} force row level security;
create policy owner on {table} to jpt_owner using (true) with check (true);
create policy area on {table} for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy finder on {table} to jpt_app
    using (jpt_role() = 'finder') with check (jpt_role() = 'finder');
grant select, insert, update, delete on {table} to jpt_app, jpt_loader;
"""

CHANGED = """
-- the village of an interview that is not screened as it stands is due; called for each that came
create function jpt_screening_mark(of_interview uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into screening_due (round_id, village_code)
    select i.round_id, i.village_code from interviews i
        left join screenings s on s.interview_id = i.id
    where i.id = of_interview and jpt_role() = 'finder'
        and (s.digest is distinct from i.head_digest and i.outcome = 'interviewed'
            or s.interview_id is not null
                and i.state not in ('received', 'returned', 'accepted'))
    on conflict do nothing;
end;

-- every village of the round is due again
create function jpt_screening_again(of_round text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made integer;
begin
    if jpt_role() is distinct from 'finder' then
        return 0;
    end if;
    insert into screening_due (round_id, village_code, since)
    select p.round_id, p.village_code, '-infinity' from village_progress p
    where p.round_id = of_round
    on conflict (round_id, village_code) do update set since = '-infinity';
    get diagnostics made = row_count;
    return made;
end $$;

-- the village that has waited longest, at least so long that what comes in a row is one village
create function jpt_screening_take(waited interval) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    taken screening_due;
begin
    if jpt_role() is distinct from 'finder' then
        return null;
    end if;
    select * into taken from screening_due d where d.since <= now() - waited
        order by d.since, d.village_code limit 1 for update skip locked;
    if not found then
        return null;
    end if;
    delete from screening_due d
        where d.round_id = taken.round_id and d.village_code = taken.village_code;
    return jsonb_build_object('round', taken.round_id, 'village', taken.village_code);
end $$;
"""

READING = """
-- interviews of a village that are not screened as they stand, by this version: answers of the head, times of the
-- first revision (a correction is quick by nature), done by who made that one
create function jpt_screening_read(of_round text, of_village text, of_version integer,
    most integer)
returns table (interview_id uuid, household_id uuid, village_path text, digest bytea,
    account_id uuid, questionnaire_id text, mode text, answers jsonb, members jsonb, paradata jsonb,
    began text, ended timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() is distinct from 'finder' then
        return;
    end if;
    return query
    select i.id, i.household_id, i.path, i.head_digest, f.author_id, h.questionnaire_id,
        coalesce(f.answers ->> 'mode', i.mode), h.answers -> 'answers', h.answers -> 'members',
        f.answers -> 'paradata', f.answers ->> 'started_at', coalesce(f.finished_at, f.received_at)
    from interviews i
        join revisions h on h.interview_id = i.id and h.digest = i.head_digest
        cross join lateral (select r.author_id, r.answers, r.finished_at, r.received_at
            from revisions r where r.interview_id = i.id
            order by r.number, r.received_at, r.digest limit 1) f
        left join screenings s on s.interview_id = i.id
    where i.village_code = of_village and i.round_id = of_round
        and i.state in ('received', 'returned', 'accepted') and i.outcome = 'interviewed'
        and (s.digest is distinct from i.head_digest or s.version <> of_version)
    order by i.id limit most;
end $$;

-- figures of what is no interview of this village any more are gone
create function jpt_screening_forget(of_round text, of_village text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    forgotten integer;
begin
    delete from screenings s
    where jpt_role() = 'finder' and s.village_code = of_village and s.round_id = of_round
        and not exists (select from interviews i where i.id = s.interview_id
            and i.village_code = of_village and i.round_id = of_round
            and i.state in ('received', 'returned', 'accepted') and i.outcome = 'interviewed');
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;
"""

LISTING = """
-- the volunteers of the asker's part of an area, those first whose interviews stand out most
create function jpt_screened(of_round text, of_area text, from_rank real, from_account uuid,
    from_village text, most integer)
returns table (account_id uuid, name_th text, village_code text, village_th text, moo integer,
    subdistrict_th text, district_th text, interviews integer, judged integer, standing_out integer,
    usual_share real, rank real, reasons jsonb, updated_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    within constant text := (select a.path from areas a where a.code = of_area);
    mine constant text[] := jpt_areas();
begin
    if jpt_reviews() is not true or within is null then
        return;
    end if;
    return query
    with found as (
        (select v.* from volunteer_screenings v
        where length(of_area) >= 4 and left(v.village_code, 4) = left(of_area, 4)
            and v.round_id = of_round and v.path ^@ within and v.path ^@ any (mine)
            and (v.rank < from_rank
                or v.rank = from_rank and (v.account_id, v.village_code) > (from_account, from_village))
        order by v.rank desc, v.account_id, v.village_code limit most)
        union all
        (select v.* from volunteer_screenings v
        where length(of_area) < 4
            and v.round_id = of_round and v.path ^@ within and v.path ^@ any (mine)
            and (v.rank < from_rank
                or v.rank = from_rank and (v.account_id, v.village_code) > (from_account, from_village))
        order by v.rank desc, v.account_id, v.village_code limit most)
    )
    select f.account_id, a.name_th, f.village_code, n.name_th, w.moo, s.name_th, d.name_th,
        f.interviews, f.judged, f.standing_out, f.usual_share, f.rank, f.reasons, f.updated_at
    from found f
        join accounts a on a.id = f.account_id
        join areas n on n.code = f.village_code
        join villages w on w.code = f.village_code
        join areas s on s.code = w.subdistrict_code
        join areas d on d.code = left(f.village_code, 4)
    order by f.rank desc, f.account_id, f.village_code;
end $$;
"""

FUNCTIONS = (
    "jpt_screening_mark(uuid)",
    "jpt_screening_again(text)",
    "jpt_screening_take(interval)",
    "jpt_screening_read(text, text, integer, integer)",
    "jpt_screening_forget(text, text)",
    "jpt_screened(text, text, real, uuid, text, integer)",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(TABLES)
    for table in ("screenings", "volunteer_screenings"):
        op.execute(FORCED.format(table=table))
    op.execute("grant select, insert, update, delete on screening_due to jpt_loader")
    op.execute(CHANGED)
    op.execute(READING)
    op.execute(LISTING)
    for function in FUNCTIONS:
        op.execute(f"revoke all on function {function} from public")
        op.execute(f"grant execute on function {function} to jpt_app")


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"drop function {function}")
    for table in ("screening_due", "volunteer_screenings", "screenings"):
        op.execute(f"drop table {table}")
