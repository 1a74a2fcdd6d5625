revision = "b3"
down_revision = "z1"
