-- WhisperEngine database schema.
-- Written from a running database on 2025-10-19. Loaded into empty databases before anything else.

CREATE TABLE characters (
    id SERIAL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    normalized_name VARCHAR(100) UNIQUE NOT NULL,
    occupation VARCHAR(200),
    description TEXT,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE character_attributes (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    category VARCHAR(50) NOT NULL,
    description TEXT NOT NULL,
    display_order INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE character_prompts (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    kind VARCHAR(50) NOT NULL,
    prompt TEXT NOT NULL
);

CREATE TABLE character_background (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    period VARCHAR(100),
    title VARCHAR(200),
    description TEXT NOT NULL
);

CREATE TABLE character_relationships (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    related_entity VARCHAR(200) NOT NULL,
    relationship_type VARCHAR(50),
    strength INTEGER
);

CREATE TABLE character_memories (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    emotional_impact INTEGER
);

CREATE TABLE character_abilities (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    category VARCHAR(50),
    ability_name VARCHAR(200) NOT NULL,
    proficiency_level INTEGER
);

CREATE TABLE character_interests (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    topic VARCHAR(200) NOT NULL,
    weight NUMERIC(3, 2) NOT NULL DEFAULT 0.5
);

CREATE TABLE character_speech_patterns (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    pattern_type VARCHAR(50) NOT NULL,
    pattern_value TEXT NOT NULL,
    frequency VARCHAR(30)
);

CREATE TABLE character_conversation_flows (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    flow_type VARCHAR(100) NOT NULL,
    approach TEXT,
    transition_style TEXT
);

CREATE TABLE character_behavioral_triggers (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trigger_type VARCHAR(50) NOT NULL,
    trigger_value TEXT NOT NULL,
    response_type VARCHAR(50)
);

CREATE TABLE character_response_guidelines (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    guideline_type VARCHAR(50) NOT NULL,
    content TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE character_response_modes (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    mode_name VARCHAR(50) NOT NULL,
    description TEXT,
    length_guideline TEXT
);

CREATE TABLE character_emotional_triggers (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trigger_category VARCHAR(50) NOT NULL,
    trigger_content TEXT NOT NULL,
    response TEXT
);

CREATE TABLE character_ai_scenarios (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    scenario_type VARCHAR(50) NOT NULL,
    expected_response TEXT NOT NULL
);

CREATE TABLE character_cultural_expressions (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    expression VARCHAR(200) NOT NULL,
    meaning TEXT,
    usage_context TEXT
);

CREATE TABLE character_voice_traits (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trait_type VARCHAR(50) NOT NULL,
    trait_value TEXT NOT NULL
);

CREATE TABLE character_appearance (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    category VARCHAR(50) NOT NULL,
    attribute VARCHAR(100) NOT NULL,
    description TEXT
);

CREATE TABLE character_current_context (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    context TEXT NOT NULL,
    valid_until TIMESTAMP WITH TIME ZONE
);

CREATE TABLE character_current_goals (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    goal TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE character_daily_routines (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    starts_at TIME,
    activity TEXT NOT NULL
);

CREATE TABLE character_directives (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    directive TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE character_entity_categories (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trigger_category VARCHAR(100) NOT NULL,
    entity_names TEXT[]
);

CREATE TABLE character_essence (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    essence_type VARCHAR(50) NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE character_expertise_domains (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    domain_name VARCHAR(200) NOT NULL,
    level VARCHAR(30),
    passion INTEGER
);

CREATE TABLE character_identity_details (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    full_name VARCHAR(200),
    nickname VARCHAR(100),
    age INTEGER
);

CREATE TABLE character_instructions (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    instruction_type VARCHAR(50) NOT NULL,
    instruction TEXT NOT NULL
);

CREATE TABLE character_learning_timeline (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    learned_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    insight TEXT NOT NULL
);

CREATE TABLE character_llm_config (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    provider VARCHAR(50),
    model VARCHAR(100),
    temperature NUMERIC(3, 2)
);

CREATE TABLE character_message_triggers (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trigger_category VARCHAR(100) NOT NULL,
    keywords TEXT[]
);

CREATE TABLE character_metadata (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    version INTEGER NOT NULL DEFAULT 1,
    author VARCHAR(100),
    tags TEXT[]
);

CREATE TABLE character_mission (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    mission TEXT NOT NULL
);

CREATE TABLE character_question_templates (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    gap_type VARCHAR(50) NOT NULL,
    template TEXT NOT NULL
);

CREATE TABLE character_roleplay_config (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    allow_full_roleplay BOOLEAN NOT NULL DEFAULT false,
    philosophy TEXT
);

CREATE TABLE character_roleplay_scenarios (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL,
    response_pattern TEXT
);

CREATE TABLE character_self_insights (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    insight_type VARCHAR(50) NOT NULL,
    content TEXT NOT NULL,
    confidence NUMERIC(3, 2)
);

CREATE TABLE character_vocabulary (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    word VARCHAR(100) NOT NULL,
    preference VARCHAR(20) NOT NULL,
    reason TEXT
);

CREATE TABLE character_discord_config (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    enabled BOOLEAN NOT NULL DEFAULT false,
    status_message TEXT
);

CREATE TABLE character_deployment_config (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    health_port INTEGER,
    image_tag VARCHAR(100)
);

CREATE TABLE character_context_guidelines (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    context VARCHAR(100) NOT NULL,
    guideline TEXT NOT NULL
);

CREATE TABLE user_profiles (
    id SERIAL PRIMARY KEY,
    platform VARCHAR(30) NOT NULL,
    platform_user_id VARCHAR(100) NOT NULL,
    display_name VARCHAR(100)
);

CREATE TABLE user_relationships (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trust NUMERIC(4, 1) NOT NULL DEFAULT 0,
    affection NUMERIC(4, 1) NOT NULL DEFAULT 0
);

CREATE TABLE user_preferences (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    preference VARCHAR(100) NOT NULL,
    value TEXT
);

CREATE TABLE user_events (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    event_type VARCHAR(50) NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE user_trust_history (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trust NUMERIC(4, 1) NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE user_sessions (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    ended_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE fact_entities (
    id SERIAL PRIMARY KEY,
    entity_type VARCHAR(50) NOT NULL,
    entity_name VARCHAR(200) NOT NULL
);

CREATE TABLE user_facts (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    entity_id INTEGER NOT NULL REFERENCES fact_entities(id) ON DELETE CASCADE,
    relation VARCHAR(50) NOT NULL,
    confidence NUMERIC(3, 2) NOT NULL
);

CREATE TABLE fact_relations (
    id SERIAL PRIMARY KEY,
    from_entity_id INTEGER NOT NULL REFERENCES fact_entities(id) ON DELETE CASCADE,
    to_entity_id INTEGER NOT NULL REFERENCES fact_entities(id) ON DELETE CASCADE,
    relation VARCHAR(50) NOT NULL
);

CREATE TABLE fact_evidence (
    id SERIAL PRIMARY KEY,
    entity_id INTEGER NOT NULL REFERENCES fact_entities(id) ON DELETE CASCADE,
    quote TEXT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE conversations (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE conversation_messages (
    id SERIAL PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    role VARCHAR(20) NOT NULL,
    content TEXT NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE conversation_feedback (
    id SERIAL PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    score INTEGER NOT NULL,
    comment TEXT
);

CREATE TABLE conversation_topics (
    id SERIAL PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    topic VARCHAR(200) NOT NULL
);

CREATE TABLE memories (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE memory_links (
    id SERIAL PRIMARY KEY,
    from_memory_id INTEGER NOT NULL REFERENCES memories(id) ON DELETE CASCADE,
    to_memory_id INTEGER NOT NULL REFERENCES memories(id) ON DELETE CASCADE,
    strength NUMERIC(3, 2)
);

CREATE TABLE memory_scores (
    id SERIAL PRIMARY KEY,
    memory_id INTEGER NOT NULL REFERENCES memories(id) ON DELETE CASCADE,
    score NUMERIC(5, 4) NOT NULL,
    scored_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE dynamic_personality_profiles (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    profile JSONB NOT NULL
);

CREATE TABLE emotion_profiles (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    dominant_emotion VARCHAR(30),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE emotion_events (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    emotion VARCHAR(30) NOT NULL,
    intensity NUMERIC(3, 2) NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE role_transactions (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    transaction_type VARCHAR(50) NOT NULL,
    state VARCHAR(30) NOT NULL DEFAULT 'pending'
);

CREATE TABLE transaction_items (
    id SERIAL PRIMARY KEY,
    transaction_id INTEGER NOT NULL REFERENCES role_transactions(id) ON DELETE CASCADE,
    name VARCHAR(200) NOT NULL,
    price NUMERIC(8, 2)
);

CREATE TABLE universal_users (
    id SERIAL PRIMARY KEY,
    primary_name VARCHAR(100),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE platform_identities (
    id SERIAL PRIMARY KEY,
    universal_user_id INTEGER NOT NULL REFERENCES universal_users(id) ON DELETE CASCADE,
    platform VARCHAR(30) NOT NULL,
    platform_user_id VARCHAR(100) NOT NULL
);

CREATE TABLE platform_tokens (
    id SERIAL PRIMARY KEY,
    identity_id INTEGER NOT NULL REFERENCES platform_identities(id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE system_settings (
    id SERIAL PRIMARY KEY,
    key VARCHAR(100) NOT NULL UNIQUE,
    value JSONB NOT NULL
);

CREATE TABLE schema_versions (
    id SERIAL PRIMARY KEY,
    version VARCHAR(30) NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE job_queue (
    id SERIAL PRIMARY KEY,
    kind VARCHAR(50) NOT NULL,
    payload JSONB NOT NULL,
    run_after TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE job_runs (
    id SERIAL PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES job_queue(id) ON DELETE CASCADE,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    error TEXT
);

CREATE TABLE llm_requests (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    model VARCHAR(100) NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL
);

CREATE TABLE llm_usage_daily (
    id SERIAL PRIMARY KEY,
    day DATE NOT NULL,
    model VARCHAR(100) NOT NULL,
    total_tokens BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE banned_users (
    id SERIAL PRIMARY KEY,
    platform_user_id VARCHAR(100) NOT NULL UNIQUE,
    reason TEXT,
    banned_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE audit_events (
    id SERIAL PRIMARY KEY,
    actor VARCHAR(100) NOT NULL,
    action VARCHAR(100) NOT NULL,
    details JSONB,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE conversation_summaries (
    id SERIAL PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    summary TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE personality_traits (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    trait_name VARCHAR(50) NOT NULL,
    trait_value NUMERIC(3, 2) NOT NULL,
    intensity VARCHAR(20),
    description TEXT,
    UNIQUE (character_id, trait_name)
);

CREATE TABLE communication_styles (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL UNIQUE REFERENCES characters(id) ON DELETE CASCADE,
    engagement_level NUMERIC(3, 2),
    formality VARCHAR(50),
    emotional_expression NUMERIC(3, 2)
);

CREATE TABLE character_values (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    value_key VARCHAR(100) NOT NULL,
    value_description TEXT NOT NULL,
    importance_level VARCHAR(20) NOT NULL DEFAULT 'medium',
    UNIQUE (character_id, value_key)
);

CREATE TABLE character_emoji_settings (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    frequency VARCHAR(50),
    style VARCHAR(50),
    combination VARCHAR(50),
    placement VARCHAR(50)
);

CREATE TABLE memory_clusters (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    label VARCHAR(200) NOT NULL,
    member_count INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE user_consents (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user_profiles(id) ON DELETE CASCADE,
    purpose VARCHAR(100) NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE voice_profiles (
    id SERIAL PRIMARY KEY,
    character_id INTEGER NOT NULL REFERENCES characters(id) ON DELETE CASCADE,
    provider VARCHAR(50) NOT NULL,
    voice_name VARCHAR(100) NOT NULL
);
