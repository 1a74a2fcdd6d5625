"""template access

Revision ID: eda44821b48f
Revises: b99acd1979d8
Create Date: 2025-10-09 09:37:11
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "eda44821b48f"
down_revision = "b99acd1979d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("template_access", sa.Column("granted_by", postgresql.UUID(as_uuid=True), nullable=True), schema="habits")


def downgrade() -> None:
    op.drop_column("template_access", "granted_by", schema="habits")
