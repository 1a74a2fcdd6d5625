# Types of the application. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Lower(sa.types.TypeDecorator):
    impl = sa.String(30)
    cache_ok = True


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(Lower)
    other = sa.Column(Lower(), nullable=False)
