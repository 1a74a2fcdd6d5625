"""users

Revision ID: 1a2b3c4d5e6f
Revises:
Create Date: 2025-01-02 03:04:05

"""
from alembic import op

revision = "1a2b3c4d5e6f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TABLE users (id integer PRIMARY KEY)")


def downgrade():
    op.execute("DROP TABLE users")
