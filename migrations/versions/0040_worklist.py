"""List what waits for review, weakest first, at the same cost for a village and for the country.

The scope is judged once; then each area's index is walked in the order of the list: the country's,
one a district, or one a village below that. A page goes on where the last one ended, in two walks:
the rest of the same weight, then what is lighter.
"""

from alembic import op

revision = "0040_worklist"
down_revision = "0039_follow_up"
branch_labels = None
depends_on = None

KINDS = """
create function jpt_kind_of_look(kind text) returns text language sql immutable parallel safe
    return case kind
        when 'any' then ' and i.review_weight > 0'
        when 'nothing' then ' and i.review_weight = 0'
        when 'hard' then ' and i.review_weight >= 40 and i.hard_open > 0'
        when 'soft' then ' and i.review_weight >= 8 and i.soft_open > 0'
        when 'explained' then ' and i.review_weight >= 3 and i.explained > 0'
        when 'evidence' then ' and i.review_weight >= 25 and i.evidence_due = 0
            and i.evidence_grade <> ''good'' and i.outcome = ''interviewed'' '
        when 'finding' then ' and i.review_weight >= 1 and i.findings_weight > 0'
        when 'conflict' then ' and i.review_weight >= 100 and i.has_conflict'
        when 'outcome' then ' and i.review_weight >= 15 and i.outcome <> ''interviewed'' '
        else '' end;
"""
"""The weights are those that `jpt_weigh` gives for it at least: the walk ends where they do."""

INDEXES = """
create index ix_interviews_district_finding
    on interviews (substr(village_code, 1, 4), round_id, state, review_weight desc, id)
    where findings_weight > 0;
create index ix_interviews_district_explained
    on interviews (substr(village_code, 1, 4), round_id, state, review_weight desc, id)
    where explained > 0;
create index ix_interviews_district_outcome
    on interviews (substr(village_code, 1, 4), round_id, state, review_weight desc, id)
    where outcome <> 'interviewed';
"""
"""For what is rare, so that a walk for it does not pass by everything else; each holds few rows.

The district is said otherwise than in the large index: the planner would take that one, not knowing
that what is rare is all of one weight.
"""

AREAS = """
create function jpt_reviewed_areas(within text, by_district boolean, out country boolean, out districts text[],
    out villages text[], out looked text[])
language plpgsql stable set search_path = public, pg_temp as $$
begin
    looked := case when jpt_reviews() then jpt_looked_at(within) else '{}' end;
    country := 'TH.' = any (looked) and not by_district;
    select coalesce(array_agg(a.code), '{}') into districts
        from unnest(looked) l cross join lateral (
            select d.code from areas d where not country and d.level = 'district'
                and d.path ~>=~ l and d.path ~<~ (left(l, -1) || '/')) a;
    select coalesce(array_agg(a.code), '{}') into villages
        from unnest(looked) l cross join lateral (
            select v.code from areas v where l ~ '^([^.]*[.]){4,}' and v.level = 'village'
                and v.path ~>=~ l and v.path ~<~ (left(l, -1) || '/')) a;
end $$;
"""

