revision = "it s"
down_revision = "a.b"
