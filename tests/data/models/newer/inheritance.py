# Joined, single and concrete inheritance of 2.x. The MetaData is called metadata.
from typing import Optional

from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    composite,
    deferred,
    mapped_column,
    synonym,
)
import dataclasses


class Base(DeclarativeBase):
    pass


metadata = Base.metadata


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    first: Mapped[str] = mapped_column()
    last: Mapped[str] = mapped_column()
    full = column_property(first + " " + last)
    alias = synonym("first")
    start: Mapped[Point] = composite(mapped_column("x1"), mapped_column("y1"))
    note: Mapped[Optional[str]] = deferred(mapped_column(String(99)))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    @hybrid_property
    def both(self):
        return self.first + self.last


class Engineer(Person):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    skill: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Person):
    __mapper_args__ = {"polymorphic_identity": "manager"}
    budget: Mapped[Optional[int]]
    shared: Mapped[Optional[str]] = mapped_column(use_existing_column=True)


class Director(Person):
    __mapper_args__ = {"polymorphic_identity": "director"}
    shared: Mapped[Optional[str]] = mapped_column(use_existing_column=True)


class Animal(Base):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    legs: Mapped[int]


class Cat(Animal):
    __tablename__ = "cat"
    __mapper_args__ = {"concrete": True}
    id: Mapped[int] = mapped_column(primary_key=True)
    lives: Mapped[int] = mapped_column(default=9)
