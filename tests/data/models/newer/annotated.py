# Annotated types, type_annotation_map and order of columns. The MetaData is called metadata.
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Optional

from sqlalchemy import BigInteger, DateTime, ForeignKey, Numeric, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

str50 = Annotated[str, 50]
intpk = Annotated[int, mapped_column(primary_key=True)]
stamp = Annotated[datetime, mapped_column(server_default=func.now(), index=True)]
user_fk = Annotated[int, mapped_column(ForeignKey("account.id", ondelete="CASCADE"))]
name = Annotated[str, mapped_column(String(40), unique=True)]


class Base(DeclarativeBase):
    registry = registry(
        type_annotation_map={
            str50: String(50),
            int: BigInteger,
            datetime: DateTime(timezone=True),
            Decimal: Numeric(10, 2),
            dict[str, Any]: JSONB,
        }
    )


metadata = Base.metadata


class Account(Base):
    __tablename__ = "account"
    id: Mapped[intpk]
    name: Mapped[name]
    nick: Mapped[Optional[name]]
    short: Mapped[str50]
    maybe: Mapped[Optional[str50]]
    created: Mapped[stamp]
    updated: Mapped[stamp] = mapped_column(nullable=True)
    price: Mapped[Decimal]
    extra: Mapped[dict[str, Any]]


class Item(Base):
    __tablename__ = "item"
    late = mapped_column(String(7))
    id: Mapped[intpk]
    owner: Mapped[user_fk]
    editor: Mapped[Optional[user_fk]]
    plain: Mapped[int] = mapped_column(default=3)
