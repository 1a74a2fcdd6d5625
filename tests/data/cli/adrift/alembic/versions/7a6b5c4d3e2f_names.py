"""names

Revision ID: 7a6b5c4d3e2f
Revises:
Create Date: 2025-03-04 05:06:07

"""
import sqlalchemy as sa
from alembic import op

revision = "7a6b5c4d3e2f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("name", sa.Text()))


def downgrade():
    op.drop_column("users", "name")
