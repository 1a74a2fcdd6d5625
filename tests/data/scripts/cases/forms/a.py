PREFIX = "a"
revision = PREFIX + "1"
down_revision = None
branch_labels = {"x", "y"}


def upgrade():
    pass


def downgrade():
    pass
