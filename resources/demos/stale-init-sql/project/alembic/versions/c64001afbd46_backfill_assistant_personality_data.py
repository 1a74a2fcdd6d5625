"""backfill assistant personality data

Revision ID: c64001afbd46
Revises: 9c23e4e81011
Create Date: 2025-10-16 00:44:27.901263

Downgrading removes the rows of the assistant only. The tables stay.
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "c64001afbd46"
down_revision = "9c23e4e81011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The assistant is found by its name: its id differs from one installation to another.
    op.execute(
        """
        INSERT INTO personality_traits (character_id, trait_name, trait_value, intensity, description)
        SELECT characters.id, trait.name, trait.value, trait.intensity, trait.description
        FROM characters
        CROSS JOIN (VALUES
            ('openness', 0.80, 'high', 'Curious about new ideas'),
            ('conscientiousness', 0.90, 'very_high', 'Careful and dependable'),
            ('extraversion', 0.60, 'moderate', 'Friendly without being loud'),
            ('agreeableness', 0.85, 'high', 'Helpful and patient'),
            ('neuroticism', 0.20, 'low', 'Calm when others are not')
        ) AS trait (name, value, intensity, description)
        WHERE normalized_name = 'assistant'
        AND NOT EXISTS (
            SELECT 1 FROM personality_traits AS present
            WHERE present.character_id = characters.id AND present.trait_name = trait.name
        )
        """
    )


def downgrade() -> None:
    op.execute(
        """
        DELETE FROM personality_traits
        USING characters
        WHERE characters.id = personality_traits.character_id AND normalized_name = 'assistant'
        """
    )
