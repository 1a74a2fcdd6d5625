"""delivery windows

Revision ID: 4be3d8617f02
Revises: a9274fe05c13
Create Date: 2025-03-05 10:02:55
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "4be3d8617f02"
down_revision = "a9274fe05c13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parcels", sa.Column("deliver_from", sa.Time(), nullable=True))
    op.add_column("parcels", sa.Column("deliver_until", sa.Time(), nullable=True))


def downgrade() -> None:
    op.drop_column("parcels", "deliver_until")
    op.drop_column("parcels", "deliver_from")
