# Mixins with mapped_column, sort_order, abstract bases. The MetaData is called metadata.
from datetime import datetime
from typing import Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, UniqueConstraint, func
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    declared_attr,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    metadata = MetaData(
        schema="app",
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )


metadata = Base.metadata


class Named:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(None, "label"), {"comment": "about " + cls.__name__})

    label: Mapped[str] = mapped_column(String(20), sort_order=5)


class Stamped:
    created: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=-1)
    updated: Mapped[Optional[datetime]]


class Keyed:
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[Optional[int]]:
        return mapped_column(ForeignKey("app.owners.id"), index=True)


class Owner(Stamped, Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    things: Mapped[list["Thing"]] = relationship(back_populates="owner", viewonly=True)


class Thing(Named, Stamped, Owned, Keyed, Base):
    size: Mapped[int]
    owner: Mapped[Optional["Owner"]] = relationship(viewonly=True)


class Abstract(Base):
    __abstract__ = True
    code: Mapped[str] = mapped_column(String(9), unique=True)


class Real(Keyed, Abstract):
    __tablename__ = "real"
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        UniqueConstraint("amount", "code"),
    )
    amount: Mapped[int]
