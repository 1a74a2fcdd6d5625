"""Seed demo user

Revision ID: 002_seed_demo_user
Revises:
Create Date: 2025-07-28 10:15:00
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "002_seed_demo_user"
down_revision = None
branch_labels = None
depends_on = None

DEMO_USER_ID = "11111111-1111-1111-1111-111111111111"


def upgrade() -> None:
    users = sa.table(
        "users",
        sa.column("id", postgresql.UUID(as_uuid=False)),
        sa.column("username", sa.String),
        sa.column("email", sa.String),
        sa.column("password_hash", sa.String),
        sa.column("is_active", sa.Boolean),
    )
    op.bulk_insert(
        users,
        [
            {
                "id": DEMO_USER_ID,
                "username": "demo",
                "email": "demo@example.com",
                "password_hash": "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZB9jZBYpqP1o8TeyBtPZ0zyrcM2n1K",
                "is_active": True,
            }
        ],
    )


def downgrade() -> None:
    op.execute(f"DELETE FROM users WHERE id = '{DEMO_USER_ID}'")
