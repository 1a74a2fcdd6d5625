# A base by as_declarative. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import as_declarative, declared_attr

metadata = sa.MetaData()


@as_declarative(metadata=metadata)
class Base:
    id = sa.Column(sa.Integer, primary_key=True)

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()


class User(Base):
    name = sa.Column(sa.String)


class Post(Base):
    user_id = sa.Column(sa.ForeignKey("user.id"))
