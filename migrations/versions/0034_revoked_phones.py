"""End what a revoked phone is signed in to, so that its next contact is the last that reads.

A session remembers the phone that greeted with it (`device` in its data); until now a revoked
phone's browser could go on asking with the session it had.
"""

from alembic import op

revision = "0034_revoked_phones"
down_revision = "0033_people_tallies"
branch_labels = None
depends_on = None

REVOKING = """
create or replace function jpt_revoke_phone(account uuid, phone uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update devices d set revoked_at = now()
        where d.account_id = account and d.id = phone and d.revoked_at is null
            and (account = jpt_person() or jpt_manages_account(account));
    if not found then
        return false;
    end if;
    delete from sessions s where s.account_id = account and s.data ->> 'device' = phone::text;
    return true;
end $$;
"""
"""The rights of the function stay as they were given."""


def upgrade() -> None:
    op.execute(REVOKING)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: revoked phones would read again")
