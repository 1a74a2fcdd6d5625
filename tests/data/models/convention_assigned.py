# A naming convention that is set after the MetaData was made.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata
metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Owner(Base):
    __tablename__ = "owner"
    __table_args__ = (sa.CheckConstraint("id > 0", name="positive"),)
    id = sa.Column(sa.Integer, primary_key=True)
    email = sa.Column(sa.String(80), unique=True)


class Pet(Base):
    __tablename__ = "pet"
    id = sa.Column(sa.Integer, primary_key=True)
    owner_id = sa.Column(sa.Integer, sa.ForeignKey("owner.id"), index=True)
