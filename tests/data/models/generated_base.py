# registry.generate_base. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy import orm

mapper_registry = orm.registry()
Base = mapper_registry.generate_base()
metadata = Base.metadata


class User(Base):
    __tablename__ = "users"
    id = sa.Column(sa.Integer, primary_key=True)
