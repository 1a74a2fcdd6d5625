-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: all 16 tables of the schema habits are live, as the lost revision 189b1231afd4 made them
-- and 2a3f4c9d1cde (cascade deletes) changed them. Everything later is pending.

CREATE SCHEMA habits;

CREATE TABLE habits.alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO habits.alembic_version (version_num) VALUES ('2a3f4c9d1cde');

-- 189b1231afd4: bootstrap tables (lost)

CREATE TABLE habits.habit_templates (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    slug VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    short_description TEXT,
    hero_image_url VARCHAR,
    description TEXT,
    level INTEGER,
    default_duration_days INTEGER DEFAULT '7' NOT NULL,
    tags JSON,
    PRIMARY KEY (id),
    UNIQUE (slug)
);

CREATE TABLE habits.lesson_templates (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    slug VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    summary TEXT,
    estimated_minutes INTEGER,
    metadata JSON,
    PRIMARY KEY (id),
    UNIQUE (slug)
);

CREATE TABLE habits.program_templates (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    slug VARCHAR,
    title VARCHAR NOT NULL,
    description TEXT,
    cover_image_url VARCHAR,
    metadata JSON,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX program_templates_slug_idx ON habits.program_templates (slug) WHERE slug IS NOT NULL;

CREATE TABLE habits.program_step_templates (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    program_template_id UUID NOT NULL,
    habit_template_id UUID,
    title VARCHAR NOT NULL,
    step_index INTEGER NOT NULL,
    duration_days INTEGER DEFAULT '7' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (program_template_id, step_index),
    FOREIGN KEY(program_template_id) REFERENCES habits.program_templates (id) ON DELETE RESTRICT,
    FOREIGN KEY(habit_template_id) REFERENCES habits.habit_templates (id) ON DELETE RESTRICT
);

CREATE TABLE habits.lesson_segments (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    lesson_template_id UUID NOT NULL,
    position INTEGER NOT NULL,
    content JSON NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (lesson_template_id, position),
    FOREIGN KEY(lesson_template_id) REFERENCES habits.lesson_templates (id) ON DELETE CASCADE
);

CREATE TABLE habits.user_program_assignments (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    user_id UUID NOT NULL,
    program_template_id UUID NOT NULL,
    start_date DATE NOT NULL,
    status VARCHAR(16) DEFAULT 'active' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_assignments_status CHECK (status IN ('active', 'paused', 'finished')),
    FOREIGN KEY(program_template_id) REFERENCES habits.program_templates (id) ON DELETE RESTRICT
);

CREATE INDEX ix_user_program_assignments_user_id ON habits.user_program_assignments (user_id);

CREATE TABLE habits.lesson_tasks (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    lesson_template_id UUID NOT NULL,
    title VARCHAR NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(lesson_template_id) REFERENCES habits.lesson_templates (id) ON DELETE CASCADE
);

CREATE TABLE habits.template_access (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    program_template_id UUID NOT NULL,
    user_id UUID NOT NULL,
    permission VARCHAR(16) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (program_template_id, user_id),
    CONSTRAINT ck_template_access_permission CHECK (permission IN ('view', 'edit', 'own')),
    FOREIGN KEY(program_template_id) REFERENCES habits.program_templates (id) ON DELETE CASCADE
);

CREATE TABLE habits.template_provenance (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    program_template_id UUID NOT NULL,
    origin VARCHAR(16) NOT NULL,
    forked_from_id UUID,
    PRIMARY KEY (id),
    CONSTRAINT ck_template_provenance_origin CHECK (origin IN ('system', 'user', 'fork')),
    FOREIGN KEY(program_template_id) REFERENCES habits.program_templates (id) ON DELETE CASCADE,
    FOREIGN KEY(forked_from_id) REFERENCES habits.program_templates (id) ON DELETE SET NULL
);

CREATE TABLE habits.step_lesson_templates (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    program_step_template_id UUID NOT NULL,
    lesson_template_id UUID NOT NULL,
    day_index INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (program_step_template_id, day_index),
    FOREIGN KEY(program_step_template_id) REFERENCES habits.program_step_templates (id) ON DELETE RESTRICT,
    FOREIGN KEY(lesson_template_id) REFERENCES habits.lesson_templates (id) ON DELETE RESTRICT
);

CREATE TABLE habits.step_daily_plans (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    program_step_template_id UUID NOT NULL,
    day_index INTEGER NOT NULL,
    plan JSON NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (program_step_template_id, day_index),
    FOREIGN KEY(program_step_template_id) REFERENCES habits.program_step_templates (id) ON DELETE CASCADE
);

CREATE TABLE habits.habit_events (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    user_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    habit_template_id UUID NOT NULL,
    occurred_on DATE NOT NULL,
    response VARCHAR(16) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(assignment_id) REFERENCES habits.user_program_assignments (id) ON DELETE CASCADE,
    FOREIGN KEY(habit_template_id) REFERENCES habits.habit_templates (id) ON DELETE RESTRICT
);

CREATE TABLE habits.lesson_events (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    user_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    lesson_template_id UUID NOT NULL,
    completed_at TIMESTAMP WITH TIME ZONE,
    seconds_spent INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(assignment_id) REFERENCES habits.user_program_assignments (id) ON DELETE CASCADE,
    FOREIGN KEY(lesson_template_id) REFERENCES habits.lesson_templates (id) ON DELETE RESTRICT
);

CREATE TABLE habits.journal_task_events (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    user_id UUID NOT NULL,
    assignment_id UUID,
    task_slug VARCHAR NOT NULL,
    entry TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(assignment_id) REFERENCES habits.user_program_assignments (id) ON DELETE SET NULL
);

CREATE TABLE habits.habit_reminders (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    assignment_id UUID NOT NULL,
    local_time TIME WITHOUT TIME ZONE NOT NULL,
    is_enabled BOOLEAN DEFAULT true NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(assignment_id) REFERENCES habits.user_program_assignments (id) ON DELETE CASCADE
);

CREATE TABLE habits.user_step_progress (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    assignment_id UUID NOT NULL,
    program_step_template_id UUID NOT NULL,
    percent_done SMALLINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (assignment_id, program_step_template_id),
    CONSTRAINT ck_user_step_progress_percent CHECK (percent_done BETWEEN 0 AND 100),
    FOREIGN KEY(assignment_id) REFERENCES habits.user_program_assignments (id) ON DELETE CASCADE,
    FOREIGN KEY(program_step_template_id) REFERENCES habits.program_step_templates (id) ON DELETE RESTRICT
);

-- 2a3f4c9d1cde: cascade deletes

ALTER TABLE habits.program_step_templates
    DROP CONSTRAINT program_step_templates_program_template_id_fkey,
    ADD CONSTRAINT program_step_templates_program_template_id_fkey
        FOREIGN KEY (program_template_id) REFERENCES habits.program_templates (id) ON DELETE CASCADE;

ALTER TABLE habits.step_lesson_templates
    DROP CONSTRAINT step_lesson_templates_program_step_template_id_fkey,
    ADD CONSTRAINT step_lesson_templates_program_step_template_id_fkey
        FOREIGN KEY (program_step_template_id) REFERENCES habits.program_step_templates (id) ON DELETE CASCADE;

ALTER TABLE habits.user_program_assignments
    DROP CONSTRAINT user_program_assignments_program_template_id_fkey,
    ADD CONSTRAINT user_program_assignments_program_template_id_fkey
        FOREIGN KEY (program_template_id) REFERENCES habits.program_templates (id) ON DELETE RESTRICT;

-- Data. Ids are hashes, so that they are the same each time.

CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || n)::uuid $$;

