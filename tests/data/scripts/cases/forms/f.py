revision = "a"
revision += "6"
IDS = ("a5", "a4")
down_revision = IDS[0]
depends_on = ["a2"]


def upgrade():
    pass


def downgrade():
    pass
