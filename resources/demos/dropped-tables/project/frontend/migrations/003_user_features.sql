-- What signed-in users keep. Written by hand, for the front end alone.

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
