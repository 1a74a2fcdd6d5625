revision = "a"
down_revision = None
raise RuntimeError("x")