INSERT INTO habits.habit_templates (id, slug, title, level)
SELECT pg_temp.id('habit', n), 'habit-' || n, 'Habit ' || n, 1 + n % 3
FROM generate_series(1, 40) AS n;

INSERT INTO habits.lesson_templates (id, slug, title, estimated_minutes)
SELECT pg_temp.id('lesson', n), 'lesson-' || n, 'Lesson ' || n, 5 + n % 20
FROM generate_series(1, 120) AS n;

INSERT INTO habits.lesson_segments (id, lesson_template_id, position, content)
SELECT pg_temp.id('segment', n * 10 + p), pg_temp.id('lesson', n), p, '{"text": "Read this first."}'
FROM generate_series(1, 120) AS n, generate_series(1, 3) AS p;

INSERT INTO habits.lesson_tasks (id, lesson_template_id, title)
SELECT pg_temp.id('task', n), pg_temp.id('lesson', n), 'Try it once'
FROM generate_series(1, 120) AS n;

INSERT INTO habits.program_templates (id, slug, title)
SELECT pg_temp.id('program', n), 'program-' || n, 'Program ' || n
FROM generate_series(1, 25) AS n;

INSERT INTO habits.template_provenance (id, program_template_id, origin)
SELECT pg_temp.id('provenance', n), pg_temp.id('program', n), CASE WHEN n <= 10 THEN 'system' ELSE 'user' END
FROM generate_series(1, 25) AS n;

