"""template provenance

Revision ID: 70ce1c8a1b98
Revises: eda44821b48f
Create Date: 2025-10-13 17:02:27
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "70ce1c8a1b98"
down_revision = "eda44821b48f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("template_provenance", sa.Column("source_url", sa.String(), nullable=True), schema="habits")


def downgrade() -> None:
    op.drop_column("template_provenance", "source_url", schema="habits")
