# Deferred columns, hybrids, properties and proxies. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import column_property, declarative_base, deferred, synonym, validates

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    big = deferred(sa.Column(sa.Text))
    held = column_property(sa.Column(sa.String(9)))
    also = synonym("big")

    @hybrid_property
    def double(self):
        return self.id * 2

    @double.expression
    def double(cls):
        return cls.id * 2

    @validates("big")
    def check(self, key, value):
        return value

    @property
    def shown(self):
        return self.big
