# declarative_base with a class. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr


class Basis:
    @declared_attr
    def __tablename__(cls):
        return "t_" + cls.__name__.lower()

    id = sa.Column(sa.Integer, primary_key=True)


Base = declarative_base(cls=Basis)
metadata = Base.metadata


class User(Base):
    name = sa.Column(sa.String)
