"""second
in two lines

more"""
revision: str = "b2"
down_revision: str = "a1"


def upgrade():
    pass


def downgrade():
    pass
