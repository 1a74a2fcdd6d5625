"""The tables, as both branches together want them."""
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Depot(Base):
    __tablename__ = "depots"

    id = sa.Column(sa.Integer, primary_key=True)
    code = sa.Column(sa.String(10), nullable=False, unique=True)
    city = sa.Column(sa.String(100), nullable=False)


class Parcel(Base):
    __tablename__ = "parcels"

    id = sa.Column(sa.BigInteger, primary_key=True)
    barcode = sa.Column(sa.String(30), nullable=False, unique=True)
    depot_id = sa.Column(sa.ForeignKey("depots.id"), nullable=False)
    weight_grams = sa.Column(sa.Integer)
    deliver_from = sa.Column(sa.Time)
    deliver_until = sa.Column(sa.Time)
    registered_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    __table_args__ = (sa.CheckConstraint("weight_grams > 0", name="ck_parcels_weight"),)


class TrackingEvent(Base):
    __tablename__ = "tracking_events"

    id = sa.Column(sa.BigInteger, primary_key=True)
    parcel_id = sa.Column(sa.ForeignKey("parcels.id", ondelete="CASCADE"), nullable=False)
    depot_id = sa.Column(sa.ForeignKey("depots.id"), nullable=False)
    seen_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    __table_args__ = (sa.Index("ix_tracking_events_parcel_id", "parcel_id"),)


class Courier(Base):
    __tablename__ = "couriers"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(120), nullable=False)
    depot_id = sa.Column(sa.ForeignKey("depots.id"), nullable=False)
