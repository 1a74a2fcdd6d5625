revision = 12
down_revision = None
