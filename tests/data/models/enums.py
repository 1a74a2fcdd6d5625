# Enum types shared by tables. The MetaData is called metadata.
import enum

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Colour(enum.Enum):
    red = 1
    green = 2


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    colour = sa.Column(sa.Enum(Colour), nullable=False)


class B(Base):
    __tablename__ = "b"
    id = sa.Column(sa.Integer, primary_key=True)
    colour = sa.Column(sa.Enum(Colour))
    size = sa.Column(sa.Enum("small", "large", name="size"), server_default="small")
