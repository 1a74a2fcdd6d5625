# has_inherited_table in a declared name. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr, has_inherited_table

Base = declarative_base()
metadata = Base.metadata


class Named:
    @declared_attr
    def __tablename__(cls):
        if has_inherited_table(cls):
            return None
        return cls.__name__.lower()


class Person(Named, Base):
    id = sa.Column(sa.Integer, primary_key=True)
    kind = sa.Column(sa.String(20))
    __mapper_args__ = {"polymorphic_on": kind}


class Boss(Person):
    level = sa.Column(sa.Integer)
    __mapper_args__ = {"polymorphic_identity": "boss"}
