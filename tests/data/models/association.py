# An association table and relationships. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
metadata = Base.metadata


links = sa.Table(
    "links",
    metadata,
    sa.Column("a_id", sa.ForeignKey("a.id"), primary_key=True),
    sa.Column("b_id", sa.ForeignKey("b.id"), primary_key=True),
)


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    bs = relationship("B", secondary=links, backref="a_s")


class B(Base):
    __tablename__ = "b"
    id = sa.Column(sa.Integer, primary_key=True)
