// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/known_systems.h"

namespace sightglass {

namespace {

/// source  the systems' own DDL, of releases of the last years
constexpr std::array tables{
    KnownTable{
        "PostGIS", "spatial_ref_sys", {"srid", "auth_name", "auth_srid", "srtext", "proj4text"}},
    KnownTable{"PostGIS", "topology", {"id", "name", "srid", "precision", "hasz"}},
    KnownTable{"PostGIS", "layer", {"topology_id", "layer_id", "feature_column", "feature_type"}},
    KnownTable{
        "PostGIS tiger geocoder", "geocode_settings", {"name", "setting", "unit", "category"}},
    KnownTable{
        "PostGIS tiger geocoder", "loader_platform", {"os", "declare_sect", "pgbin", "wget"}},
    KnownTable{"PostGIS tiger geocoder",
               "loader_lookuptables",
               {"process_order", "lookup_name", "table_name"}},
    KnownTable{"PostGIS tiger geocoder", "pagc_rules", {"id", "rule", "is_custom"}},
    KnownTable{"PostGIS tiger geocoder", "pagc_lex", {"id", "seq", "word", "stdword", "token"}},
    KnownTable{"pgPointcloud", "pointcloud_formats", {"pcid", "srid", "schema"}},
    KnownTable{
        "pg_cron", "job", {"jobid", "schedule", "command", "nodename", "nodeport", "database"}},
    KnownTable{"pg_cron", "job_run_details", {"jobid", "runid", "job_pid", "command", "status"}},
    KnownTable{
        "pg_partman", "part_config", {"parent_table", "control", "partition_interval", "premake"}},
    KnownTable{"pgmq", "meta", {"queue_name", "is_partitioned", "is_unlogged", "created_at"}},
    KnownTable{"pgmq", "", {"msg_id", "read_ct", "enqueued_at", "vt", "message"}},
    KnownTable{"Celery",
               "celery_taskmeta",
               {"id", "task_id", "status", "result", "date_done", "traceback"}},
    KnownTable{"Celery", "celery_tasksetmeta", {"id", "taskset_id", "result", "date_done"}},
    KnownTable{
        "Celery", "celery_periodic_task", {"id", "name", "task", "args", "kwargs", "enabled"}},
    KnownTable{"Kombu", "kombu_message", {"id", "visible", "payload", "version", "queue_id"}},
    KnownTable{"Kombu", "kombu_queue", {"id", "name"}},
    KnownTable{"APScheduler", "", {"id", "next_run_time", "job_state"}},
    KnownTable{"Hangfire",
               "job",
               {"id", "stateid", "statename", "invocationdata", "arguments", "createdat"}},
    KnownTable{"Hangfire", "jobqueue", {"id", "jobid", "queue", "fetchedat"}},
    KnownTable{"Hangfire", "hash", {"id", "key", "field", "value", "expireat"}},
    KnownTable{"Hangfire", "state", {"id", "jobid", "name", "reason", "createdat", "data"}},
    KnownTable{"Procrastinate",
               "procrastinate_jobs",
               {"id", "queue_name", "task_name", "args", "status", "attempts"}},
    KnownTable{"Procrastinate", "procrastinate_events", {"id", "job_id", "type", "at"}},
    KnownTable{"Dramatiq", "", {"message_id", "queue_name", "state", "mtime", "message", "result"}},
    KnownTable{"Oban", "oban_jobs", {"id", "state", "queue", "worker", "args", "attempt"}},
    KnownTable{"GoodJob",
               "good_jobs",
               {"id", "queue_name", "priority", "serialized_params", "scheduled_at"}},
    KnownTable{"Delayed Job",
               "delayed_jobs",
               {"id", "priority", "attempts", "handler", "run_at", "locked_at"}},
    KnownTable{"Que", "que_jobs", {"id", "priority", "run_at", "job_class", "error_count", "args"}},
    KnownTable{"pg-boss", "job", {"id", "name", "data", "state", "startafter", "singletonkey"}},
    KnownTable{
        "Quartz", "qrtz_job_details", {"sched_name", "job_name", "job_group", "job_class_name"}},
    KnownTable{"Quartz",
               "qrtz_triggers",
               {"sched_name", "trigger_name", "trigger_group", "trigger_state"}},
    KnownTable{"Spring Batch",
               "batch_job_instance",
               {"job_instance_id", "version", "job_name", "job_key"}},
    KnownTable{"Spring Session",
               "spring_session",
               {"primary_id", "session_id", "creation_time", "expiry_time"}},
    KnownTable{"Flask-Session", "sessions", {"id", "session_id", "data", "expiry"}},
    KnownTable{
        "Better Auth", "user", {"id", "name", "email", "emailverified", "image", "createdat"}},
    KnownTable{
        "Better Auth", "session", {"id", "userid", "expiresat", "token", "ipaddress", "useragent"}},
    KnownTable{"Better Auth",
               "account",
               {"id", "userid", "accountid", "providerid", "accesstoken", "refreshtoken"}},
    KnownTable{"Better Auth", "verification", {"id", "identifier", "value", "expiresat"}},
    KnownTable{"Better Auth", "ratelimit", {"key", "count", "lastrequest"}},
    KnownTable{"Better Auth", "rate_limit", {"key", "count", "lastrequest"}},
    KnownTable{"Better Auth",
               "session",
               {"id", "user_id", "expires_at", "token", "ip_address", "user_agent"}},
    KnownTable{"Better Auth",
               "account",
               {"id", "user_id", "account_id", "provider_id", "access_token", "refresh_token"}},
    KnownTable{"Auth.js",
               "accounts",
               {"userid", "type", "provider", "provideraccountid", "access_token", "expires_at"}},
    KnownTable{"Auth.js", "sessions", {"userid", "expires", "sessiontoken"}},
    KnownTable{"Auth.js", "verification_token", {"identifier", "expires", "token"}},
    KnownTable{"Auth.js", "verification_tokens", {"identifier", "expires", "token"}},
    KnownTable{"Flask-Dance", "flask_dance_oauth", {"id", "provider", "created_at", "token"}},
    KnownTable{"Flask-AppBuilder",
               "ab_user",
               {"id", "first_name", "last_name", "username", "login_count"}},
    KnownTable{"Flask-AppBuilder", "ab_permission_view", {"id", "permission_id", "view_menu_id"}},
    KnownTable{"Flask-AppBuilder", "ab_user_role", {"id", "user_id", "role_id"}},
    KnownTable{"Airflow", "dag_run", {"id", "dag_id", "state", "run_id", "external_trigger"}},
    KnownTable{
        "Airflow", "task_instance", {"task_id", "dag_id", "state", "try_number", "hostname"}},
    KnownTable{"LangChain",
               "langchain_pg_embedding",
               {"collection_id", "embedding", "document", "cmetadata"}},
    KnownTable{"LangChain", "langchain_pg_collection", {"uuid", "name", "cmetadata"}},
    KnownTable{
        "LangGraph", "checkpoints", {"thread_id", "checkpoint_ns", "checkpoint_id", "checkpoint"}},
    KnownTable{"LangGraph",
               "checkpoint_writes",
               {"thread_id", "checkpoint_ns", "checkpoint_id", "task_id"}},
    KnownTable{"AWS DMS", "awsdms_ddl_audit", {"c_key", "c_time", "c_user", "c_tag", "c_ddlqry"}},
    KnownTable{"Hasura", "hdb_metadata", {"id", "metadata", "resource_version"}},
    KnownTable{"Django", "django_content_type", {"id", "app_label", "model"}},
    KnownTable{"Django", "django_session", {"session_key", "session_data", "expire_date"}},
    KnownTable{"Django",
               "django_admin_log",
               {"id", "action_time", "object_repr", "action_flag", "user_id"}},
    KnownTable{"Django", "django_site", {"id", "domain", "name"}},
    KnownTable{"Django",
               "auth_user",
               {"id", "password", "last_login", "is_superuser", "username", "is_staff"}},
    KnownTable{"Django", "auth_permission", {"id", "name", "content_type_id", "codename"}},
    KnownTable{"Django", "auth_group_permissions", {"id", "group_id", "permission_id"}},
    KnownTable{"Rails", "ar_internal_metadata", {"key", "value", "created_at", "updated_at"}},
    KnownTable{"Rails", "active_storage_blobs", {"id", "key", "filename", "byte_size", "checksum"}},
    KnownTable{"Liquibase", "databasechangeloglock", {"id", "locked", "lockgranted", "lockedby"}},
    KnownTable{"Knex", "knex_migrations_lock", {"index", "is_locked"}},
    // What migration tools have run.
    KnownTable{"Django", "django_migrations", {"id", "app", "name", "applied"}, true},
    KnownTable{
        "Flyway", "", {"installed_rank", "description", "script", "installed_by", "success"}, true},
    KnownTable{"Liquibase",
               "databasechangelog",
               {"id", "author", "filename", "dateexecuted", "md5sum"},
               true},
    KnownTable{"Prisma",
               "_prisma_migrations",
               {"id", "checksum", "migration_name", "applied_steps_count"},
               true},
    KnownTable{"Laravel", "migrations", {"id", "migration", "batch"}, true},
    KnownTable{"TypeORM", "migrations", {"id", "timestamp", "name"}, true},
    KnownTable{"Knex", "knex_migrations", {"id", "name", "batch", "migration_time"}, true},
    KnownTable{"Sequelize", "sequelizemeta", {"name"}, true},
    KnownTable{"Drizzle", "__drizzle_migrations", {"id", "hash", "created_at"}, true},
    KnownTable{
        "Entity Framework", "__efmigrationshistory", {"migrationid", "productversion"}, true},
    KnownTable{"Doctrine",
               "doctrine_migration_versions",
               {"version", "executed_at", "execution_time"},
               true},
    KnownTable{"Phinx", "phinxlog", {"version", "migration_name", "start_time", "end_time"}, true},
    KnownTable{"golang-migrate", "schema_migrations", {"version", "dirty"}, true},
    KnownTable{"Ecto", "schema_migrations", {"version", "inserted_at"}, true},
    KnownTable{"Rails", "schema_migrations", {"version"}, true},
    KnownTable{"goose", "goose_db_version", {"id", "version_id", "is_applied", "tstamp"}, true},
    KnownTable{
        "SQLx", "_sqlx_migrations", {"version", "description", "installed_on", "checksum"}, true},
    KnownTable{"Diesel", "__diesel_schema_migrations", {"version", "run_on"}, true},
    KnownTable{"Atlas",
               "atlas_schema_revisions",
               {"version", "description", "executed_at", "operator_version"},
               true},
    KnownTable{
        "yoyo", "_yoyo_migration", {"migration_hash", "migration_id", "applied_at_utc"}, true},
    KnownTable{"node-pg-migrate", "pgmigrations", {"id", "name", "run_on"}, true},
};

} // namespace

std::span<const KnownTable> knownTables()
{
    return tables;
}

} // namespace sightglass
