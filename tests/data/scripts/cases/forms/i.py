try:
    revision = "a9"
except Exception:
    revision = "no"
down_revision = "a8" if revision == "a9" else None


def upgrade():
    pass


def downgrade():
    pass