WALK = """
create function jpt_review_walk(within text, wanted_state text, kind text, by_author uuid,
    of_code text, after_weight integer, after_id uuid, page integer)
returns setof interviews
language plpgsql stable set search_path = public, pg_temp set jit = off as $$
declare
    place record;
    is_rare constant boolean := kind in ('finding', 'explained', 'outcome');
    sound constant text := ' and i.round_id = $2 and i.state = $3' || jpt_kind_of_look(kind);
    walk text;
    source text;
begin
    select * into place
        from jpt_reviewed_areas(within, coalesce(is_rare, false));
    if place.looked = '{}' then
        return;
    end if;
    source := case
        when of_code is not null then 'select i.* from (
            select distinct f.interview_id from unnest($1) l cross join lateral (
                select g.interview_id from findings g where g.round_id = $2 and g.state = ''open''
                    and g.code = $7 and g.path ~>=~ l and g.path ~<~ (left(l, -1) || ''/'')
                order by g.path using ~<~ limit 20000) f) f
            cross join lateral (
                select o.* from interviews o where o.id = f.interview_id limit 1) i where true'
        when by_author is not null then 'select i.* from interviews i
            where i.author_id = $6 and i.path ^@ any ($1)'
        when place.country then 'select i.* from interviews i where true' end;
    walk := '%s' || sound || '%s order by i.review_weight desc, i.id limit $10';
    if after_id is not null then
        walk := format('(%s) union all (%s)',
            format(walk, '%1$s', ' and i.review_weight = $8 and i.id > $9'),
            format(walk, '%1$s', ' and i.review_weight < $8'));
    else
        walk := format(walk, '%1$s', '');
    end if;
    if source is not null then
        walk := format(walk, source);
    else
        walk := format('(select i.* from unnest($4) d cross join lateral (%s) i)
            union all (select i.* from unnest($5) v cross join lateral (%s) i)',
            format(walk, 'select i.* from interviews i where ' || case when is_rare
                then 'substr(i.village_code, 1, 4) = d' else 'left(i.village_code, 4) = d' end),
            format(walk, 'select i.* from interviews i where i.village_code = v'));
    end if;
    return query execute
        'select i.* from (' || walk || ') i order by i.review_weight desc, i.id limit $10'
        using place.looked, (select r.id from rounds r where r.is_current), wanted_state,
            place.districts, place.villages, by_author, of_code, after_weight, after_id, page;
end $$;

create function jpt_worklist(within text, wanted_state text, kind text, by_author uuid,
    of_code text, after_weight integer, after_id uuid, page integer)
returns table (id uuid, household_id uuid, village_code text, house_number text, head_name text,
    author_id uuid, author text, outcome text, weight integer, hard_open integer,
    soft_open integer, explained integer, evidence_grade text, evidence_due integer,
    has_conflict boolean, codes text[], number integer, received_at timestamptz,
    decided_at timestamptz, decision text, deadline date)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, i.household_id, i.village_code, h.house_number, h.head_name, i.author_id,
        a.name_th, i.outcome, i.review_weight::integer, i.hard_open, i.soft_open, i.explained,
        i.evidence_grade, i.evidence_due, i.has_conflict, f.codes, i.head_number, i.received_at,
        d.created_at, d.decision, d.deadline
    from jpt_review_walk(within, wanted_state, kind, by_author, of_code, after_weight, after_id,
            least(page, 200)) i
        cross join lateral (select o.* from households o where o.id = i.household_id limit 1) h
        cross join lateral (select n.name_th from accounts n where n.id = i.author_id limit 1) a
        cross join lateral (
            select coalesce(array_agg(distinct g.code), '{}') as codes from findings g
            where g.interview_id = i.id and g.state = 'open') f
        left join lateral (
            select c.created_at, c.decision, c.deadline from decisions c
            where c.interview_id = i.id order by c.id desc limit 1) d on true
    order by i.review_weight desc, i.id
$$;

create function jpt_worklist_clean(within text, by_author uuid, most integer)
returns table (id uuid, digest bytea, village_code text)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    place record;
    area text;
    given integer := 0;
    now_given integer;
begin
    select * into place from jpt_reviewed_areas(within, false);
    for area in
        select a.path from areas a where place.looked <> '{}' and (
            (place.country and a.level = 'country') or a.code = any (place.districts)
            or a.code = any (place.villages))
        order by a.path
    loop
        return query select i.id, i.head_digest, i.village_code
            from jpt_review_walk(area, 'received', 'nothing', by_author, null, null, null,
                most - given) i
            where i.evidence_due = 0;
        get diagnostics now_given = row_count;
        given := given + now_given;
        exit when given >= most;
    end loop;
end $$;
"""

