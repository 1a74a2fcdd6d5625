"""assignment time zone

Revision ID: 3d92d20654d0
Revises: 851ee9cc2247
Create Date: 2025-09-26 11:30:02
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "3d92d20654d0"
down_revision = "851ee9cc2247"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_program_assignments",
        sa.Column("timezone", sa.String(length=64), server_default="UTC", nullable=False),
        schema="habits",
    )


def downgrade() -> None:
    op.drop_column("user_program_assignments", "timezone", schema="habits")
