"""baseline v1.0.6

Revision ID: 20251011_baseline_v106
Revises:
Create Date: 2025-10-11 00:00:00

The 73 tables of version 1.0.6. They come from sql/00_init.sql; this revision only gives them a name.
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "20251011_baseline_v106"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
