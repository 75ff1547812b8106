"""Find the areas of a worklist by their codes, and what is rare by indexes of its own.

With the country's 75,000 villages the range of a path was guessed too wide, and every list of a
subdistrict read all areas again, for accepting at once even village by village. An interview with
an open hard failure is rare: to find none of them, a province's list passed by all that waits.
Counting goes by the index of the district: an entry read in vain is what it must not have too much of.
"""

from alembic import op

revision = "0060_areas_by_code"
down_revision = "0059_erase_or_close"
branch_labels = None
depends_on = None

AREAS = """
create or replace function jpt_reviewed_areas(within text, by_district boolean, out country boolean,
    out districts text[], out villages text[], out looked text[])
language plpgsql stable set search_path = public, pg_temp as $$
begin
    looked := case when jpt_reviews() then jpt_looked_at(within) else '{}' end;
    country := 'TH.' = any (looked) and not by_district;
    with steps as (
        select string_to_array(rtrim(l, '.'), '.') as codes from unnest(looked) l
    )
    select coalesce(array_agg(f.code), '{}') into districts from (
        select d.code from areas d
        where by_district and 'TH.' = any (looked) and d.level = 'district'
        union
        select d.code from steps s join areas d on d.parent_code = s.codes[2]
        where cardinality(s.codes) = 2 and d.level = 'district'
        union
        select d.code from steps s join areas d on d.code = s.codes[3]
        where cardinality(s.codes) = 3) f;
    with steps as (
        select string_to_array(rtrim(l, '.'), '.') as codes from unnest(looked) l
    )
    select coalesce(array_agg(f.code), '{}') into villages from (
        select v.code from steps s join areas v on v.parent_code = s.codes[4]
        where cardinality(s.codes) = 4 and v.level = 'village'
        union
        select v.code from steps s join areas v on v.code = s.codes[5]
        where cardinality(s.codes) = 5) f;
end $$;
"""

FORMER_AREAS = """
create or replace function jpt_reviewed_areas(within text, by_district boolean, out country boolean,
    out districts text[], out villages text[], out looked text[])
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

CLEAN = """
create or replace function jpt_worklist_clean(within text, by_author uuid, most integer)
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
        select a.path from unnest(place.districts || place.villages) c (code)
            join areas a on a.code = c.code
        union all
        select a.path from areas a where place.country and a.level = 'country'
        order by 1
    loop
        return query select i.id, i.head_digest, i.village_code
            from jpt_review_walk(area, 'received', 'nothing', by_author, null, null, null,
                most - given) i
            where i.evidence_due = 0
                and not exists (select from follow_ups u where u.interview_id = i.id);
        get diagnostics now_given = row_count;
        given := given + now_given;
        exit when given >= most;
    end loop;
end $$;
"""

WALK = """
create or replace function jpt_review_walk(within text, wanted_state text, kind text, by_author uuid,
    of_code text, after_weight integer, after_id uuid, page integer)
returns setof interviews
language plpgsql stable set search_path = public, pg_temp set jit = off
set enable_bitmapscan = off as $$
declare
    place record;
    is_rare constant boolean := coalesce(kind in ({rare}), false);
    sound constant text := ' and i.round_id = $2 and i.state = $3' || jpt_kind_of_look(kind);
    district constant text := case when is_rare then 'substr(i.village_code, 1, 4)'
        else 'left(i.village_code, 4)' end;
    walk text;
    source text;
begin
    select * into place
        from jpt_reviewed_areas(within, is_rare);
    if place.looked = '{{}}' then
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

RARE = "'finding', 'explained', 'outcome'"
INDEXES = """
create index ix_interviews_district_hard
    on interviews (substr(village_code, 1, 4), round_id, state, review_weight desc, id)
    where hard_open > 0;
"""


def upgrade() -> None:
    op.execute(INDEXES)
    op.execute(AREAS)
    op.execute(CLEAN)
    op.execute(WALK.format(rare=RARE + ", 'hard'"))
    op.execute("alter function jpt_worklist_counts(text, integer) set cpu_index_tuple_cost = 1")


def downgrade() -> None:
    """How the list for accepting at once finds its areas may stay: it answers the same."""
    op.execute(WALK.format(rare=RARE))
    op.execute(FORMER_AREAS)
    op.execute("alter function jpt_worklist_counts(text, integer) reset cpu_index_tuple_cost")
    op.execute("drop index ix_interviews_district_hard")