INSERT INTO habits.template_access (id, program_template_id, user_id, permission)
SELECT pg_temp.id('access', n), pg_temp.id('program', n), pg_temp.id('user', n), 'own'
FROM generate_series(11, 25) AS n;

INSERT INTO habits.program_step_templates (id, program_template_id, habit_template_id, title, step_index)
SELECT pg_temp.id('step', n * 10 + s), pg_temp.id('program', n), pg_temp.id('habit', 1 + (n * 4 + s) % 40),
       'Step ' || s, s
FROM generate_series(1, 25) AS n, generate_series(1, 4) AS s;

INSERT INTO habits.step_lesson_templates (id, program_step_template_id, lesson_template_id, day_index)
SELECT pg_temp.id('step lesson', n * 10 + s), pg_temp.id('step', n * 10 + s),
       pg_temp.id('lesson', 1 + (n * 4 + s) % 120), 1
FROM generate_series(1, 25) AS n, generate_series(1, 4) AS s;

INSERT INTO habits.step_daily_plans (id, program_step_template_id, day_index, plan)
SELECT pg_temp.id('plan', n * 10 + s), pg_temp.id('step', n * 10 + s), 1, '{"do": ["lesson", "habit"]}'
FROM generate_series(1, 25) AS n, generate_series(1, 4) AS s;

INSERT INTO habits.user_program_assignments (id, user_id, program_template_id, start_date)
SELECT pg_temp.id('assignment', n), pg_temp.id('user', n), pg_temp.id('program', 1 + n % 25),
       date '2025-06-02' + (n % 120)::int
FROM generate_series(1, 600) AS n;

INSERT INTO habits.user_step_progress (id, assignment_id, program_step_template_id, percent_done)
SELECT pg_temp.id('progress', n), pg_temp.id('assignment', n), pg_temp.id('step', (1 + n % 25) * 10 + 1), n % 101
FROM generate_series(1, 600) AS n;

INSERT INTO habits.habit_reminders (id, assignment_id, local_time)
SELECT pg_temp.id('reminder', n), pg_temp.id('assignment', n), time '07:30'
FROM generate_series(1, 200) AS n;

INSERT INTO habits.habit_events (id, user_id, assignment_id, habit_template_id, occurred_on, response)
SELECT pg_temp.id('habit event', n), pg_temp.id('user', 1 + n % 600), pg_temp.id('assignment', 1 + n % 600),
       pg_temp.id('habit', 1 + n % 40), date '2025-06-02' + (n % 120)::int,
       CASE WHEN n % 3 = 0 THEN 'no' ELSE 'yes' END
FROM generate_series(1, 8000) AS n;

INSERT INTO habits.lesson_events (id, user_id, assignment_id, lesson_template_id, seconds_spent)
SELECT pg_temp.id('lesson event', n), pg_temp.id('user', 1 + n % 600), pg_temp.id('assignment', 1 + n % 600),
       pg_temp.id('lesson', 1 + n % 120), 60 + n % 900
FROM generate_series(1, 4000) AS n;

INSERT INTO habits.journal_task_events (id, user_id, assignment_id, task_slug, entry)
SELECT pg_temp.id('journal', n), pg_temp.id('user', 1 + n % 600), pg_temp.id('assignment', 1 + n % 600),
       'evening-review', 'Went well.'
FROM generate_series(1, 1500) AS n;

ANALYZE;
