-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE TABLE account (
    id BIGSERIAL NOT NULL,
    name VARCHAR(40) NOT NULL,
    nick VARCHAR(40),
    short VARCHAR(50) NOT NULL,
    maybe VARCHAR(50),
    created TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated TIMESTAMP WITH TIME ZONE DEFAULT now(),
    price NUMERIC(10, 2) NOT NULL,
    extra JSONB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    UNIQUE (nick)
);

CREATE INDEX ix_account_created ON account (created);

CREATE INDEX ix_account_updated ON account (updated);

CREATE TABLE item (
    late VARCHAR(7),
    id BIGSERIAL NOT NULL,
    owner BIGINT NOT NULL,
    editor BIGINT,
    plain BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(editor) REFERENCES account (id) ON DELETE CASCADE
);
