"""Know of which round a household is when its interview arrives: another round's is not its own.

A phone that knows the new round and still has the old one's list would have moved the old household
and the new round's counts. The household is held without its key, so that what points at it (a
village being judged) and what is sent do not wait for each other.
"""

from alembic import op

revision = "0074_of_its_round"
down_revision = "0073_notice_sent_again"
branch_labels = None
depends_on = None

ARRIVAL = """
create or replace function jpt_arrival(of_interview uuid, of_digest bytea, of_household uuid, device uuid,
    author uuid, village text, round text, at_point text) returns jsonb
language plpgsql volatile as $$
declare
    told jsonb;
    home jsonb;
begin
    -- each statement from here on sees what the delivery before this one has committed
    perform pg_advisory_xact_lock(hashtextextended(of_interview::text, 0));
    told := jsonb_build_object('receipts', jpt_receipts(of_interview), 'held', (
        select coalesce(jsonb_agg(encode(e.sealed_sha256, 'hex')), '[]') from evidence e
        where e.interview_id = of_interview and e.received_at is not null));
    if exists (select from receipts r
            where r.interview_id = of_interview and r.digest = of_digest) then
        return told;
    end if;
    select jsonb_build_object('state', h.state, 'interview_id', h.interview_id,
        'round_id', h.round_id, 'village_code', h.village_code, 'path', h.path)
        into home from households h where h.id = of_household for no key update;
    return told || jsonb_build_object('household', home,
        'bearing', jpt_bearing(device, author, village, of_household, of_interview, round, at_point),
        'interview', (
            select jsonb_build_object('author_id', i.author_id,
                'given_to', i.given_to, 'household_id', i.household_id,
                'state', i.state, 'outcome', i.outcome, 'people', i.people,
                'evidence_grade', i.evidence_grade, 'has_conflict', i.has_conflict,
                'indicators', r.evaluation -> 'indicators')
            from interviews i
            join revisions r on r.interview_id = i.id and r.digest = i.head_digest
            where i.id = of_interview),
        'revisions', (
            select jsonb_agg(jsonb_build_array(r.number, encode(r.digest, 'hex'),
                (select coalesce(jsonb_agg(encode(b, 'hex')), '[]') from unnest(r.based_on) b)))
            from revisions r where r.interview_id = of_interview));
end $$;
"""


def upgrade() -> None:
    op.execute(ARRIVAL)


def downgrade() -> None:
    """The function stays: it tells one thing more, which the older code does not look at."""
