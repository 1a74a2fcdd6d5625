-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE TYPE host_state AS ENUM ('up', 'down');

CREATE SEQUENCE host_number;

CREATE TABLE host (
    address INET NOT NULL,
    tags TEXT[] DEFAULT '{}',
    state host_state NOT NULL,
    number INTEGER,
    region VARCHAR(3) NOT NULL,
    at TIMESTAMP WITHOUT TIME ZONE DEFAULT now(),
    id INTEGER NOT NULL,
    PRIMARY KEY (region, id)
);

CREATE INDEX ix_host_number ON host (number);

CREATE TABLE guest (
    name VARCHAR,
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
