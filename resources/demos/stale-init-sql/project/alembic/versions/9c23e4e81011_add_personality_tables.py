"""add personality tables

Revision ID: 9c23e4e81011
Revises: d306c1f7e8a4
Create Date: 2025-10-15 21:17:09.035582
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "9c23e4e81011"
down_revision = "d306c1f7e8a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS personality_traits (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
            trait_name VARCHAR(50) NOT NULL,
            trait_value DECIMAL(3,2) NOT NULL,
            intensity VARCHAR(20),
            description TEXT,
            UNIQUE (character_id, trait_name)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS communication_styles (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL UNIQUE REFERENCES characters(id) ON DELETE CASCADE,
            engagement_level DECIMAL(3,2),
            formality VARCHAR(50),
            emotional_expression DECIMAL(3,2)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS character_values (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
            value_key VARCHAR(100) NOT NULL,
            value_description TEXT NOT NULL,
            importance_level VARCHAR(20) NOT NULL DEFAULT 'medium',
            UNIQUE (character_id, value_key)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS character_values")
    op.execute("DROP TABLE IF EXISTS communication_styles")
    op.execute("DROP TABLE IF EXISTS personality_traits")
