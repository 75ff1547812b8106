"""Keep each phone's vault key for its volunteer, sealed to the register: a forgotten PIN loses nothing.

The key is sealed by the phone (HPKE) and never opened in the database. It is only ever added; its
account alone finds it. Whether a phone may still show what it holds is answered at the door to who
brings its hand-in token, since a suspended person has no session left to ask with.
"""

from alembic import op

revision = "0017_vault_keys"
down_revision = "0016_tell_of_assignment"
branch_labels = None
depends_on = None

TABLE = """
create table vault_keys (
    id uuid not null,
    account_id uuid not null,
    device_id uuid not null,
    ingest_key text not null,
    sealed bytea not null,
    created_at timestamp with time zone default now() not null,
    constraint pk_vault_keys primary key (id),
    constraint fk_vault_keys_account_id foreign key(account_id) references accounts (id)
);
create index ix_vault_keys_account_id on vault_keys (account_id);
"""

RIGHTS = """
alter table vault_keys enable row level security;
alter table vault_keys force row level security;
create policy owner on vault_keys to jpt_owner using (true) with check (true);
create policy self on vault_keys for select to jpt_app using (account_id = jpt_person());
create policy self_add on vault_keys for insert to jpt_app with check (account_id = jpt_person());
grant select, insert on vault_keys to jpt_app;
grant select, insert, update, delete on vault_keys to jpt_loader;

create function jpt_may_read(token bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select d.revoked_at is null and a.status = 'active'
    from devices d join accounts a on a.id = d.account_id
    where d.token_hash = token and jpt_role() = 'door' and token = jpt_door_token()
$$;
revoke all on function jpt_may_read(bytea) from public;
grant execute on function jpt_may_read(bytea) to jpt_app;
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(RIGHTS)


def downgrade() -> None:
    op.execute("drop function jpt_may_read(bytea); drop table vault_keys;")
