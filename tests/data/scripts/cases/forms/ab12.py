"""legacy"""
down_revision = "a10"


def upgrade():
    pass


def downgrade():
    pass
