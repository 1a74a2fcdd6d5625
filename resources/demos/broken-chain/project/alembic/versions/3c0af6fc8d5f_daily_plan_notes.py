"""daily plan notes

Revision ID: 3c0af6fc8d5f
Revises: 3d92d20654d0
Create Date: 2025-09-29 08:12:45
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "3c0af6fc8d5f"
down_revision = "3d92d20654d0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("step_daily_plans", sa.Column("coach_note", sa.Text(), nullable=True), schema="habits")


def downgrade() -> None:
    op.drop_column("step_daily_plans", "coach_note", schema="habits")
