"""couriers

Revision ID: e81c4d20b7a6
Revises: 4be3d8617f02
Create Date: 2025-03-12 16:45:21
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "e81c4d20b7a6"
down_revision = "4be3d8617f02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "couriers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("couriers")
