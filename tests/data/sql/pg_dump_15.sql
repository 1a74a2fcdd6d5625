--
-- PostgreSQL database dump
--

\restrict 2byQGaDhyCoa41N3mHCktyn0XyhxlpmQIzfJJhLmWhXKyFKHzorUDkxTizQGydD

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- Name: state; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.state AS ENUM (
    'new',
    'it''s done'
);


ALTER TYPE app.state OWNER TO postgres;

--
-- Name: mail; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.mail AS character varying(100) COLLATE pg_catalog."C" NOT NULL DEFAULT 'a@b'::character varying
	CONSTRAINT has_at CHECK (((VALUE)::text ~~ '%@%'::text));


ALTER DOMAIN public.mail OWNER TO postgres;

--
-- Name: pair; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.pair AS (
	a integer,
	b text
);


ALTER TYPE public.pair OWNER TO postgres;

--
-- Name: span; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.span AS RANGE (
    subtype = double precision,
    multirange_type_name = public.span_multirange
);


ALTER TYPE public.span OWNER TO postgres;

--
-- Name: add_up(integer, integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.add_up(a integer, b integer DEFAULT 1) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT (a + b);
END;


ALTER FUNCTION public.add_up(a integer, b integer) OWNER TO postgres;

--
-- Name: tidy(); Type: PROCEDURE; Schema: public; Owner: postgres
--

CREATE PROCEDURE public.tidy()
    LANGUAGE sql
    AS $$DELETE FROM logs; DELETE FROM users$$;


ALTER PROCEDURE public.tidy() OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.at := now(); RETURN NEW; END; $$;


ALTER FUNCTION public.touch() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: jobs; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.jobs (
    id integer NOT NULL,
    owner bigint,
    state app.state DEFAULT 'new'::app.state NOT NULL,
    cost numeric(10,2) DEFAULT 0.0,
    during tstzrange,
    at timestamp(3) with time zone DEFAULT now(),
    CONSTRAINT jobs_cost_check CHECK ((cost >= (0)::numeric))
);


ALTER TABLE app.jobs OWNER TO postgres;

--
-- Name: COLUMN jobs.cost; Type: COMMENT; Schema: app; Owner: postgres
--

COMMENT ON COLUMN app.jobs.cost IS 'in euro';


--
-- Name: jobs_id_seq; Type: SEQUENCE; Schema: app; Owner: postgres
--

CREATE SEQUENCE app.jobs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE app.jobs_id_seq OWNER TO postgres;

--
-- Name: jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: postgres
--

ALTER SEQUENCE app.jobs_id_seq OWNED BY app.jobs.id;


--
-- Name: users; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.mail,
    "Name" text DEFAULT 'x; y'::text NOT NULL COLLATE pg_catalog."C",
    tags text[] DEFAULT '{}'::text[],
    born date,
    full_name text GENERATED ALWAYS AS (("Name" || '!'::text)) STORED,
    CONSTRAINT named CHECK (((length("Name") > 0) AND (born > '1900-01-01'::date)))
);


ALTER TABLE public.users OWNER TO postgres;

--
-- Name: TABLE users; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.users IS 'people; all';


--
-- Name: CONSTRAINT named ON users; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON CONSTRAINT named ON public.users IS 'c';


--
-- Name: active; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.active AS
 SELECT users.id,
    users."Name"
   FROM public.users
  WHERE (users.born IS NOT NULL)
  WITH LOCAL CHECK OPTION;


ALTER TABLE public.active OWNER TO postgres;

--
-- Name: counts; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.counts AS
 SELECT jobs.owner,
    count(*) AS n
   FROM app.jobs
  GROUP BY jobs.owner
  WITH NO DATA;


ALTER TABLE public.counts OWNER TO postgres;

--
-- Name: logs; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.logs (
    at timestamp with time zone NOT NULL,
    level integer,
    message text
)
PARTITION BY RANGE (at, ((level + 1)));


