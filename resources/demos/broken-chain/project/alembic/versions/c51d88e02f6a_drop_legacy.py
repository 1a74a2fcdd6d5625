"""drop legacy sessions

Revision ID: c51d88e02f6a
Revises: 70ce1c8a1b98
Create Date: 2025-10-15 18:49:03

Sign-in moved to a service of its own. Its old tables are still in production, not in development.
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "c51d88e02f6a"
down_revision = "70ce1c8a1b98"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TABLE IF EXISTS public.session CASCADE")
    op.execute("DROP TABLE IF EXISTS public.account CASCADE")
    op.execute("DROP TABLE IF EXISTS public.verification CASCADE")


def downgrade() -> None:
    raise NotImplementedError("The rows of session, account and verification can't be brought back.")
