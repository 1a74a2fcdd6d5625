-- What create_all of SQLAlchemy 2.0.49 (Flask-SQLAlchemy 3.0.3) sends for the models beside it.

CREATE TYPE post_kind AS ENUM ('a', 'b');

CREATE TABLE http_user (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE o_auth2_token4_user (
    id BIGSERIAL NOT NULL,
    a INTEGER,
    b INTEGER,
    PRIMARY KEY (id),
    UNIQUE (a, b)
);

CREATE INDEX ix_both ON o_auth2_token4_user (a, b);

CREATE TABLE given_name (
    id SERIAL NOT NULL,
    code VARCHAR(4),
    PRIMARY KEY (id)
);

CREATE TABLE bare (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE blog_post (
    id SERIAL NOT NULL,
    title VARCHAR(80) NOT NULL,
    body TEXT,
    kind post_kind,
    user_id INTEGER,
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now(),
    words INTEGER,
    PRIMARY KEY (id),
    UNIQUE (title),
    CONSTRAINT fk_blog_post_user_id FOREIGN KEY(user_id) REFERENCES http_user (id)
);

CREATE INDEX ix_blog_post_body ON blog_post (body);

CREATE TABLE tags (
    post_id INTEGER NOT NULL,
    tag VARCHAR(10) NOT NULL,
    PRIMARY KEY (post_id, tag),
    CONSTRAINT fk_tags_post_id FOREIGN KEY(post_id) REFERENCES blog_post (id)
);

CREATE TABLE joined_post (
    id INTEGER NOT NULL,
    extra VARCHAR,
    PRIMARY KEY (id),
    CONSTRAINT fk_joined_post_id FOREIGN KEY(id) REFERENCES blog_post (id)
);
