"""review moderation

Revision ID: d306b17b7319
Revises: a67bb2e764af
Create Date: 2025-03-18 08:30:12
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "d306b17b7319"
down_revision = "a67bb2e764af"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reviews", sa.Column("is_hidden", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("reviews", sa.Column("hidden_reason", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("reviews", "hidden_reason")
    op.drop_column("reviews", "is_hidden")
