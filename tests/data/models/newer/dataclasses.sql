-- What create_all of SQLAlchemy 2.0.49 sends for the models beside it.

CREATE TYPE level AS ENUM ('LOW', 'HIGH');

CREATE TABLE node (
    id SERIAL NOT NULL,
    title VARCHAR(10) NOT NULL,
    level level NOT NULL,
    mode VARCHAR(30) NOT NULL,
    parent_id INTEGER,
    counted INTEGER DEFAULT '5' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES node (id)
);

CREATE TABLE plain (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE links (
    left_id INTEGER NOT NULL,
    right_id INTEGER NOT NULL,
    PRIMARY KEY (left_id, right_id),
    FOREIGN KEY(left_id) REFERENCES node (id),
    FOREIGN KEY(right_id) REFERENCES node (id)
);

CREATE TABLE leaf (
    id SERIAL NOT NULL,
    node_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(node_id) REFERENCES node (id)
);
