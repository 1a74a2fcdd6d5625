// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sources: "System Catalogs" and "System Information Functions" of PostgreSQL 9.6 to 18, checked
// against tests/data/postgres/catalog_columns.tsv. What waits for locks: pg_get_viewdef in every
// version, pg_get_expr in newer ones, and all functions of sizes; the others read catalogs only.
#include "core/postgres/catalog_queries.h"

#include <array>

namespace sightglass {

namespace {

// System namespaces; pg_temp_N of other sessions and pg_toast are among them.
constexpr std::string_view ourNamespace =
    "pg_catalog.left(n.nspname::pg_catalog.text, 3) <> 'pg_' AND n.nspname <> 'information_schema'";

std::string
since(const CatalogContext& context, int version, std::string_view then, std::string_view before)
{
    return std::string(context.serverVersion >= version ? then : before);
}

/// `expression` unless `oid` is locked, then NULL.
std::string
unlessLocked(const CatalogContext& context, std::string_view oid, const std::string& expression)
{
    if (context.locked.empty())
        return expression;
    return "CASE WHEN " + std::string(oid) + " NOT IN (" + context.locked + ") THEN " + expression +
           " END";
}

std::string namespaceOf(std::string_view column)
{
    return " JOIN pg_catalog.pg_namespace n ON n.oid = " + std::string(column) + " AND " +
           std::string(ourNamespace);
}

std::string facts()
{
    return "SELECT pg_catalog.current_setting('server_version'), pg_catalog.current_database(),"
           " current_user, pg_catalog.pg_is_in_recovery(),"
           " pg_catalog.current_setting('transaction_read_only') = 'on',"
           " pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())::pg_catalog.int8,"
           " pg_catalog.current_setting('server_encoding'),"
           " pg_catalog.current_schemas(false)::pg_catalog.text,"
           " (SELECT d.oid FROM pg_catalog.pg_database d"
           " WHERE d.datname = pg_catalog.current_database())";
}

std::string identity()
{
    return "SELECT s.system_identifier FROM pg_catalog.pg_control_system() s";
}

/// From here on, operators and functions are pg_catalog's whatever the search path says, and a row
/// policy refuses instead of hiding rows.
std::string settings()
{
    return "SELECT pg_catalog.set_config('search_path', 'pg_catalog'"
           " || CASE WHEN pg_catalog.current_setting('search_path') IN ('', '\"\"') THEN ''"
           " ELSE ', ' || pg_catalog.current_setting('search_path') END, true),"
           " pg_catalog.set_config('row_security', 'off', true),"
           " pg_catalog.set_config('quote_all_identifiers', 'off', true),"
           " pg_catalog.set_config('synchronize_seqscans', 'off', true),"
           " pg_catalog.set_config('max_parallel_workers_per_gather', '0', true)";
}

std::string locked()
{
    return "SELECT l.relation FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation'"
           " AND l.mode = 'AccessExclusiveLock' AND l.granted AND l.relation >= 16384"
           " AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d"
           " WHERE d.datname = pg_catalog.current_database())";
}

std::string namespaces()
{
    return "SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE " + std::string(ourNamespace);
}

std::string relations(const CatalogContext& context)
{
    return "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence,"
           " c.reltuples::pg_catalog.int8, c.relpages, c.relrowsecurity,"
           " pg_catalog.pg_get_userbyid(c.relowner), " +
           since(context, 100000, "c.relispartition", "false") + ", " +
           since(context,
                 100000,
                 unlessLocked(context, "c.oid", "pg_catalog.pg_get_expr(c.relpartbound, c.oid)"),
                 "NULL") +
           ", " +
           since(context,
                 100000,
                 "CASE c.relkind WHEN 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END",
                 "NULL") +
           " FROM pg_catalog.pg_class c" + namespaceOf("c.relnamespace") +
           " WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')";
}

std::string columns(const CatalogContext& context)
{
    const std::string expression =
        "CASE WHEN a.atthasdef THEN " +
        unlessLocked(context, "a.attrelid", "pg_catalog.pg_get_expr(d.adbin, d.adrelid)") + " END";
    return "SELECT a.attrelid, a.attnum, a.attname,"
           " pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, " +
           expression + ", " + since(context, 100000, "a.attidentity", "''") + ", " +
           since(context, 120000, "a.attgenerated", "''") +
           ", CASE WHEN a.attcollation <> t.typcollation THEN"
           " (SELECT CASE WHEN o.collnamespace = 11 THEN o.collname::pg_catalog.text"
           " ELSE m.nspname::pg_catalog.text || '.' || o.collname::pg_catalog.text END"
           " FROM pg_catalog.pg_collation o JOIN pg_catalog.pg_namespace m ON m.oid = "
           "o.collnamespace"
           " WHERE o.oid = a.attcollation) END"
           " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
           " AND c.relkind IN ('r', 'p', 'f', 'v', 'm')" +
           namespaceOf("c.relnamespace") +
           " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
           " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
           " WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum";
}

std::string parents()
{
    return "SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i"
           " WHERE i.inhrelid >= 16384 ORDER BY i.inhrelid, i.inhseqno";
}

std::string constraints(const CatalogContext& context)
{
    // NOT NULL is a constraint of type n from PostgreSQL 18 on; it is read with the columns.
    return "SELECT k.oid, k.conrelid, k.contypid, k.conname, k.contype, k.condeferrable, "
           "k.condeferred,"
           " k.convalidated, k.connoinherit, k.conkey::pg_catalog.text, k.confkey::pg_catalog.text,"
           " k.confrelid, k.confupdtype, k.confdeltype, k.confmatchtype, k.conindid, CASE k.contype"
           " WHEN 'c' THEN " +
           unlessLocked(context, "k.conrelid", "pg_catalog.pg_get_expr(k.conbin, k.conrelid)") +
           " WHEN 'x' THEN pg_catalog.pg_get_constraintdef(k.oid) END, " +
           since(context, 110000, "k.conparentid", "0") + ", " +
           since(context, 180000, "k.conperiod", "false") + ", " +
           since(context, 180000, "k.conenforced", "true") + " FROM pg_catalog.pg_constraint k" +
           namespaceOf("k.connamespace") +
           " WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY k.conrelid, k.conname";
}

std::string indexes(const CatalogContext& context)
{
    return "SELECT i.indexrelid, i.indrelid, ic.relname, i.indisunique, i.indisvalid AND "
           "i.indisready,"
           " i.indkey::pg_catalog.text, " +
           since(context, 110000, "i.indnkeyatts", "i.indnatts") + ", " +
           since(context, 150000, "i.indnullsnotdistinct", "false") +
           ", am.amname, k.conindid IS NOT NULL,"
           " CASE WHEN k.conindid IS NULL THEN pg_catalog.pg_get_indexdef(i.indexrelid) END"
           " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid"
           " JOIN pg_catalog.pg_am am ON am.oid = ic.relam" +
           namespaceOf("ic.relnamespace") +
           " LEFT JOIN (SELECT DISTINCT x.conindid FROM pg_catalog.pg_constraint x"
           " WHERE x.contype IN ('p', 'u', 'x')) k ON k.conindid = i.indexrelid"
           " ORDER BY i.indrelid, ic.relname";
}

std::string comments()
{
    return "SELECT d.objoid, d.objsubid, d.description FROM pg_catalog.pg_description d"
           " WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid >= 16384";
}

std::string triggers()
{
    return "SELECT t.tgrelid, t.tgname, t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid)"
           " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid" +
           namespaceOf("c.relnamespace") + " WHERE NOT t.tgisinternal ORDER BY t.tgrelid, t.tgname";
}

std::string policies(const CatalogContext& context)
{
    return "SELECT p.polrelid, p.polname, p.polcmd, " +
           since(context, 100000, "p.polpermissive", "true") +
           ", ARRAY(SELECT CASE WHEN r.oid = 0 THEN 'public' ELSE"
           " pg_catalog.pg_get_userbyid(r.oid)::pg_catalog.text END"
           " FROM pg_catalog.unnest(p.polroles) r(oid) ORDER BY 1)::pg_catalog.text, " +
           unlessLocked(context, "p.polrelid", "pg_catalog.pg_get_expr(p.polqual, p.polrelid)") +
           ", " +
           unlessLocked(
               context, "p.polrelid", "pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)") +
           " FROM pg_catalog.pg_policy p ORDER BY p.polrelid, p.polname";
}

std::string views(const CatalogContext& context)
{
    return "SELECT c.oid, " + unlessLocked(context, "c.oid", "pg_catalog.pg_get_viewdef(c.oid)") +
           " FROM pg_catalog.pg_class c" + namespaceOf("c.relnamespace") +
           " WHERE c.relkind IN ('v', 'm')";
}

std::string enums()
{
    return "SELECT t.oid, n.nspname, t.typname, e.enumlabel FROM pg_catalog.pg_type t" +
           namespaceOf("t.typnamespace") +
           " LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid"
           " WHERE t.typtype = 'e' ORDER BY t.oid, e.enumsortorder";
}

std::string domains()
{
    return "SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod),"
           " t.typnotnull, pg_catalog.pg_get_expr(t.typdefaultbin, 0) FROM pg_catalog.pg_type t" +
           namespaceOf("t.typnamespace") + " WHERE t.typtype = 'd'";
}

std::string sequences(const CatalogContext& context)
{
    // Before 10 the numbers are in the sequence itself, behind a right of their own.
    const std::string before = "(pg_catalog.pg_sequence_parameters(CASE WHEN"
                               " pg_catalog.has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')"
                               " THEN c.oid END))";
    return "SELECT c.oid, n.nspname, c.relname, " +
           since(context, 100000, "pg_catalog.format_type(s.seqtypid, NULL)", "'bigint'") + ", " +
           since(context, 100000, "s.seqstart", before + ".start_value") + ", " +
           since(context, 100000, "s.seqincrement", before + ".increment") +
           ", d.refobjid, d.refobjsubid, d.deptype FROM pg_catalog.pg_class c" +
           namespaceOf("c.relnamespace") +
           since(context, 100000, " JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid", "") +
           " LEFT JOIN pg_catalog.pg_depend d"
           " ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid"
           " AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
           " AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') WHERE c.relkind = 'S'";
}

std::string functions(const CatalogContext& context)
{
    const std::string kindBefore11 =
        "CASE WHEN p.proisagg THEN 'a' WHEN p.proiswindow THEN 'w' ELSE 'f' END";
    const std::string body = since(context,
                                   140000,
                                   "COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)",
                                   "p.prosrc");
    return "SELECT p.oid, n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes),"
           " pg_catalog.pg_get_function_result(p.oid), l.lanname, " +
           since(context, 110000, "p.prokind", kindBefore11) + ", " + body +
           " FROM pg_catalog.pg_proc p" + namespaceOf("p.pronamespace") +
           " JOIN pg_catalog.pg_language l ON l.oid = p.prolang";
}

std::string extensions()
{
    return "SELECT e.extname, n.nspname, e.extversion FROM pg_catalog.pg_extension e"
           " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace";
}

std::string members()
{
    return "SELECT CASE d.classid WHEN 'pg_catalog.pg_class'::pg_catalog.regclass THEN 'r'"
           " WHEN 'pg_catalog.pg_type'::pg_catalog.regclass THEN 't' ELSE 'f' END,"
           " d.objid, e.extname FROM pg_catalog.pg_depend d"
           " JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid"
           " WHERE d.deptype = 'e' AND d.refclassid = "
           "'pg_catalog.pg_extension'::pg_catalog.regclass"
           " AND d.classid IN ('pg_catalog.pg_class'::pg_catalog.regclass,"
           " 'pg_catalog.pg_type'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass)";
}

/// Measured: opens each relation and asks the disk, about 0.4 ms a table. Otherwise from relpages,
/// which VACUUM and ANALYZE keep; nothing for a table that neither has seen.
std::string sizes(const CatalogContext& context)
{
    if (context.measureSizes) {
        const std::string notLocked =
            context.locked.empty() ? "" : " AND c.oid NOT IN (" + context.locked + ")";
        return "SELECT c.oid, CASE c.relkind WHEN 'i' THEN pg_catalog.pg_relation_size(c.oid)"
               " ELSE pg_catalog.pg_total_relation_size(c.oid) END FROM pg_catalog.pg_class c" +
               namespaceOf("c.relnamespace") + " WHERE c.relkind IN ('r', 'm', 'i')" + notLocked;
    }
    return "WITH i AS (SELECT x.indrelid, pg_catalog.sum(c.relpages) AS pages"
           " FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid GROUP "
           "BY 1)"
           " SELECT c.oid, pg_catalog.current_setting('block_size')::pg_catalog.int8 * (c.relpages"
           " + COALESCE(i.pages, 0) + COALESCE(t.relpages, 0) + COALESCE(ti.pages, 0))"
           " FROM pg_catalog.pg_class c" +
           namespaceOf("c.relnamespace") +
           " LEFT JOIN i ON i.indrelid = c.oid"
           " LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid"
           " LEFT JOIN i ti ON ti.indrelid = t.oid"
           " WHERE c.relkind IN ('r', 'm', 'i') AND c.relpages > 0";
}

struct Entry
{
    CatalogPart part;
    std::string_view words;
    bool essential;
    std::string (*sql)(const CatalogContext&);
};

template <std::string (*text)()>
std::string fixed(const CatalogContext&)
{
    return text();
}

constexpr auto entries = std::to_array<Entry>({
    {CatalogPart::Facts, "facts of the session", true, fixed<facts>},
    {CatalogPart::Identity, "identity of the server", false, fixed<identity>},
    {CatalogPart::Settings, "settings of the session", true, fixed<settings>},
    {CatalogPart::Locked, "locks", false, fixed<locked>},
    {CatalogPart::Namespaces, "namespaces", true, fixed<namespaces>},
    {CatalogPart::Relations, "tables and views", true, relations},
    {CatalogPart::Columns, "columns", true, columns},
    {CatalogPart::Parents, "inheritance", false, fixed<parents>},
    {CatalogPart::Constraints, "constraints", false, constraints},
    {CatalogPart::Indexes, "indexes", false, indexes},
    {CatalogPart::Comments, "comments", false, fixed<comments>},
    {CatalogPart::Triggers, "triggers", false, fixed<triggers>},
    {CatalogPart::Policies, "row policies", false, policies},
    {CatalogPart::Views, "definitions of views", false, views},
    {CatalogPart::Enums, "enum types", false, fixed<enums>},
    {CatalogPart::Domains, "domains", false, fixed<domains>},
    {CatalogPart::Sequences, "sequences", false, sequences},
    {CatalogPart::Functions, "functions", false, functions},
    {CatalogPart::Extensions, "extensions", false, fixed<extensions>},
    {CatalogPart::Members, "members of extensions", false, fixed<members>},
    {CatalogPart::Sizes, "sizes", false, sizes},
});

} // namespace

CatalogQuery catalogQuery(CatalogPart part, const CatalogContext& context)
{
    for (const Entry& entry : entries) {
        if (entry.part == part)
            return {.part = part,
                    .words = entry.words,
                    .essential = entry.essential,
                    .sql = entry.sql(context)};
    }
    return {};
}

std::vector<CatalogPart> catalogParts()
{
    std::vector<CatalogPart> parts;
    for (const Entry& entry : entries)
        parts.push_back(entry.part);
    return parts;
}

} // namespace sightglass
