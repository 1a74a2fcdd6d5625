-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: just after the incident. The revision at head was applied, the backend's tables are as it
-- wants them, and the front end's eleven tables are gone.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- revision 66c4993635d4

CREATE TABLE users (
    id SERIAL NOT NULL,
    email VARCHAR(255) NOT NULL,
    username VARCHAR(100) NOT NULL,
    hashed_password VARCHAR(255) NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ix_users_email ON users (email);

CREATE TABLE stocks (
    id SERIAL NOT NULL,
    symbol VARCHAR(10) NOT NULL,
    name VARCHAR(255) NOT NULL,
    sector VARCHAR(100),
    is_active BOOLEAN DEFAULT true NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ix_stocks_symbol ON stocks (symbol);

-- revision bacda292c693

CREATE TABLE reddit_posts (
    id SERIAL NOT NULL,
    reddit_id VARCHAR(20) NOT NULL,
    subreddit VARCHAR(100) NOT NULL,
    title TEXT NOT NULL,
    content TEXT,
    primary_ticker VARCHAR(10),
    sentiment_score FLOAT,
    posted_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (reddit_id)
);

CREATE INDEX ix_reddit_posts_primary_ticker ON reddit_posts (primary_ticker);

CREATE TABLE reddit_comments (
    id SERIAL NOT NULL,
    post_id INTEGER NOT NULL,
    reddit_id VARCHAR(20) NOT NULL,
    content TEXT NOT NULL,
    score INTEGER DEFAULT '0' NOT NULL,
    posted_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(post_id) REFERENCES reddit_posts (id) ON DELETE CASCADE,
    UNIQUE (reddit_id)
);

CREATE INDEX ix_reddit_comments_post_id ON reddit_comments (post_id);

-- revision 4c933d25a4f3

CREATE TABLE news_articles (
    id SERIAL NOT NULL,
    stock_id INTEGER NOT NULL,
    url VARCHAR(1000) NOT NULL,
    title TEXT NOT NULL,
    source VARCHAR(100) NOT NULL,
    published_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(stock_id) REFERENCES stocks (id) ON DELETE CASCADE,
    UNIQUE (url)
);

CREATE INDEX ix_news_articles_stock_id ON news_articles (stock_id);

-- revision 31737a8718d5

CREATE TABLE research_reports (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    stock_id INTEGER,
    title VARCHAR(255) NOT NULL,
    content TEXT NOT NULL,
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(stock_id) REFERENCES stocks (id) ON DELETE SET NULL,
    FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_research_reports_user_id ON research_reports (user_id);

-- revision 82233f5589d3: what is left to see of it. The tables it dropped leave no trace.

ALTER TABLE research_reports ADD COLUMN status VARCHAR(20) DEFAULT 'completed' NOT NULL;

ALTER TABLE research_reports ADD COLUMN progress INTEGER DEFAULT '100' NOT NULL;

ALTER TABLE research_reports ADD COLUMN current_step VARCHAR(255);

ALTER TABLE research_reports ADD COLUMN partial_content TEXT;

ALTER TABLE research_reports ADD COLUMN thinking TEXT;

ALTER TABLE research_reports ADD COLUMN sources JSONB;

ALTER TABLE research_reports ADD COLUMN model VARCHAR(100);

ALTER TABLE research_reports ADD COLUMN tokens_used INTEGER;

ALTER TABLE research_reports ADD COLUMN error_message TEXT;

ALTER TABLE research_reports ADD COLUMN started_at TIMESTAMP WITHOUT TIME ZONE;

ALTER TABLE research_reports ADD COLUMN completed_at TIMESTAMP WITHOUT TIME ZONE;

ALTER TABLE research_reports ALTER COLUMN content DROP NOT NULL;

CREATE INDEX ix_research_reports_status ON research_reports (status);

INSERT INTO alembic_version (version_num) VALUES ('82233f5589d3');

-- Data

INSERT INTO users (email, username, hashed_password, created_at)
SELECT 'user' || n || '@example.com', 'user' || n, '$2b$12$' || md5(n::text),
       timestamp '2025-09-06 14:00' + n * interval '14 minutes'
FROM generate_series(1, 4102) AS n;

INSERT INTO stocks (symbol, name, sector)
SELECT upper(substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 4)) || n, 'Company ' || n,
       (ARRAY['Energy', 'Health', 'Software', 'Retail'])[1 + n % 4]
FROM generate_series(1, 500) AS n;

INSERT INTO reddit_posts (reddit_id, subreddit, title, primary_ticker, sentiment_score, posted_at)
SELECT 't3_' || n, 'stocks', 'What do you think of company ' || s.id || '?', s.symbol, (n % 200 - 100) / 100.0,
       timestamp '2025-09-14 20:00' + n * interval '15 minutes'
FROM generate_series(1, 3000) AS n JOIN stocks AS s ON s.id = 1 + n % 500;

INSERT INTO reddit_comments (post_id, reddit_id, content, score, posted_at)
SELECT 1 + n % 3000, 't1_' || n, 'Too early to say.', n % 50,
       timestamp '2025-09-14 21:00' + n * interval '4 minutes'
FROM generate_series(1, 9000) AS n;

INSERT INTO news_articles (stock_id, url, title, source, published_at)
SELECT 1 + n % 500, 'https://news.example.com/' || n, 'Quarterly figures, part ' || n, 'Example News',
       timestamp '2025-09-27 11:00' + n * interval '20 minutes'
FROM generate_series(1, 1500) AS n;

INSERT INTO research_reports (user_id, stock_id, title, content, created_at)
SELECT 1 + n % 4102, 1 + n % 500, 'Report ' || n, 'The company does what it says.',
       timestamp '2025-10-09 17:00' + n * interval '13 minutes'
FROM generate_series(1, 910) AS n;

ANALYZE;