ALTER TABLE public.logs OWNER TO postgres;

--
-- Name: logs_2026; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.logs_2026 (
    at timestamp with time zone NOT NULL,
    level integer,
    message text
);


ALTER TABLE public.logs_2026 OWNER TO postgres;

--
-- Name: logs_rest; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.logs_rest (
    at timestamp with time zone NOT NULL,
    level integer,
    message text
);


ALTER TABLE public.logs_rest OWNER TO postgres;

--
-- Name: numbers; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.numbers
    AS smallint
    START WITH -1
    INCREMENT BY -1
    MINVALUE -100
    NO MAXVALUE
    CACHE 1
    CYCLE;


ALTER TABLE public.numbers OWNER TO postgres;

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: logs_2026; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.logs ATTACH PARTITION public.logs_2026 FOR VALUES FROM ('2026-01-01 00:00:00+00', 0) TO ('2027-01-01 00:00:00+00', 9);


--
-- Name: logs_rest; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.logs ATTACH PARTITION public.logs_rest DEFAULT;


--
-- Name: jobs id; Type: DEFAULT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.jobs ALTER COLUMN id SET DEFAULT nextval('app.jobs_id_seq'::regclass);


--
-- Data for Name: jobs; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.jobs (id, owner, state, cost, during, at) FROM stdin;
1	1	new	0.00	\N	2026-11-21 08:58:33.323+00
\.


--
-- Data for Name: logs_2026; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.logs_2026 (at, level, message) FROM stdin;
\.


--
-- Data for Name: logs_rest; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.logs_rest (at, level, message) FROM stdin;
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.users (id, email, "Name", tags, born) FROM stdin;
1	a@b	tab\there	{}	\N
2	c@d	DROP TABLE x;	{}	\N
\.


--
-- Name: jobs_id_seq; Type: SEQUENCE SET; Schema: app; Owner: postgres
--

SELECT pg_catalog.setval('app.jobs_id_seq', 1, true);


--
-- Name: numbers; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.numbers', -1, false);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.users_id_seq', 1, false);


--
-- Name: jobs jobs_during_excl; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_during_excl EXCLUDE USING gist (during WITH &&) WHERE ((cost > (1)::numeric));


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);


--
-- Name: jobs late; Type: CHECK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE app.jobs
    ADD CONSTRAINT late CHECK ((id > 0)) NOT VALID;


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: ix_jobs_state; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX ix_jobs_state ON app.jobs USING btree (state, cost DESC NULLS LAST) INCLUDE (at) WHERE (owner IS NOT NULL);


--
-- Name: ix_counts; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX ix_counts ON public.counts USING btree (n);


--
-- Name: ix_tags; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX ix_tags ON public.users USING gin (tags) WITH (fastupdate=off);


--
-- Name: ix_users_lower; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX ix_users_lower ON public.users USING btree (lower("Name"), ((born + 1)));


--
-- Name: st; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st ON id, born FROM public.users;


ALTER STATISTICS public.st OWNER TO postgres;

--
-- Name: users no_delete; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE no_delete AS
    ON DELETE TO public.users DO INSTEAD ( SELECT 1 AS "?column?";
 SELECT 2 AS "?column?";
);


--
-- Name: jobs touched; Type: TRIGGER; Schema: app; Owner: postgres
--

CREATE TRIGGER touched BEFORE UPDATE ON app.jobs FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: jobs jobs_owner_fkey; Type: FK CONSTRAINT; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: users own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY own ON public.users AS RESTRICTIVE FOR SELECT USING ((id > 0));


--
-- Name: users; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.users TO PUBLIC;


--
-- Name: counts; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: postgres
--

REFRESH MATERIALIZED VIEW public.counts;


--
-- PostgreSQL database dump complete
--

\unrestrict 2byQGaDhyCoa41N3mHCktyn0XyhxlpmQIzfJJhLmWhXKyFKHzorUDkxTizQGydD

