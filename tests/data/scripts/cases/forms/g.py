"one" " two\n\nrest"
revision = "a" "7"
down_revision = ("a6")
depends_on = ()


def upgrade():
    pass


def downgrade():
    pass
