-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE TABLE person (
    id SERIAL NOT NULL,
    kind VARCHAR(20) NOT NULL,
    first VARCHAR NOT NULL,
    last VARCHAR NOT NULL,
    x1 INTEGER NOT NULL,
    y1 INTEGER NOT NULL,
    note VARCHAR(99),
    budget INTEGER,
    shared VARCHAR,
    PRIMARY KEY (id)
);

CREATE TABLE animal (
    id SERIAL NOT NULL,
    legs INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE cat (
    id SERIAL NOT NULL,
    lives INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE engineer (
    id INTEGER NOT NULL,
    skill VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
