"""unlock steps later

Revision ID: 383e5ca08364
Revises: 3c0af6fc8d5f
Create Date: 2025-10-01 13:20:19
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "383e5ca08364"
down_revision = "3c0af6fc8d5f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "program_step_templates",
        sa.Column("unlock_after_days", sa.Integer(), server_default="0", nullable=False),
        schema="habits",
    )


def downgrade() -> None:
    op.drop_column("program_step_templates", "unlock_after_days", schema="habits")
