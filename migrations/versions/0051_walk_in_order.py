"""Walk the worklist's indexes in their order: of a district its own, not the country's.

An index that begins with an expression serves an order only where the order names the expression,
although it is one value there; so the planner walked the whole country's index for a district, or
sorted all that it found. The pages were right, and slow where much lies elsewhere.
"""

from alembic import op

revision = "0051_walk_in_order"
down_revision = "0050_nearest_volunteers"
branch_labels = None
depends_on = None

WALK = """
create or replace function jpt_review_walk(within text, wanted_state text, kind text, by_author uuid,
    of_code text, after_weight integer, after_id uuid, page integer)
returns setof interviews
language plpgsql stable set search_path = public, pg_temp set jit = off
set enable_bitmapscan = off as $$
declare
    place record;
    is_rare constant boolean := coalesce(kind in ('finding', 'explained', 'outcome'), false);
    sound constant text := ' and i.round_id = $2 and i.state = $3' || jpt_kind_of_look(kind);
    district constant text := case when is_rare then 'substr(i.village_code, 1, 4)'
        else 'left(i.village_code, 4)' end;
    walk text;
    source text;
begin
    select * into place
        from jpt_reviewed_areas(within, is_rare);
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
    walk := '%s' || sound || '%s order by %s i.review_weight desc, i.id limit $10';
    if after_id is not null then
        walk := format('(%s) union all (%s)',
            format(walk, '%1$s', ' and i.review_weight = $8 and i.id > $9', '%2$s'),
            format(walk, '%1$s', ' and i.review_weight < $8', '%2$s'));
    else
        walk := format(walk, '%1$s', '', '%2$s');
    end if;
    if source is not null then
        walk := format(walk, source, '');
    else
        walk := format('(select i.* from unnest($4) d cross join lateral (%s) i)
            union all (select i.* from unnest($5) v cross join lateral (%s) i)',
            format(walk, 'select i.* from interviews i where ' || district || ' = d',
                district || ', i.round_id, i.state,'),
            format(walk, 'select i.* from interviews i where i.village_code = v',
                'i.village_code, i.round_id, i.state,'));
    end if;
    return query execute
        'select i.* from (' || walk || ') i order by i.review_weight desc, i.id limit $10'
        using place.looked, (select r.id from rounds r where r.is_current), wanted_state,
            place.districts, place.villages, by_author, of_code, after_weight, after_id, page;
end $$;
"""

COUNTS = """
create or replace function jpt_worklist_counts(within text, most integer)
returns table (to_look bigint, nothing bigint, returned bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off
set enable_bitmapscan = off as $$
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
                and i.review_weight > 0
            order by left(i.village_code, 4), i.round_id, i.state, i.review_weight desc
            limit most - to_look) n);
        nothing := nothing + (select count(*) from (select from interviews i
            where left(i.village_code, 4) = key and i.round_id = round and i.state = 'received'
                and i.review_weight = 0
            order by left(i.village_code, 4), i.round_id, i.state, i.review_weight desc
            limit most - nothing) n);
        returned := returned + (select count(*) from (select from interviews i
            where left(i.village_code, 4) = key and i.round_id = round and i.state = 'returned'
            order by left(i.village_code, 4), i.round_id, i.state, i.review_weight desc
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


def upgrade() -> None:
    op.execute(WALK)
    op.execute(COUNTS)


def downgrade() -> None:
    """What these functions answer is the same before and after: only how they read differs."""
