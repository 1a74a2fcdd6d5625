# __table_args__ with constraints and a dictionary. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    __table_args__ = (
        sa.UniqueConstraint("a", "b", name="uq_ab"),
        sa.CheckConstraint("a > 0", name="ck_a"),
        sa.Index("ix_b", "b", postgresql_where=sa.text("b IS NOT NULL")),
        {"comment": "things"},
    )
    id = sa.Column(sa.Integer, primary_key=True)
    a = sa.Column(sa.Integer)
    b = sa.Column(sa.String)
