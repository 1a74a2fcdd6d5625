"""The shop's tables."""
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = sa.Column(sa.BigInteger, primary_key=True)
    email = sa.Column(sa.String(320), nullable=False)
    full_name = sa.Column(sa.String(200), nullable=False)
    marketing_consent = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    consent_given_at = sa.Column(sa.DateTime(timezone=True))
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    addresses = relationship("Address", back_populates="customer")
    orders = relationship("Order", back_populates="customer")

    __table_args__ = (sa.UniqueConstraint("email", name="uq_customers_email"),)


class Address(Base):
    __tablename__ = "addresses"

    id = sa.Column(sa.BigInteger, primary_key=True)
    customer_id = sa.Column(sa.ForeignKey("customers.id", name="fk_addresses_customer", ondelete="CASCADE"), nullable=False)
    street = sa.Column(sa.String(200), nullable=False)
    postal_code = sa.Column(sa.String(12), nullable=False)
    city = sa.Column(sa.String(100), nullable=False)
    country = sa.Column(sa.CHAR(2), nullable=False)

    customer = relationship("Customer", back_populates="addresses")

    __table_args__ = (sa.Index("ix_addresses_customer_id", "customer_id"),)


class Category(Base):
    __tablename__ = "categories"

    id = sa.Column(sa.BigInteger, primary_key=True)
    slug = sa.Column(sa.String(80), nullable=False)
    name = sa.Column(sa.String(120), nullable=False)
    parent_id = sa.Column(sa.ForeignKey("categories.id", name="fk_categories_parent", ondelete="SET NULL"))

    __table_args__ = (sa.UniqueConstraint("slug", name="uq_categories_slug"),)


class Product(Base):
    __tablename__ = "products"

    id = sa.Column(sa.BigInteger, primary_key=True)
    sku = sa.Column(sa.String(40), nullable=False)
    title = sa.Column(sa.String(200), nullable=False)
    description = sa.Column(sa.Text)
    category_id = sa.Column(sa.ForeignKey("categories.id", name="fk_products_category", ondelete="RESTRICT"), nullable=False)
    price_cents = sa.Column(sa.Integer, nullable=False)
    is_listed = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())

    reviews = relationship("Review", back_populates="product")

    __table_args__ = (
        sa.UniqueConstraint("sku", name="uq_products_sku"),
        sa.CheckConstraint("price_cents >= 0", name="ck_products_price"),
        sa.Index("ix_products_category_id", "category_id"),
    )


order_status = sa.Enum("new", "paid", "sent", "cancelled", name="order_status")


class Order(Base):
    __tablename__ = "orders"

    id = sa.Column(sa.BigInteger, primary_key=True)
    customer_id = sa.Column(sa.ForeignKey("customers.id", name="fk_orders_customer", ondelete="RESTRICT"), nullable=False)
    status = sa.Column(order_status, nullable=False, server_default="new")
    discount_code_id = sa.Column(sa.ForeignKey("discount_codes.id", name="fk_orders_discount_code", ondelete="SET NULL"))
    placed_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    customer = relationship("Customer", back_populates="orders")
    lines = relationship("OrderLine", back_populates="order")

    __table_args__ = (
        sa.Index("ix_orders_customer_placed", "customer_id", "placed_at"),
        sa.Index("ix_orders_open", "placed_at", postgresql_where=sa.text("status = 'new'")),
    )


class OrderLine(Base):
    __tablename__ = "order_lines"

    order_id = sa.Column(sa.ForeignKey("orders.id", name="fk_order_lines_order", ondelete="CASCADE"), primary_key=True)
    line_number = sa.Column(sa.SmallInteger, primary_key=True)
    product_id = sa.Column(sa.ForeignKey("products.id", name="fk_order_lines_product", ondelete="RESTRICT"), nullable=False)
    quantity = sa.Column(sa.Integer, nullable=False)
    unit_price_cents = sa.Column(sa.Integer, nullable=False)

    order = relationship("Order", back_populates="lines")

    __table_args__ = (sa.CheckConstraint("quantity > 0", name="ck_order_lines_quantity"),)


class Payment(Base):
    __tablename__ = "payments"

    id = sa.Column(sa.BigInteger, primary_key=True)
    order_id = sa.Column(sa.ForeignKey("orders.id", name="fk_payments_order", ondelete="RESTRICT"), nullable=False)
    provider = sa.Column(sa.String(40), nullable=False)
    provider_reference = sa.Column(sa.String(120), nullable=False)
    amount_cents = sa.Column(sa.Integer, nullable=False)
    received_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    __table_args__ = (
        sa.UniqueConstraint("provider", "provider_reference", name="uq_payments_reference"),
        sa.Index("ix_payments_order_id", "order_id"),
    )


class Review(Base):
    __tablename__ = "reviews"

    id = sa.Column(sa.BigInteger, primary_key=True)
    product_id = sa.Column(sa.ForeignKey("products.id", name="fk_reviews_product", ondelete="CASCADE"), nullable=False)
    customer_id = sa.Column(sa.ForeignKey("customers.id", name="fk_reviews_customer", ondelete="CASCADE"), nullable=False)
    stars = sa.Column(sa.SmallInteger, nullable=False)
    body = sa.Column(sa.Text)
    is_hidden = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    hidden_reason = sa.Column(sa.String(200))
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    product = relationship("Product", back_populates="reviews")

    __table_args__ = (
        sa.UniqueConstraint("product_id", "customer_id", name="uq_reviews_once"),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="ck_reviews_stars"),
    )


class StockLevel(Base):
    __tablename__ = "stock_levels"

    product_id = sa.Column(sa.ForeignKey("products.id", name="fk_stock_levels_product", ondelete="CASCADE"), primary_key=True)
    on_hand = sa.Column(sa.Integer, nullable=False, server_default="0")
    reorder_at = sa.Column(sa.Integer, nullable=False, server_default="0")


class StockMovement(Base):
    __tablename__ = "stock_movements"

    id = sa.Column(sa.BigInteger, primary_key=True)
    product_id = sa.Column(sa.ForeignKey("products.id", name="fk_stock_movements_product", ondelete="CASCADE"), nullable=False)
    change = sa.Column(sa.Integer, nullable=False)
    reason = sa.Column(sa.String(40), nullable=False)
    moved_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    __table_args__ = (
        sa.CheckConstraint("change <> 0", name="ck_stock_movements_change"),
        sa.Index("ix_stock_movements_product_moved", "product_id", "moved_at"),
    )


class DiscountCode(Base):
    __tablename__ = "discount_codes"

    id = sa.Column(sa.BigInteger, primary_key=True)
    code = sa.Column(sa.String(30), nullable=False)
    percent = sa.Column(sa.SmallInteger, nullable=False)
    valid_until = sa.Column(sa.Date)

    __table_args__ = (
        sa.UniqueConstraint("code", name="uq_discount_codes_code"),
        sa.CheckConstraint("percent BETWEEN 1 AND 90", name="ck_discount_codes_percent"),
    )
