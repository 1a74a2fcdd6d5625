revision = "a"
down_revision = None

def upgrade(:
    pass
