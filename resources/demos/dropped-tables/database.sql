-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: just before the incident. The revision at head was generated and not applied yet; the front
-- end's eleven tables are there, with what its users keep in them.

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

INSERT INTO alembic_version (version_num) VALUES ('31737a8718d5');

-- frontend/migrations/001_next_auth.sql: the sign-in that came before Better Auth

CREATE TABLE sessions (
    id SERIAL PRIMARY KEY,
    "userId" INTEGER NOT NULL,
    expires TIMESTAMP WITH TIME ZONE NOT NULL,
    "sessionToken" VARCHAR(255) NOT NULL
);
CREATE UNIQUE INDEX sessions_token_idx ON sessions ("sessionToken");

CREATE TABLE accounts (
    id SERIAL PRIMARY KEY,
    "userId" INTEGER NOT NULL,
    type VARCHAR(255) NOT NULL,
    provider VARCHAR(255) NOT NULL,
    "providerAccountId" VARCHAR(255) NOT NULL,
    refresh_token TEXT,
    access_token TEXT,
    expires_at BIGINT
);
CREATE UNIQUE INDEX accounts_provider_idx ON accounts (provider, "providerAccountId");

CREATE TABLE verification_tokens (
    identifier TEXT NOT NULL,
    expires TIMESTAMP WITH TIME ZONE NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (identifier, token)
);
CREATE INDEX verification_tokens_expires_idx ON verification_tokens (expires);

-- frontend/migrations/002_better_auth.sql: Better Auth

CREATE TABLE "user" (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL,
    image TEXT,
    "createdAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX user_email_idx ON "user" (email);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    "userId" TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    "expiresAt" TIMESTAMP NOT NULL,
    token TEXT NOT NULL UNIQUE,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    "userId" TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "expiresAt" TIMESTAMP,
    password TEXT,
    "createdAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE verification (
    id TEXT PRIMARY KEY,
    identifier TEXT NOT NULL,
    value TEXT NOT NULL,
    "expiresAt" TIMESTAMP NOT NULL,
    "createdAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE rate_limit (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL
);

-- frontend/migrations/003_user_features.sql: what signed-in users keep

CREATE TABLE pinned_stocks (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    symbol VARCHAR(10) NOT NULL,
    pinned_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX pinned_stocks_user_symbol_idx ON pinned_stocks (user_id, symbol);

CREATE TABLE user_api_keys (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    provider VARCHAR(50) NOT NULL,
    encrypted_key TEXT NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX user_api_keys_user_idx ON user_api_keys (user_id, provider);

CREATE TABLE openai_usage (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    model VARCHAR(100) NOT NULL,
    total_tokens INTEGER NOT NULL,
    used_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX openai_usage_user_idx ON openai_usage (user_id);
CREATE INDEX openai_usage_used_at_idx ON openai_usage (used_at);

-- Data of the backend

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

-- Data of the front end

INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
SELECT 'usr_' || md5('user' || n), 'User ' || n, 'user' || n || '@example.com', n % 7 <> 0,
       timestamp '2025-09-06 14:00' + n * interval '31 minutes',
       timestamp '2025-10-01 09:00' + n * interval '9 minutes'
FROM generate_series(1, 1864) AS n;

INSERT INTO session (id, "userId", "expiresAt", token, "ipAddress", "userAgent", "createdAt", "updatedAt")
SELECT 'ses_' || md5('session' || n), 'usr_' || md5('user' || 1 + n % 1864),
       timestamp '2025-10-19 08:00' + n * interval '2 minutes', md5('token' || n),
       '203.0.113.' || n % 256, 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
       timestamp '2025-10-12 08:00' + n * interval '2 minutes',
       timestamp '2025-10-12 08:00' + n * interval '2 minutes'
FROM generate_series(1, 4317) AS n;

INSERT INTO account (id, "userId", "accountId", "providerId", "accessToken", "refreshToken", "expiresAt")
SELECT 'acc_' || md5('account' || n), 'usr_' || md5('user' || n), (100000000000 + n)::text, 'google',
       md5('access' || n), md5('refresh' || n), timestamp '2025-10-18 22:00' + n * interval '1 minute'
FROM generate_series(1, 1864) AS n;

INSERT INTO verification (id, identifier, value, "expiresAt")
SELECT 'ver_' || md5('verification' || n), 'user' || n || '@example.com', md5('value' || n),
       timestamp '2025-10-18 22:00' + n * interval '3 minutes'
FROM generate_series(1, 43) AS n;

INSERT INTO rate_limit (key, count, "lastRequest")
SELECT '203.0.113.' || n || '/sign-in', n % 9, 1760822400000 + n * 1000
FROM generate_series(1, 212) AS n;

INSERT INTO sessions ("userId", expires, "sessionToken")
SELECT 1 + n % 4102, timestamptz '2025-11-02 00:00+00' + n * interval '1 hour', md5('old' || n)
FROM generate_series(1, 388) AS n;

INSERT INTO accounts ("userId", type, provider, "providerAccountId", expires_at)
SELECT n, 'oauth', 'google', (200000000000 + n)::text, 1760000000 + n * 60
FROM generate_series(1, 388) AS n;

INSERT INTO verification_tokens (identifier, expires, token)
SELECT 'user' || n || '@example.com', timestamptz '2025-09-30 12:00+00' + n * interval '1 hour', md5('mail' || n)
FROM generate_series(1, 17) AS n;

INSERT INTO pinned_stocks (user_id, symbol, pinned_at)
SELECT 'usr_' || md5('user' || 1 + n / 3), s.symbol, timestamp '2025-09-20 10:00' + n * interval '11 minutes'
FROM generate_series(1, 1026) AS n JOIN stocks AS s ON s.id = 1 + n % 500;

INSERT INTO user_api_keys (user_id, provider, encrypted_key)
SELECT 'usr_' || md5('user' || n * 13), 'openai', md5('first half' || n) || md5('second half' || n)
FROM generate_series(1, 96) AS n;

INSERT INTO openai_usage (user_id, model, total_tokens, used_at)
SELECT 'usr_' || md5('user' || 13 * (1 + n % 96)), (ARRAY['gpt-4o', 'gpt-4o-mini'])[1 + n % 2], 400 + n % 3600,
       timestamp '2025-09-25 07:00' + n * interval '17 minutes'
FROM generate_series(1, 2750) AS n;

ANALYZE;
