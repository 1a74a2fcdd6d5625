-- What every installation begins with.

INSERT INTO characters (name, normalized_name, occupation) VALUES
    ('Elena Rodriguez', 'elena', 'Marine biologist'),
    ('Marcus Thompson', 'marcus', 'Researcher'),
    ('Gabriel', 'gabriel', 'Gentleman'),
    ('Assistant', 'assistant', 'Assistant');

INSERT INTO character_attributes (character_id, category, description, display_order)
SELECT id, 'interest', 'Interest ' || n, n
FROM characters CROSS JOIN generate_series(1, 5) AS n;

INSERT INTO character_emoji_settings (character_id, frequency, style)
SELECT id, 'moderate', 'warm' FROM characters;

INSERT INTO system_settings (key, value) VALUES ('default_character', '"assistant"');
