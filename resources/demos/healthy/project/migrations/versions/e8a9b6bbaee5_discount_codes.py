"""discount codes

Revision ID: e8a9b6bbaee5
Revises: a4f5af0dc65c
Create Date: 2025-05-02 10:26:58
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "e8a9b6bbaee5"
down_revision = "a4f5af0dc65c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discount_codes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("percent BETWEEN 1 AND 90", name="ck_discount_codes_percent"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_discount_codes_code"),
    )
    op.add_column("orders", sa.Column("discount_code_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_orders_discount_code", "orders", "discount_codes", ["discount_code_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    op.drop_constraint("fk_orders_discount_code", "orders", type_="foreignkey")
    op.drop_column("orders", "discount_code_id")
    op.drop_table("discount_codes")
