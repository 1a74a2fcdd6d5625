revision = other = "a5"
down_revision = "none"
down_revision = "a4"


def upgrade():
    pass


def downgrade():
    pass
