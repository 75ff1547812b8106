"""What last year's interviews of two villages say of incomes, so that a change can be seen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.demo import rounds
from webapp.demo.fates import NEARLY, READY

THEN = {READY: 0.95, NEARLY: 0.75}
"""Of this year's income; what rose by a third in the second is to be explained."""

_NOW = """
    select h.id, h.village_code, h.path, h.house_number, i.author_id, i.device_id, i.people,
        i.interviewed_on, i.head_digest, i.id as interview,
        md5('last year' || h.id)::uuid as house_then, md5('last interview' || h.id)::uuid as then
    from households h join interviews i on i.id = h.interview_id
    where h.round_id = :round and h.village_code = :village and i.outcome = 'interviewed'
        and h.previous_id is null
"""
_HOUSES = text(f"""
    insert into households (id, round_id, village_code, path, house_number, state, outcome,
        interview_id)
    select house_then, :before, village_code, path, house_number, 'accepted', 'interviewed', n.then
    from ({_NOW}) n on conflict do nothing
""")  # noqa: S608 (ours)
_INTERVIEWS = text(f"""
    insert into interviews (id, round_id, household_id, village_code, path, author_id, device_id,
        head_digest, head_number, state, mode, outcome, people, hard_open, soft_open,
        evidence_grade, evidence_due, interviewed_on)
    select n.then, :before, house_then, village_code, path, author_id, device_id, head_digest, 1,
        'accepted', 'doorstep', 'interviewed', people, 0, 0, 'good', 0,
        interviewed_on - interval '1 year'
    from ({_NOW}) n on conflict do nothing
""")  # noqa: S608 (ours)
_REVISIONS = text(f"""
    insert into revisions (interview_id, digest, number, based_on, path, author_id, device_id,
        signature, questionnaire_id, app, ingest_key, envelope, answers, evaluation)
    select n.then, r.digest, 1, '{{}}', n.path, n.author_id, n.device_id, '', r.questionnaire_id,
        'last year', r.ingest_key, '', '{{"members": [], "answers": {{}}}}',
        jsonb_build_object('failures', '[]'::jsonb, 'indicators', '[]'::jsonb, 'values',
            jsonb_build_object('22.1.5',
                round((r.evaluation -> 'values' ->> '22.1.5')::numeric * :share)))
    from ({_NOW}) n join revisions r on r.interview_id = n.interview and r.digest = n.head_digest
    where r.evaluation -> 'values' ->> '22.1.5' is not null
    on conflict do nothing
""")  # noqa: S608 (ours)
_LINKED = text("""
    update households h set previous_id = md5('last year' || h.id)::uuid
    where h.round_id = :round and h.village_code = :village and h.previous_id is null
        and exists (select from households p where p.id = md5('last year' || h.id)::uuid)
""")


def settle(session: Session, round_id: str, today: date) -> None:
    """The households of two villages were met last year too, and had other incomes."""
    before = rounds.round_id(today.replace(year=today.year - 1, day=min(today.day, 28)))
    for village, share in THEN.items():
        asked = {"round": round_id, "village": village, "before": before, "share": share}
        for statement in (_HOUSES, _INTERVIEWS, _REVISIONS, _LINKED):
            session.execute(statement, asked)
