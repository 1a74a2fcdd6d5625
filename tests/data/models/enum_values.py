# Enum by values and without a native type. The MetaData is called metadata.
import enum

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Colour(str, enum.Enum):
    red = "r"
    green = "g"


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    colour = sa.Column(sa.Enum(Colour, values_callable=lambda e: [m.value for m in e], name="col"))
    other = sa.Column(sa.Enum(Colour, native_enum=False, length=10))
