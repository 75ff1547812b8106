"""Keep the rounds of the survey and when each of their services is open."""

from alembic import op

revision = "0004_rounds"
down_revision = "0003_accounts"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE rounds (
    id TEXT NOT NULL,
    name_th TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    settings JSONB DEFAULT '{}' NOT NULL,
    is_current BOOLEAN NOT NULL,
    CONSTRAINT pk_rounds PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_rounds_is_current ON rounds (is_current) WHERE is_current;

CREATE TABLE service_windows (
    round_id TEXT NOT NULL,
    service TEXT NOT NULL,
    opens_on DATE NOT NULL,
    closes_on DATE,
    CONSTRAINT pk_service_windows PRIMARY KEY (round_id, service),
    CONSTRAINT ck_service_windows_order CHECK (closes_on is null or closes_on >= opens_on),
    CONSTRAINT fk_service_windows_round_id FOREIGN KEY(round_id) REFERENCES rounds (id)
);
"""

RIGHTS = """
grant select on rounds, service_windows to jpt_app;
grant select, insert, update, delete on rounds, service_windows to jpt_loader;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(RIGHTS)


def downgrade() -> None:
    op.execute("""
        drop table service_windows;
        drop table rounds;
    """)
