revision = "z1"
down_revision = "a"
