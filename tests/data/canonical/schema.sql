-- What the expressions of cases.tsv stand in.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION btree_gist;
CREATE SCHEMA app;
CREATE TYPE state AS ENUM ('draft', 'active', 'it''s done');
CREATE TYPE app.kind AS ENUM ('a', 'b');
CREATE DOMAIN email_address AS varchar(320);
CREATE DOMAIN positive AS integer;
CREATE SEQUENCE item_id_seq;
CREATE SEQUENCE app.ticket_seq;
CREATE FUNCTION touch(integer, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $2';
CREATE TABLE item (
    id integer,
    big bigint,
    small smallint,
    name varchar(100),
    label varchar,
    code char(3),
    body text,
    price numeric(10,2),
    total numeric,
    ratio double precision,
    score real,
    active boolean,
    day date,
    at timestamp,
    atz timestamptz,
    clock time,
    span interval,
    data jsonb,
    raw json,
    tags text[],
    names varchar(50)[],
    numbers integer[],
    key uuid,
    state state,
    kind app.kind,
    states state[],
    blob bytea,
    ip inet,
    email email_address,
    amount positive,
    ci citext,
    attrs hstore,
    path ltree,
    doc tsvector,
    "Mixed" text,
    "order" integer,
    during tstzrange,
    pages int4range,
    bits bit(8),
    sys name,
    parent_id integer,
    deleted_at timestamp
);
-- What PostgreSQL makes of one line of cases.tsv; nothing stays of it.
CREATE FUNCTION spelled(place text, type text, expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    IF place = 'type' THEN
        EXECUTE 'CREATE TABLE made (x ' || expression || ')';
        SELECT format_type(atttypid, atttypmod) INTO found FROM pg_attribute
        WHERE attrelid = 'made'::regclass AND attnum = 1;
    ELSIF place = 'default' THEN
        EXECUTE 'CREATE TABLE made (LIKE item, x ' || type || ' DEFAULT ' || expression || ')';
        SELECT pg_get_expr(adbin, adrelid) INTO found FROM pg_attrdef WHERE adrelid = 'made'::regclass;
    ELSIF place = 'generated' THEN
        EXECUTE 'CREATE TABLE item2 (LIKE item, x ' || type || ' GENERATED ALWAYS AS (' || expression || ') STORED)';
        SELECT pg_get_expr(adbin, adrelid) INTO found FROM pg_attrdef WHERE adrelid = 'item2'::regclass;
    ELSIF place = 'check' THEN
        EXECUTE 'ALTER TABLE item ADD CONSTRAINT made CHECK (' || expression || ')';
        SELECT pg_get_expr(conbin, conrelid) INTO found FROM pg_constraint WHERE conname = 'made';
    ELSIF place = 'key' THEN
        EXECUTE 'CREATE INDEX made ON item ((' || expression || '))';
        SELECT substr(d, 47, length(d) - 47) INTO found FROM pg_get_indexdef('made'::regclass) d;
    ELSE
        EXECUTE 'CREATE INDEX made ON item (id) WHERE ' || expression;
        SELECT substr(d, 57) INTO found FROM pg_get_indexdef('made'::regclass) d;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'ZZ000', MESSAGE = coalesce(found, '');
EXCEPTION
    WHEN SQLSTATE 'ZZ000' THEN RETURN 'OK ' || SQLERRM;
    WHEN OTHERS THEN RETURN 'REFUSED ' || SQLSTATE || ' ' || SQLERRM;
END $$;
