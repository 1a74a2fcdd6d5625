# A declared table name. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
metadata = Base.metadata


class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

    id = sa.Column(sa.Integer, primary_key=True)


class User(Named, Base):
    pass


class Post(Named, Base):
    title = sa.Column(sa.String)
