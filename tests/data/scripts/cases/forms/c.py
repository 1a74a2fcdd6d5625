revision, down_revision = "a3", "{}{}".format("a", 2)


def upgrade():
    pass


def downgrade():
    pass
