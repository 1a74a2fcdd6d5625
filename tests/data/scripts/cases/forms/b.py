A = "a"
revision = f"{A}2"
down_revision = "%s%d" % (A, 1)


def upgrade():
    pass


def downgrade():
    pass
