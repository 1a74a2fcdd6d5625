-- What create_all of SQLAlchemy 2.0.49 (sqlmodel 0.0.24, pydantic 1.10) sends for the models beside it.

CREATE TYPE kind AS ENUM ('old', 'new');

CREATE TABLE team (
    name VARCHAR(50) NOT NULL,
    motto VARCHAR,
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_team_name ON team (name);

CREATE TABLE hero (
    id SERIAL NOT NULL,
    uid UUID NOT NULL,
    secret VARCHAR NOT NULL,
    age INTEGER,
    kind kind NOT NULL,
    maybe_kind kind,
    price NUMERIC(5, 3) NOT NULL,
    plain_price NUMERIC NOT NULL,
    score FLOAT NOT NULL,
    alive BOOLEAN NOT NULL,
    born TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    data BYTEA NOT NULL,
    tag_list JSON NOT NULL,
    story TEXT NOT NULL,
    stamp TIMESTAMP WITH TIME ZONE DEFAULT now(),
    forced VARCHAR NOT NULL,
    loose VARCHAR,
    counted INTEGER DEFAULT 7 NOT NULL,
    team_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT uq_secret UNIQUE (secret, age),
    UNIQUE (uid),
    FOREIGN KEY(team_id) REFERENCES team (id) ON DELETE SET NULL
);

CREATE INDEX ix_hero_age ON hero (age);

COMMENT ON TABLE hero IS 'heroes';

COMMENT ON COLUMN hero.counted IS 'how many';

CREATE TABLE hero_link (
    "left" INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    PRIMARY KEY ("left", "right"),
    FOREIGN KEY("left") REFERENCES hero (id),
    FOREIGN KEY("right") REFERENCES hero (id) ON DELETE CASCADE
);
