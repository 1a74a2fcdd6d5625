-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE SCHEMA app;

CREATE TABLE app.owners (
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    id SERIAL NOT NULL,
    updated TIMESTAMP WITHOUT TIME ZONE,
    CONSTRAINT pk_owners PRIMARY KEY (id)
);

CREATE TABLE app.real (
    amount INTEGER NOT NULL,
    id INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    code VARCHAR(9) NOT NULL,
    CONSTRAINT pk_real PRIMARY KEY (id, tenant),
    CONSTRAINT ck_real_positive CHECK (amount > 0),
    CONSTRAINT uq_real_amount UNIQUE (amount, code),
    CONSTRAINT uq_real_code UNIQUE (code)
);

CREATE TABLE app.things (
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    size INTEGER NOT NULL,
    updated TIMESTAMP WITHOUT TIME ZONE,
    owner_id INTEGER,
    id INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    label VARCHAR(20) NOT NULL,
    CONSTRAINT pk_things PRIMARY KEY (id, tenant),
    CONSTRAINT fk_things_owner_id_owners FOREIGN KEY(owner_id) REFERENCES app.owners (id)
);

CREATE INDEX ix_things_label ON app.things (label);

CREATE INDEX ix_things_owner_id ON app.things (owner_id);

COMMENT ON TABLE app.things IS 'about Thing';
