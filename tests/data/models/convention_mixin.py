# A naming convention and mixins. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class Keyed:
    id = sa.Column(sa.Integer, primary_key=True)
    code = sa.Column(sa.String, unique=True, index=True)
    rank = sa.Column(sa.Integer, unique=True)


class A(Keyed, Base):
    __tablename__ = "a"


class B(Keyed, Base):
    __tablename__ = "b"
