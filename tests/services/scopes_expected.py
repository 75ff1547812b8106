"""Who may see, add, change and remove which rows of a table about people; a line for each table.

Written from the roles and areas of the survey, not from the policies. A condition is given who
asks, the row, and all rows.
"""

from __future__ import annotations

from tests.services.scopes_conditions import (
    PERSONS,
    REVIEWERS,
    acts,
    addressed,
    anybody,
    at_work,
    by_door_name,
    by_name,
    by_token,
    coded,
    department,
    given,
    inside,
    made,
    managed,
    managed_inside,
    managed_new,
    of_decision,
    of_household,
    of_notice,
    of_order,
    own,
    own_reading,
    part,
    published,
    registering,
    registering_new,
    replied,
    runs,
)
from tests.services.scopes_forum import TABLES as FORUMS
from tests.services.scopes_quality import FIGURES
from tests.services.scopes_quality import TABLES as QUALITY
from tests.services.scopes_rights import Rights

REVIEWED = (inside(*REVIEWERS), own("author_id", "volunteer"), at_work())

TABLES: dict[str, Rights] = {
    "accounts": Rights(
        see=(own("id"), managed, by_name, registering("id")),
        add=(managed_new, registering_new),
        change=(managed, registering_new),
        columns=("name_th", "role", "path", "status", "status_reason", "status_at", "revision"),
    ),
    "grants": Rights(
        see=(own(), inside(*REVIEWERS)),
        add=(managed_inside,),
        change=(managed_inside,),
        columns=("ended_at",),
    ),
    "sessions": Rights(
        see=(own(), by_token),
        add=(own(), by_token),
        change=(own(), by_token),
        remove=(own(), by_token),
    ),
    "devices": Rights(
        see=(own(), managed),
        add=(own(),),
        change=(own(),),
        columns=(
            "name",
            "token_hash",
            "token_expires_at",
            "seen_at",
            "revoked_at",
            "report",
        ),
    ),
    "sign_in_codes": Rights(see=(managed,), add=(coded,), change=(managed,), columns=("ended_at",)),
    "passkeys": Rights(
        see=(own(), managed, by_door_name),
        add=(own(), by_door_name),
        change=(own(),),
        columns=("ended_at",),
    ),
    "authenticators": Rights(
        see=(own(), by_door_name),
        add=(by_door_name,),
        change=(own(), by_door_name),
        columns=("last_step",),
    ),
    "vault_keys": Rights(see=(own(),), add=(own(),)),
    "person_details": Rights(
        see=(own(), managed, registering()),
        add=(managed, registering()),
        change=(managed, registering()),
    ),
    "offered_villages": Rights(
        see=(own(), managed, registering()),
        add=(managed, registering()),
        remove=(managed, registering()),
    ),
    "households": Rights(
        see=(
            inside("volunteer", *REVIEWERS),
            of_household("volunteer"),
            of_household("intake"),
        ),
        add=(of_household("intake"),),
        change=(of_household("intake"),),
    ),
    "assignments": Rights(
        see=(own(), inside(*REVIEWERS)),
        add=(given,),
        change=(inside("officer"),),
        columns=("ended_at", "ended_by", "end_reason"),
    ),
    "roster_members": Rights(
        see=(
            inside("volunteer", *REVIEWERS),
            of_household("volunteer", "household_id"),
            of_household("intake", "household_id"),
        ),
    ),
    "appointment_orders": Rights(
        see=(inside("officer"),),
        add=(made("made_by"),),
        change=(inside("officer"),),
        columns=("withdrawn_at", "withdrawn_by", "withdrawal_reason"),
    ),
    "appointed_people": Rights(
        see=(of_order,), add=(of_order,), change=(of_order,), columns=("matched_by", "account_id")
    ),
    "notices": Rights(
        see=(addressed, inside("officer")),
        add=(made("author_id"),),
        change=(inside("officer"),),
        columns=("withdrawn_at", "withdrawn_by"),
    ),
    "notice_files": Rights(
        see=(of_notice(addressed, inside("officer")),),
        add=(published,),
    ),
    "notice_reads": Rights(see=(own(),), add=(own_reading,)),
    "round_copies": Rights(
        see=(lambda who, _row, _rows: who.role == "officer", part("copier")),
        add=(
            lambda who, row, rows: department(who, row, rows) and own("asked_by")(who, row, rows),
        ),
        change=(part("copier"),),
        columns=("villages", "finished_at"),
    ),
    "interviews": Rights(
        see=(
            inside(*REVIEWERS),
            own("author_id", "volunteer"),
            own("given_to", "volunteer"),
            at_work("id"),
        ),
        add=(at_work("id"),),
        change=(at_work("id"),),
    ),
    "revisions": Rights(see=REVIEWED, add=(at_work(),)),
    "members": Rights(see=REVIEWED, add=(at_work(),)),
    "evidence": Rights(
        see=(*REVIEWED, part("decoder")),
        add=(at_work(), part("decoder")),
        change=(at_work(), part("decoder")),
    ),
    "receipts": Rights(see=(at_work(),), add=(at_work(),)),
    "custody": Rights(see=(inside(*REVIEWERS), at_work()), add=(at_work(),), change=(at_work(),)),
    "decisions": Rights(see=(inside(*REVIEWERS), own("given_to", "volunteer"))),
    "decision_comments": Rights(see=(inside(*REVIEWERS), of_decision)),
    "findings": Rights(
        see=(inside(*REVIEWERS), own("account_id", "volunteer"), part("finder")),
        add=(inside(*REVIEWERS), part("finder")),
        change=(inside(*REVIEWERS), part("finder")),
        columns=("state", "closed_at", "closed_by", "closing_reason", "detail", "weight"),
    ),
    "finding_replies": Rights(
        see=(inside(*REVIEWERS), own("account_id", "volunteer")), add=(replied,)
    ),
    "desk_revisions": Rights(see=(inside(*REVIEWERS),), add=(at_work(),)),
    **dict.fromkeys(
        ("screenings", "volunteer_screenings"),
        Rights(
            see=(inside(*REVIEWERS), part("finder")),
            add=(part("finder"),),
            change=(part("finder"),),
            remove=(part("finder"),),
        ),
    ),
    "follow_ups": Rights(),
    "volunteer_standings": Rights(),
    "fixes": Rights(),
    "audit_entries": Rights(see=(inside("officer"),), add=(acts,)),
    "audit_seals": Rights(see=(part("sealer"),), add=(part("sealer"),)),
}

PLAN: dict[str, Rights] = {
    **FIGURES,
    "village_progress": Rights(
        see=(inside(*PERSONS), part("intake")),
        add=(part("intake"),),
        change=(part("intake"),),
    ),
    "rounds": Rights(see=(anybody,), add=(department,), change=(department,)),
    "service_windows": Rights(
        see=(anybody,), add=(department,), change=(department,), remove=(department,)
    ),
    "targets": Rights(
        see=(anybody,), add=(department,), change=(department,), remove=(department,)
    ),
    "local_administrations": Rights(
        see=(anybody,), add=(runs("district_code"),), change=(runs("district_code"),)
    ),
    "local_administration_areas": Rights(
        see=(anybody,),
        add=(runs("subdistrict_code"),),
        change=(runs("subdistrict_code"),),
        remove=(runs("subdistrict_code"),),
    ),
}
"""Tables that are about no person, and still not everybody's to change."""

TABLES |= PLAN | QUALITY | FORUMS
