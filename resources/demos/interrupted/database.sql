-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: 6a2a7dcf630a stopped half-way. Its first two tables were committed when it left the transaction
-- to build an index; the index failed on duplicates and stayed behind as invalid; its third table was
-- never made. The version row still names the revision before it.

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

-- revision 9c23e4e81011

CREATE TABLE IF NOT EXISTS personality_traits (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
            trait_name VARCHAR(50) NOT NULL,
            trait_value DECIMAL(3,2) NOT NULL,
            intensity VARCHAR(20),
            description TEXT,
            UNIQUE (character_id, trait_name)
        );

CREATE TABLE IF NOT EXISTS communication_styles (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL UNIQUE REFERENCES characters(id) ON DELETE CASCADE,
            engagement_level DECIMAL(3,2),
            formality VARCHAR(50),
            emotional_expression DECIMAL(3,2)
        );

CREATE TABLE IF NOT EXISTS character_values (
            id SERIAL PRIMARY KEY,
            character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
            value_key VARCHAR(100) NOT NULL,
            value_description TEXT NOT NULL,
            importance_level VARCHAR(20) NOT NULL DEFAULT 'medium',
            UNIQUE (character_id, value_key)
        );

INSERT INTO alembic_version (version_num) VALUES ('c64001afbd46');

-- revision 6a2a7dcf630a, the part that was done

CREATE TABLE knowledge_sources (
    id SERIAL NOT NULL,
    name VARCHAR(200) NOT NULL,
    url TEXT,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE knowledge_entries (
    id SERIAL NOT NULL,
    source_id INTEGER NOT NULL,
    title VARCHAR(300) NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(source_id) REFERENCES knowledge_sources (id) ON DELETE CASCADE
);

-- What a failed CREATE UNIQUE INDEX CONCURRENTLY leaves: made while there are no rows yet, then marked,
-- so that the duplicates below can come in as they had before.
CREATE UNIQUE INDEX uq_fact_entities_name ON fact_entities (entity_type, entity_name);
UPDATE pg_index SET indisvalid = false, indisready = false WHERE indexrelid = 'uq_fact_entities_name'::regclass;

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

-- Ten entities occur twice: the duplicates that the unique index failed on.
INSERT INTO fact_entities (entity_type, entity_name)
SELECT (ARRAY['food', 'hobby', 'place'])[1 + n % 3], 'Entity ' || n
FROM (SELECT generate_series(1, 140) UNION ALL SELECT generate_series(1, 10)) AS numbers (n);

INSERT INTO user_facts (user_id, entity_id, relation, confidence)
SELECT 1 + n % 300, 1 + n % 150, (ARRAY['likes', 'owns', 'visited'])[1 + n % 3], 0.8
FROM generate_series(1, 1200) AS n;

INSERT INTO communication_styles (character_id, engagement_level, formality, emotional_expression)
SELECT id, 0.7, 'friendly', 0.5 FROM characters;

-- revision c64001afbd46

INSERT INTO personality_traits (character_id, trait_name, trait_value, intensity, description)
SELECT characters.id, trait.name, trait.value, trait.intensity, trait.description
FROM characters
CROSS JOIN (VALUES
    ('openness', 0.80, 'high', 'Curious about new ideas'),
    ('conscientiousness', 0.90, 'very_high', 'Careful and dependable'),
    ('extraversion', 0.60, 'moderate', 'Friendly without being loud'),
    ('agreeableness', 0.85, 'high', 'Helpful and patient'),
    ('neuroticism', 0.20, 'low', 'Calm when others are not')
) AS trait (name, value, intensity, description)
WHERE normalized_name = 'assistant'
AND NOT EXISTS (
    SELECT 1 FROM personality_traits AS present
    WHERE present.character_id = characters.id AND present.trait_name = trait.name
);

ANALYZE;
