-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE TYPE color AS ENUM ('RED', 'GREEN');

CREATE TABLE everything (
    id SERIAL NOT NULL,
    text VARCHAR NOT NULL,
    short VARCHAR(30) NOT NULL,
    maybe VARCHAR,
    either VARCHAR,
    "union" INTEGER,
    flag BOOLEAN NOT NULL,
    number FLOAT NOT NULL,
    money NUMERIC NOT NULL,
    blob BYTEA NOT NULL,
    moment TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    day DATE NOT NULL,
    hour TIME WITHOUT TIME ZONE NOT NULL,
    span INTERVAL NOT NULL,
    uid UUID NOT NULL,
    color color NOT NULL,
    maybe_color color,
    word VARCHAR(3) NOT NULL,
    big BIGINT NOT NULL,
    forced VARCHAR NOT NULL,
    loose VARCHAR,
    other_name VARCHAR NOT NULL,
    "only" VARCHAR(5),
    quoted INTEGER,
    PRIMARY KEY (id),
    UNIQUE ("only")
);

CREATE INDEX ix_everything_other_name ON everything (other_name);
