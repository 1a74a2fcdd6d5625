# Columns made by functions and loops. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


def short(**more):
    return sa.Column(sa.String(8), **more)


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    one = short(nullable=False)
    two = short(index=True)


for letter in "xy":
    sa.Table("t_" + letter, metadata, sa.Column("id", sa.Integer, primary_key=True))
