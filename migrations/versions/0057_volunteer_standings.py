"""Keep for each volunteer what check 3 compares, so that an area is compared by reading it once.

Where somebody belongs, where they live and which orders name them lay in four tables; to compare
a large district each person was looked up in all of them. One narrow row a volunteer is moved by
the act that changes any of it. An order stands there as its round and path, so that a new round
needs no reckoning. Counts of an order's names are asked by functions that judge the scope once.
"""

from alembic import op

revision = "0057_volunteer_standings"
down_revision = "0056_forum"
branch_labels = None
depends_on = None

TABLE = """
create table volunteer_standings (
    account_id uuid not null,
    path text not null,
    is_working boolean not null,
    home_path text,
    order_paths text[] default '{}' not null,
    constraint pk_volunteer_standings primary key (account_id),
    constraint fk_volunteer_standings_account_id foreign key (account_id)
        references accounts (id) on delete cascade
);
create index ix_volunteer_standings_path on volunteer_standings
    (path text_pattern_ops, account_id) where is_working;
create index ix_volunteer_standings_home_path on volunteer_standings (home_path);
create index ix_appointed_people_open on appointed_people (order_id, place)
    where account_id is null;

alter table volunteer_standings enable row level security;
alter table volunteer_standings force row level security;
create policy owner on volunteer_standings to jpt_owner using (true) with check (true);
grant select on volunteer_standings to jpt_loader;
"""

ORDERS = """
    select array_agg(distinct o.round_id || ' ' || o.path)
    from appointed_people p join appointment_orders o on o.id = p.order_id
    where p.account_id = {account} and o.withdrawn_at is null"""
FILL = f"""
insert into volunteer_standings (account_id, path, is_working, home_path, order_paths)
select a.id, a.path, a.status in ('active', 'suspended'), h.path,
    coalesce(({ORDERS.format(account="a.id")}), '{{}}')
from accounts a left join person_details d on d.account_id = a.id
    left join areas h on h.code = d.home_village_code
where a.role = 'volunteer';
"""  # noqa: S608 (texts of our own)

# Whoever withdraws an order and whoever matches a name of it wait for each other (the order is held),
# as do two who change one volunteer (the row is); the second looks with the eyes of a new statement.
KEPT = f"""
create function jpt_stand_again(who uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform from volunteer_standings s where s.account_id = any (who)
    order by s.account_id for no key update;
    update volunteer_standings s set order_paths = now.paths
    from (select w.id, coalesce(({ORDERS.format(account="w.id")}), '{{}}') as paths
        from unnest(who) w (id)) now
    where s.account_id = now.id and s.order_paths <> now.paths;
end $$;

create function jpt_stand() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into volunteer_standings (account_id, path, is_working)
    values (new.id, new.path, new.status in ('active', 'suspended'))
    on conflict (account_id) do update
    set path = excluded.path, is_working = excluded.is_working;
    return null;
end $$;
create trigger stand after insert or update of path, status on accounts
    for each row when (new.role = 'volunteer') execute function jpt_stand();

create function jpt_stand_at_home() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update volunteer_standings s set home_path = jpt_path_of(new.home_village_code)
    where s.account_id = new.account_id;
    return null;
end $$;
create trigger stand after insert or update of home_village_code on person_details
    for each row execute function jpt_stand_at_home();

create function jpt_stand_moved() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update volunteer_standings s set home_path = new.path where s.home_path = old.path;
    return null;
end $$;
create trigger stand after update of path on areas
    for each row when (new.path <> old.path) execute function jpt_stand_moved();

create function jpt_stand_named() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op <> 'DELETE' then
        perform from appointment_orders o where o.id in (select f.order_id from fresh f)
        order by o.id for share;
    end if;
    if tg_op = 'INSERT' then
        perform jpt_stand_again(array(select distinct f.account_id from fresh f
            where f.account_id is not null));
    elsif tg_op = 'DELETE' then
        perform jpt_stand_again(array(select distinct g.account_id from gone g
            where g.account_id is not null));
    else
        perform jpt_stand_again(array(
            select distinct w.id from gone g join fresh f on f.id = g.id
                cross join lateral (values (g.account_id), (f.account_id)) w (id)
            where g.account_id is distinct from f.account_id and w.id is not null));
    end if;
    return null;
end $$;
create trigger stand_added after insert on appointed_people referencing new table as fresh
    for each statement execute function jpt_stand_named();
create trigger stand_gone after delete on appointed_people referencing old table as gone
    for each statement execute function jpt_stand_named();
create trigger stand_moved after update on appointed_people
    referencing old table as gone new table as fresh
    for each statement execute function jpt_stand_named();

create function jpt_stand_ordered() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform jpt_stand_again(array(select distinct p.account_id from appointed_people p
        where p.order_id = new.id and p.account_id is not null));
    return null;
end $$;
create trigger stand after update of withdrawn_at, path, round_id on appointment_orders
    for each row execute function jpt_stand_ordered();
"""  # noqa: S608 (texts of our own)

NAMED = """(asked ^@ any (s.order_paths)
            or exists (select from unnest(s.order_paths) o where o ^@ asked))"""
COLUMNS = "s.account_id, s.path, s.home_path, s.order_paths"
BELONG = f"""select {COLUMNS} from volunteer_standings s
        where s.is_working and s.path ~>=~ within and s.path ~<~ beyond"""  # noqa: S608
