class Ids:
    THIS = "a8"
    DOWN = ["a7"]


revision = Ids.THIS
down_revision = Ids.DOWN


def upgrade():
    revision = "no"
    return revision