COUNTS = """
create function jpt_worklist_counts(within text, most integer)
returns table (to_look bigint, nothing bigint, returned bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    place record;
    round constant text := (select r.id from rounds r where r.is_current);
    key text;
begin
    select * into place from jpt_reviewed_areas(within, false);
    to_look := 0; nothing := 0; returned := 0;
    if place.looked = '{}' then
        return;
    elsif place.country then
        to_look := (select count(*) from (select from interviews i where i.round_id = round
            and i.state = 'received' and i.review_weight > 0 limit most) n);
        nothing := (select count(*) from (select from interviews i where i.round_id = round
            and i.state = 'received' and i.review_weight = 0 limit most) n);
        returned := (select count(*) from (select from interviews i where i.round_id = round
            and i.state = 'returned' limit most) n);
    end if;
    foreach key in array place.districts loop
        to_look := to_look + (select count(*) from (select from interviews i
            where left(i.village_code, 4) = key and i.round_id = round and i.state = 'received'
                and i.review_weight > 0 limit most - to_look) n);
        nothing := nothing + (select count(*) from (select from interviews i
            where left(i.village_code, 4) = key and i.round_id = round and i.state = 'received'
                and i.review_weight = 0 limit most - nothing) n);
        returned := returned + (select count(*) from (select from interviews i
            where left(i.village_code, 4) = key and i.round_id = round and i.state = 'returned'
            limit most - returned) n);
    end loop;
    foreach key in array place.villages loop
        to_look := to_look + (select count(*) from (select from interviews i
            where i.village_code = key and i.round_id = round and i.state = 'received'
                and i.review_weight > 0 limit most - to_look) n);
        nothing := nothing + (select count(*) from (select from interviews i
            where i.village_code = key and i.round_id = round and i.state = 'received'
                and i.review_weight = 0 limit most - nothing) n);
        returned := returned + (select count(*) from (select from interviews i
            where i.village_code = key and i.round_id = round and i.state = 'returned'
            limit most - returned) n);
    end loop;
    return next;
end $$;
"""
"""Area after area, until as many are counted as are told: the cost does not grow with the country."""

DECISIONS = """
create function jpt_decisions(of_interview uuid)
returns table (id bigint, decision text, reason text, deadline date, kinds text[], digest bytea,
    decided_at timestamptz, decided_by text, given_to text, batch uuid, comments jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id, d.decision, d.reason, d.deadline, d.kinds, d.digest, d.created_at, b.name_th,
        g.name_th, d.batch, (
            select coalesce(jsonb_agg(jsonb_build_object('about', c.about, 'comment', c.comment)
                order by c.ordinal), '[]')
            from decision_comments c where c.decision_id = d.id)
    from decisions d
        join accounts b on b.id = d.decided_by
        left join accounts g on g.id = d.given_to
    where jpt_reviews() and d.interview_id = of_interview and d.path ^@ any (jpt_areas())
    order by d.id desc limit 100
$$;
"""

SIGNATURES = """
jpt_worklist(text, text, text, uuid, text, integer, uuid, integer),
jpt_worklist_clean(text, uuid, integer), jpt_worklist_counts(text, integer),
jpt_decisions(uuid)
"""


def upgrade() -> None:
    for made in (INDEXES, KINDS, AREAS, WALK, COUNTS, DECISIONS):
        op.execute(made)
    op.execute(f"revoke all on function {SIGNATURES} from public")
    op.execute(f"grant execute on function {SIGNATURES} to jpt_app")


def downgrade() -> None:
    op.execute(
        "drop index ix_interviews_district_finding, ix_interviews_district_explained, "
        "ix_interviews_district_outcome"
    )
    op.execute(f"drop function {SIGNATURES}")
    op.execute(
        "drop function jpt_review_walk(text, text, text, uuid, text, integer, uuid, integer), "
        "jpt_reviewed_areas(text, boolean), jpt_kind_of_look(text)"
    )
