if True:
    revision = "a4"
else:
    revision = "zz"
down_revision = ["a3"]
depends_on = "x"


def upgrade():
    pass


def downgrade():
    pass
