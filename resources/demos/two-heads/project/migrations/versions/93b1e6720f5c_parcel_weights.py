"""parcel weights

Revision ID: 93b1e6720f5c
Revises: a9274fe05c13
Create Date: 2025-03-07 08:19:03
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "93b1e6720f5c"
down_revision = "a9274fe05c13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parcels", sa.Column("weight_grams", sa.Integer(), nullable=True))
    op.create_check_constraint("ck_parcels_weight", "parcels", "weight_grams > 0")


def downgrade() -> None:
    op.drop_constraint("ck_parcels_weight", "parcels", type_="check")
    op.drop_column("parcels", "weight_grams")
