"""lesson segments

Revision ID: 0fe056ea3115
Revises: 3b7a1d2e4f56
Create Date: 2025-09-22 09:05:33
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "0fe056ea3115"
down_revision = "3b7a1d2e4f56"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "lesson_segments", sa.Column("kind", sa.String(length=32), server_default="text", nullable=False), schema="habits"
    )


def downgrade() -> None:
    op.drop_column("lesson_segments", "kind", schema="habits")
