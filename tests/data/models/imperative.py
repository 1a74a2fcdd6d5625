# Tables mapped imperatively. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy import orm

registry = orm.registry()
metadata = registry.metadata


users = sa.Table("users", registry.metadata, sa.Column("id", sa.Integer, primary_key=True))


class User:
    pass


registry.map_imperatively(User, users)
