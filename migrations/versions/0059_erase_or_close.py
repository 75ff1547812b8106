"""Erase whoever has a sign-in code and never used it; whom an order names stays, closed.

Deleting such a person failed on the rows that still pointed at them. Whatever else may come to point
at somebody keeps them in the register: they are closed, not erased.
"""

from alembic import op

revision = "0059_erase_or_close"
down_revision = "0058_progress_by_pages"
branch_labels = None
depends_on = None

WORKED = """
create or replace function jpt_has_worked(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from devices x where x.account_id = account)
        or exists (select from assignments x where x.account_id = account)
        or exists (select from interviews x where x.author_id = account)
        or exists (select from appointed_people x where x.account_id = account)
        or exists (select from notice_reads x where x.account_id = account)
        or exists (select from (select from audit_entries x where x.actor_id = account
            order by x.actor_id, x.id limit 1) x)
$$;
"""
ERASE = """
create or replace function jpt_erase_person(account uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if not jpt_may_erase(account) then
        return false;
    end if;
    delete from offered_villages o where o.account_id = account;
    delete from person_details d where d.account_id = account;
    delete from grants g where g.account_id = account;
    delete from sessions s where s.account_id = account;
    delete from sign_in_codes c where c.account_id = account;
    delete from passkeys k where k.account_id = account;
    delete from authenticators x where x.account_id = account;
    delete from vault_keys v where v.account_id = account;
    delete from accounts a where a.id = account;
    return true;
exception when foreign_key_violation then
    return false;
end $$;
"""


def upgrade() -> None:
    op.execute(WORKED)
    op.execute(ERASE)


def downgrade() -> None:
    """What was erased or closed since stays so; the functions serve the former application too."""
