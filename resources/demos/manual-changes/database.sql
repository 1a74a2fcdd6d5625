-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: the database is at 5c58b672cc4e, and somebody changed it by hand since.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- revision 20251011_baseline_v106

CREATE TABLE characters (
    id SERIAL NOT NULL,
    name VARCHAR(100) NOT NULL,
    normalized_name VARCHAR(100) NOT NULL,
    occupation VARCHAR(200),
    description TEXT,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (normalized_name)
);

CREATE TABLE character_attributes (
    id SERIAL NOT NULL,
    character_id INTEGER NOT NULL,
    category VARCHAR(50) NOT NULL,
    description TEXT NOT NULL,
    display_order INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(character_id) REFERENCES characters (id) ON DELETE CASCADE
);

CREATE TABLE user_profiles (
    id SERIAL NOT NULL,
    platform VARCHAR(30) NOT NULL,
    platform_user_id VARCHAR(100) NOT NULL,
    display_name VARCHAR(100),
    PRIMARY KEY (id),
    UNIQUE (platform, platform_user_id)
);

CREATE TABLE user_relationships (
    user_id INTEGER NOT NULL,
    character_id INTEGER NOT NULL,
    trust NUMERIC(4, 1) DEFAULT '0' NOT NULL,
    affection NUMERIC(4, 1) DEFAULT '0' NOT NULL,
    PRIMARY KEY (user_id, character_id),
    FOREIGN KEY(character_id) REFERENCES characters (id) ON DELETE CASCADE,
    FOREIGN KEY(user_id) REFERENCES user_profiles (id) ON DELETE CASCADE
);

CREATE TABLE fact_entities (
    id SERIAL NOT NULL,
    entity_type VARCHAR(50) NOT NULL,
    entity_name VARCHAR(200) NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE user_facts (
    id SERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    entity_id INTEGER NOT NULL,
    relation VARCHAR(50) NOT NULL,
    confidence NUMERIC(3, 2) NOT NULL,
    learned_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(entity_id) REFERENCES fact_entities (id) ON DELETE CASCADE,
    FOREIGN KEY(user_id) REFERENCES user_profiles (id) ON DELETE CASCADE
);

CREATE INDEX ix_user_facts_user_id ON user_facts (user_id);

-- revision 5c58b672cc4e

ALTER TABLE characters ADD COLUMN emoji_frequency VARCHAR(50);

ALTER TABLE characters ADD COLUMN emoji_style VARCHAR(50);

ALTER TABLE characters ADD COLUMN emoji_combination VARCHAR(50);

ALTER TABLE characters ADD COLUMN emoji_placement VARCHAR(50);

ALTER TABLE characters ADD COLUMN emoji_age_demographic VARCHAR(50);

ALTER TABLE characters ADD COLUMN emoji_cultural_influence VARCHAR(50);

INSERT INTO alembic_version (version_num) VALUES ('5c58b672cc4e');

-- Data

INSERT INTO characters (name, normalized_name, occupation) VALUES
    ('Elena Rodriguez', 'elena', 'Marine biologist'),
    ('Marcus Thompson', 'marcus', 'Researcher'),
    ('Gabriel', 'gabriel', 'Gentleman'),
    ('Assistant', 'assistant', 'Assistant');

INSERT INTO character_attributes (character_id, category, description, display_order)
SELECT c.id, 'interest', 'Interest ' || n, n
FROM characters AS c CROSS JOIN generate_series(1, 5) AS n;

INSERT INTO user_profiles (platform, platform_user_id, display_name)
SELECT 'discord', (672814231000000000 + n)::text, 'user' || n
FROM generate_series(1, 300) AS n;

INSERT INTO user_relationships (user_id, character_id, trust, affection)
SELECT id, 1 + id % 4, id % 100, id % 80
FROM user_profiles;

INSERT INTO fact_entities (entity_type, entity_name)
SELECT (ARRAY['food', 'hobby', 'place'])[1 + n % 3], 'Entity ' || n
FROM generate_series(1, 150) AS n;

INSERT INTO user_facts (user_id, entity_id, relation, confidence)
SELECT 1 + n % 300, 1 + n % 150, (ARRAY['likes', 'owns', 'visited'])[1 + n % 3], 0.8
FROM generate_series(1, 1200) AS n;

-- By hand: a column and an index for it. Revision b4d1c7a09e25 wants to add both.

ALTER TABLE characters ADD COLUMN custom_metadata JSONB;
CREATE INDEX idx_characters_custom ON characters (custom_metadata);

UPDATE characters SET custom_metadata = jsonb_build_object('voice', lower(name));

-- By hand: a column whose name looks like one of the chain's.

ALTER TABLE characters ADD COLUMN emoji_custom TEXT;

-- By hand: a constraint that was never checked against the rows there are, and a wider column.

ALTER TABLE user_facts ADD CONSTRAINT user_facts_confidence_range CHECK (confidence BETWEEN 0 AND 1) NOT VALID;
ALTER TABLE user_profiles ALTER COLUMN display_name TYPE VARCHAR(200);

-- By hand: the older shape of personality_traits, one column for each trait. Revision 9c23e4e81011
-- creates the table only if it is not there, so it will pass; c64001afbd46 will not.

CREATE TABLE personality_traits (
    character_id INTEGER PRIMARY KEY REFERENCES characters (id),
    openness DECIMAL(3, 2),
    conscientiousness DECIMAL(3, 2),
    extraversion DECIMAL(3, 2),
    agreeableness DECIMAL(3, 2),
    neuroticism DECIMAL(3, 2)
);

INSERT INTO personality_traits
SELECT id, 0.80, 0.90, 0.60, 0.85, 0.20 FROM characters;

-- By hand: a table that revision 7173074fc645 wants to create, and one that nobody else knows.

CREATE TABLE user_notes (
    id BIGSERIAL PRIMARY KEY,
    platform_user_id TEXT NOT NULL,
    note TEXT
);

INSERT INTO user_notes (platform_user_id, note)
SELECT platform_user_id, 'Prefers short answers.' FROM user_profiles WHERE id <= 40;

CREATE TABLE backup_characters_20251012 AS SELECT * FROM characters;

ANALYZE;
