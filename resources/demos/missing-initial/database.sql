-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: the tables are there because the application called create_all. Alembic was never run, so
-- there is no version table, and the demo user was never seeded.

CREATE TYPE session_status AS ENUM ('uploaded', 'extracting', 'done', 'failed');

CREATE TABLE users (
    id UUID NOT NULL,
    username VARCHAR(50) NOT NULL,
    email VARCHAR(255) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (username),
    UNIQUE (email)
);

CREATE TABLE extraction_sessions (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    name VARCHAR(200) NOT NULL,
    status session_status NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_extraction_sessions_user_id ON extraction_sessions (user_id);

CREATE TABLE screenshots (
    id UUID NOT NULL,
    session_id UUID NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(session_id) REFERENCES extraction_sessions (id) ON DELETE CASCADE
);

CREATE INDEX ix_screenshots_session_id ON screenshots (session_id);

CREATE TABLE design_tokens (
    id UUID NOT NULL,
    screenshot_id UUID NOT NULL,
    category VARCHAR(40) NOT NULL,
    name VARCHAR(120) NOT NULL,
    value JSONB NOT NULL,
    confidence NUMERIC(4, 3),
    PRIMARY KEY (id),
    CONSTRAINT uq_design_tokens_name UNIQUE (screenshot_id, category, name),
    FOREIGN KEY(screenshot_id) REFERENCES screenshots (id) ON DELETE CASCADE
);

CREATE INDEX ix_design_tokens_screenshot_id ON design_tokens (screenshot_id);

-- Data. Ids are hashes, so that they are the same each time.

CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || n)::uuid $$;

INSERT INTO users (id, username, email, password_hash)
SELECT pg_temp.id('user', n), 'designer' || n, 'designer' || n || '@example.com', '$2b$12$' || md5(n::text)
FROM generate_series(1, 12) AS n;

INSERT INTO extraction_sessions (id, user_id, name, status)
SELECT pg_temp.id('session', n), pg_temp.id('user', 1 + n % 12), 'Session ' || n,
       (ARRAY['done', 'done', 'done', 'failed'])[1 + n % 4]::session_status
FROM generate_series(1, 80) AS n;

INSERT INTO screenshots (id, session_id, file_name, width, height)
SELECT pg_temp.id('screenshot', n), pg_temp.id('session', 1 + n % 80), 'screen-' || n || '.png', 1440, 900
FROM generate_series(1, 240) AS n;

INSERT INTO design_tokens (id, screenshot_id, category, name, value, confidence)
SELECT pg_temp.id('token', s * 10 + t), pg_temp.id('screenshot', s), 'color', 'color-' || t,
       jsonb_build_object('hex', '#' || substr(md5((s * 10 + t)::text), 1, 6)), 0.9
FROM generate_series(1, 240) AS s, generate_series(1, 8) AS t;

ANALYZE;
