-- Tables of the sign-in that came before Better Auth. Still read by old mobile clients.

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
