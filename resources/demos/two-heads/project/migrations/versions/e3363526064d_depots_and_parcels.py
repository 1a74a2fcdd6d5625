"""depots and parcels

Revision ID: e3363526064d
Revises:
Create Date: 2025-02-10 09:30:12
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "e3363526064d"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "depots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "parcels",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("barcode", sa.String(length=30), nullable=False),
        sa.Column("depot_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("barcode"),
    )


def downgrade() -> None:
    op.drop_table("parcels")
    op.drop_table("depots")
