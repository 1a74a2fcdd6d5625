-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: upgraded to one head, e81c4d20b7a6. The other, 93b1e6720f5c, was never applied.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- revision e3363526064d

CREATE TABLE depots (
    id SERIAL NOT NULL,
    code VARCHAR(10) NOT NULL,
    city VARCHAR(100) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
);

CREATE TABLE parcels (
    id BIGSERIAL NOT NULL,
    barcode VARCHAR(30) NOT NULL,
    depot_id INTEGER NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(depot_id) REFERENCES depots (id),
    UNIQUE (barcode)
);

-- revision a9274fe05c13

CREATE TABLE tracking_events (
    id BIGSERIAL NOT NULL,
    parcel_id BIGINT NOT NULL,
    depot_id INTEGER NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(depot_id) REFERENCES depots (id),
    FOREIGN KEY(parcel_id) REFERENCES parcels (id) ON DELETE CASCADE
);

CREATE INDEX ix_tracking_events_parcel_id ON tracking_events (parcel_id);

-- revision 4be3d8617f02

ALTER TABLE parcels ADD COLUMN deliver_from TIME WITHOUT TIME ZONE;

ALTER TABLE parcels ADD COLUMN deliver_until TIME WITHOUT TIME ZONE;

-- revision e81c4d20b7a6

CREATE TABLE couriers (
    id SERIAL NOT NULL,
    name VARCHAR(120) NOT NULL,
    depot_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(depot_id) REFERENCES depots (id)
);

INSERT INTO alembic_version (version_num) VALUES ('e81c4d20b7a6');

-- Data

INSERT INTO depots (code, city) VALUES
    ('N1', 'Hamburg'), ('W1', 'Cologne'), ('S1', 'Munich'), ('E1', 'Leipzig');

INSERT INTO parcels (barcode, depot_id, deliver_from, deliver_until, registered_at)
SELECT 'JJD' || lpad(n::text, 12, '0'), 1 + n % 4, time '08:00', time '12:00',
       timestamptz '2025-03-13 06:00+00' + n * interval '2 minutes'
FROM generate_series(1, 1500) AS n;

INSERT INTO tracking_events (parcel_id, depot_id, seen_at)
SELECT p.id, 1 + (p.id + e) % 4, p.registered_at + e * interval '5 hours'
FROM parcels AS p CROSS JOIN generate_series(1, 3) AS e;

INSERT INTO couriers (name, depot_id)
SELECT 'Courier ' || n, 1 + n % 4
FROM generate_series(1, 24) AS n;

ANALYZE;
