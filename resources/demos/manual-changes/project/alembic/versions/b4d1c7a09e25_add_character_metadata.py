"""add character metadata

Revision ID: b4d1c7a09e25
Revises: c64001afbd46
Create Date: 2025-10-18 12:20:31.774501
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "b4d1c7a09e25"
down_revision = "c64001afbd46"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("characters", sa.Column("custom_metadata", postgresql.JSONB(), nullable=True))
    op.create_index("idx_characters_custom", "characters", ["custom_metadata"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("idx_characters_custom", table_name="characters")
    op.drop_column("characters", "custom_metadata")
