"""customer marketing consent

Revision ID: 58a7136379d2
Revises: e8a9b6bbaee5
Create Date: 2025-06-17 12:39:20
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "58a7136379d2"
down_revision = "e8a9b6bbaee5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("marketing_consent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("customers", sa.Column("consent_given_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("customers", "consent_given_at")
    op.drop_column("customers", "marketing_consent")