# Who works in the area and belongs elsewhere.
WORK = f"""select {COLUMNS}
        from (select distinct g.account_id from assignments g where g.ended_at is null
                and g.round_id = round and g.path ~>=~ within and g.path ~<~ beyond) g
            cross join lateral (
                select t.* from volunteer_standings t where t.account_id = g.account_id limit 1) s
        where s.is_working and not s.path ^@ within"""  # noqa: S608

CHECKED = f"""
create function jpt_standing_counts(round text, within text)
returns table (volunteers bigint, appointed bigint, local bigint, not_local bigint,
    home_unknown bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    asked constant text := round || ' ' || within;
    beyond constant text := left(within, -1) || '/';
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    return query select count(*), count(*) filter (where {NAMED}),
        count(*) filter (where s.home_path ^@ within),
        count(*) filter (where not s.home_path ^@ within),
        count(*) filter (where s.home_path is null)
    from ({BELONG}
        union all
        {WORK}) s;
end $$;

create function jpt_standing_list(round text, within text, which text, after_path text,
    after_id uuid, page integer)
returns table (account uuid, name_th text, path text, villages bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    asked constant text := round || ' ' || within;
    beyond constant text := left(within, -1) || '/';
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    return query
    select s.account_id, a.name_th, s.path, (select count(distinct g.village_code)
        from assignments g where g.account_id = s.account_id and g.ended_at is null
            and g.round_id = round and g.path ^@ within)
    from (
        (select s.account_id, s.path from ({BELONG}) s where {{wanted}} and {{later}}
            order by s.path using ~<~, s.account_id limit page)
        union all
        (select s.account_id, s.path from ({WORK}) s where {{wanted}} and {{later}}
            order by s.path using ~<~, s.account_id limit page)
        order by 2 using ~<~, 1 limit page) s
        join accounts a on a.id = s.account_id
    order by s.path using ~<~, s.account_id;
end $$;

create function jpt_order_tallies(orders uuid[])
returns table (order_id uuid, names bigint, matched bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, t.names, t.matched
    from appointment_orders o cross join lateral (
        select count(*) as names, count(p.account_id) as matched
        from appointed_people p where p.order_id = o.id) t
    where o.id = any (orders) and jpt_role() = 'officer' and o.path ^@ any (jpt_areas())
$$;

create function jpt_open_names_count(round text, within text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*) from appointment_orders o
        join appointed_people p on p.order_id = o.id and p.account_id is null
    where jpt_officer_around(within) and o.path ^@ within and o.round_id = round
        and o.withdrawn_at is null
$$;

create function jpt_open_names(round text, within text, after_order uuid, after_place integer,
    page integer)
returns table (id bigint, order_id uuid, order_number text, place integer, name_th text)
language sql stable security definer set search_path = public, pg_temp set jit = off as $$
    select p.id, o.id, o.number, p.place, p.name_th
    from (select w.id, w.number from appointment_orders w
            where jpt_officer_around(within) and w.path ~>=~ within
                and w.path ~<~ (left(within, -1) || '/') and w.round_id = round
                and w.withdrawn_at is null and (after_order is null or w.id >= after_order)
            order by w.id) o
        cross join lateral (
            select n.id, n.place, n.name_th from appointed_people n
            where n.order_id = o.id and n.account_id is null
                and (after_order is null or (o.id, n.place) > (after_order, after_place))
            order by n.place limit page) p
    order by o.id, p.place limit page
$$;
"""  # noqa: S608 (texts of our own)
WANTED = f"""case which when 'without_order' then not {NAMED}
            when 'not_local' then not s.home_path ^@ within
            when 'home_unknown' then s.home_path is null end"""
LATER = """(after_id is null or s.path ~>~ after_path
            or s.path = after_path and s.account_id > after_id)"""

MADE = (
    "jpt_standing_counts(text, text)",
    "jpt_standing_list(text, text, text, text, uuid, integer)",
    "jpt_order_tallies(uuid[])",
    "jpt_open_names_count(text, text)",
    "jpt_open_names(text, text, uuid, integer, integer)",
)
INTERNAL = (
    "jpt_stand_again(uuid[])",
    "jpt_stand()",
    "jpt_stand_at_home()",
    "jpt_stand_moved()",
    "jpt_stand_named()",
    "jpt_stand_ordered()",
)
# An index, whatever the planner guesses of an actor who wrote most of the log.
WORKED = """
create or replace function jpt_has_worked(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from devices x where x.account_id = account)
        or exists (select from assignments x where x.account_id = account)
        or exists (select from interviews x where x.author_id = account)
        or exists (select from (select from audit_entries x where x.actor_id = account
            order by x.actor_id, x.id limit 1) x)
$$;
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(FILL)
    op.execute(KEPT)
    op.execute(CHECKED.replace("{wanted}", WANTED).replace("{later}", LATER))
    op.execute(f"revoke all on function {', '.join(MADE + INTERNAL)} from public")
    op.execute(f"grant execute on function {', '.join(MADE)} to jpt_app")
    op.execute("drop function jpt_local_volunteers(text, text)")
    op.execute(WORKED)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: the application would ask for what is no more")
