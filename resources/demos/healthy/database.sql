-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: everything applied. The tables are what `alembic upgrade head` leaves.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- revision 6d917d784080

CREATE TABLE customers (
    id BIGSERIAL NOT NULL,
    email VARCHAR(320) NOT NULL,
    full_name VARCHAR(200) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_customers_email UNIQUE (email)
);

CREATE TABLE addresses (
    id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    street VARCHAR(200) NOT NULL,
    postal_code VARCHAR(12) NOT NULL,
    city VARCHAR(100) NOT NULL,
    country CHAR(2) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_addresses_customer FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE INDEX ix_addresses_customer_id ON addresses (customer_id);

-- revision 1b194e2b1dce

CREATE TABLE categories (
    id BIGSERIAL NOT NULL,
    slug VARCHAR(80) NOT NULL,
    name VARCHAR(120) NOT NULL,
    parent_id BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT fk_categories_parent FOREIGN KEY(parent_id) REFERENCES categories (id) ON DELETE SET NULL,
    CONSTRAINT uq_categories_slug UNIQUE (slug)
);

CREATE TABLE products (
    id BIGSERIAL NOT NULL,
    sku VARCHAR(40) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    category_id BIGINT NOT NULL,
    price_cents INTEGER NOT NULL,
    is_listed BOOLEAN DEFAULT true NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_products_price CHECK (price_cents >= 0),
    CONSTRAINT fk_products_category FOREIGN KEY(category_id) REFERENCES categories (id) ON DELETE RESTRICT,
    CONSTRAINT uq_products_sku UNIQUE (sku)
);

CREATE INDEX ix_products_category_id ON products (category_id);

-- revision 9e9cda4ed424

CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent', 'cancelled');

CREATE TABLE orders (
    id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    status order_status DEFAULT 'new' NOT NULL,
    placed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_orders_customer FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE RESTRICT
);

CREATE TABLE order_lines (
    order_id BIGINT NOT NULL,
    line_number SMALLINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, line_number),
    CONSTRAINT ck_order_lines_quantity CHECK (quantity > 0),
    CONSTRAINT fk_order_lines_order FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_lines_product FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE RESTRICT
);

-- revision 4d193931f13f

CREATE TABLE payments (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    provider VARCHAR(40) NOT NULL,
    provider_reference VARCHAR(120) NOT NULL,
    amount_cents INTEGER NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_payments_order FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT uq_payments_reference UNIQUE (provider, provider_reference)
);

CREATE INDEX ix_payments_order_id ON payments (order_id);

-- revision 86edcc8f07a1

CREATE TABLE stock_levels (
    product_id BIGINT NOT NULL,
    on_hand INTEGER DEFAULT '0' NOT NULL,
    reorder_at INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (product_id),
    CONSTRAINT fk_stock_levels_product FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE
);

INSERT INTO stock_levels (product_id) SELECT id FROM products;

-- revision ed2bd7e6935c

CREATE TABLE stock_movements (
    id BIGSERIAL NOT NULL,
    product_id BIGINT NOT NULL,
    change INTEGER NOT NULL,
    reason VARCHAR(40) NOT NULL,
    moved_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_stock_movements_change CHECK (change <> 0),
    CONSTRAINT fk_stock_movements_product FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE INDEX ix_stock_movements_product_moved ON stock_movements (product_id, moved_at);

-- revision a67bb2e764af

CREATE TABLE reviews (
    id BIGSERIAL NOT NULL,
    product_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    stars SMALLINT NOT NULL,
    body TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_reviews_stars CHECK (stars BETWEEN 1 AND 5),
    CONSTRAINT fk_reviews_customer FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_reviews_product FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT uq_reviews_once UNIQUE (product_id, customer_id)
);

-- revision d306b17b7319

ALTER TABLE reviews ADD COLUMN is_hidden BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE reviews ADD COLUMN hidden_reason VARCHAR(200);

-- revision 5834d124d067

-- revision a4f5af0dc65c

CREATE INDEX ix_orders_customer_placed ON orders (customer_id, placed_at);

CREATE INDEX ix_orders_open ON orders (placed_at) WHERE status = 'new';

-- revision e8a9b6bbaee5

CREATE TABLE discount_codes (
    id BIGSERIAL NOT NULL,
    code VARCHAR(30) NOT NULL,
    percent SMALLINT NOT NULL,
    valid_until DATE,
    PRIMARY KEY (id),
    CONSTRAINT ck_discount_codes_percent CHECK (percent BETWEEN 1 AND 90),
    CONSTRAINT uq_discount_codes_code UNIQUE (code)
);

ALTER TABLE orders ADD COLUMN discount_code_id BIGINT;

ALTER TABLE orders ADD CONSTRAINT fk_orders_discount_code FOREIGN KEY(discount_code_id) REFERENCES discount_codes (id) ON DELETE SET NULL;

-- revision 58a7136379d2

ALTER TABLE customers ADD COLUMN marketing_consent BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE customers ADD COLUMN consent_given_at TIMESTAMP WITH TIME ZONE;

INSERT INTO alembic_version (version_num) VALUES ('58a7136379d2');

-- Data

INSERT INTO customers (email, full_name, marketing_consent, created_at)
SELECT 'customer' || n || '@example.com', 'Customer ' || n, n % 3 = 0,
       timestamptz '2025-01-15 08:00+00' + n * interval '2 hours'
FROM generate_series(1, 800) AS n;

INSERT INTO addresses (customer_id, street, postal_code, city, country)
SELECT id, 'Market Street ' || id, lpad((10000 + id)::text, 5, '0'), 'Springfield', 'US'
FROM customers;

INSERT INTO categories (slug, name) VALUES
    ('tea', 'Tea'), ('coffee', 'Coffee'), ('cups', 'Cups'), ('filters', 'Filters');

INSERT INTO products (sku, title, category_id, price_cents)
SELECT 'SKU-' || lpad(n::text, 4, '0'), 'Product ' || n, 1 + n % 4, 350 + n * 25
FROM generate_series(1, 120) AS n;

INSERT INTO discount_codes (code, percent, valid_until) VALUES
    ('WELCOME10', 10, NULL), ('SUMMER20', 20, '2025-08-31');

INSERT INTO orders (customer_id, status, discount_code_id, placed_at)
SELECT 1 + n % 800, (ARRAY['new', 'paid', 'sent', 'sent', 'cancelled'])[1 + n % 5]::order_status,
       CASE WHEN n % 10 = 0 THEN 1 END, timestamptz '2025-02-04 09:00+00' + n * interval '1 hour'
FROM generate_series(1, 2500) AS n;

INSERT INTO order_lines (order_id, line_number, product_id, quantity, unit_price_cents)
SELECT o.id, l, 1 + (o.id + l * 7) % 120, l, 375 + (o.id + l * 7) % 120 * 25
FROM orders AS o CROSS JOIN generate_series(1, 2) AS l;

INSERT INTO payments (order_id, provider, provider_reference, amount_cents, received_at)
SELECT id, 'stripe', 'pi_' || md5(id::text), 2400, placed_at + interval '3 minutes'
FROM orders
WHERE status IN ('paid', 'sent');

INSERT INTO reviews (product_id, customer_id, stars)
SELECT 1 + n % 120, n, 1 + n % 5
FROM generate_series(1, 400) AS n;

INSERT INTO stock_levels (product_id, on_hand, reorder_at)
SELECT id, id * 3 % 40, 5
FROM products;

INSERT INTO stock_movements (product_id, change, reason)
SELECT id, 40, 'delivery'
FROM products;

ANALYZE;
