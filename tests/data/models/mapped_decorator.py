# registry.mapped. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy import orm

registry = orm.registry()
metadata = registry.metadata


@registry.mapped
class User:
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(5))
