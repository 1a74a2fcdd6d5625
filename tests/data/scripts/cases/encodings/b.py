"""mark"""
revision = "b"
down_revision = u"caf\xe9"
