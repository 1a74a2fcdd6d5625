// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_definitions.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = ConstraintDefinition::Kind;

std::string actionText(std::string_view letter, const ParseNode& constraint, std::string_view field)
{
    struct Action
    {
        std::string_view letter;
        std::string_view text;
    };

    static constexpr std::array actions{Action{"r", "RESTRICT"},
                                        Action{"c", "CASCADE"},
                                        Action{"n", "SET NULL"},
                                        Action{"d", "SET DEFAULT"}};
    const auto found =
        std::ranges::find_if(actions, [&](const Action& one) { return one.letter == letter; });
    if (found == actions.end())
        return {};
    std::string result(found->text);
    std::string columns;
    for (const std::string& column : constraint.strings(field))
        columns += (columns.empty() ? "" : ", ") + quotedIdentifier(column);
    return columns.empty() ? result : result + " (" + columns + ")";
}

void readForeignKey(const ParseNode& node, ConstraintDefinition& result)
{
    result.kind = Kind::ForeignKey;
    result.columns = node.strings("fk_attrs");
    result.target = relationName(node.field("pktable"));
    result.targetColumns = node.strings("pk_attrs");
    result.onDelete = actionText(node.text("fk_del_action"), node, "fk_del_set_cols");
    result.onUpdate = actionText(node.text("fk_upd_action"), node, {});
    const std::string_view match = node.text("fk_matchtype");
    result.match = match == "f" ? "FULL" : match == "p" ? "PARTIAL" : "";
}

/// DEFERRABLE and INITIALLY as they are written: the tree of a table constraint has no "not
/// written".
void readDeferrable(const StatementText& statement,
                    TokenRange range,
                    std::optional<bool>& deferrable,
                    std::string& initially)
{
    const std::size_t word = statement.find(range, "deferrable");
    if (word < range.end)
        deferrable = word == range.begin || !statement.is(word - 1, "not");
    const std::size_t when = statement.find(range, "initially");
    if (when + 1 < range.end)
        initially = statement.is(when + 1, "deferred") ? "DEFERRED" : "IMMEDIATE";
}

/// Behind the expression that begins an index element.
std::size_t behindElementExpression(const StatementText& statement, TokenRange range)
{
    if (statement.isMark(range.begin, '('))
        return statement.closing(range.begin) + 1;
    std::size_t end = statement.behindName(range.begin);
    if (statement.is(range.begin, "collation") && statement.is(end, "for"))
        ++end;
    return statement.isMark(end, '(') ? statement.closing(end) + 1 : end;
}

std::string operatorClass(const ParseNode& element)
{
    std::string result = sqlOfParts(element.strings("opclass"));
    std::string options;
    for (const ParseNode& option : element.list("opclassopts")) {
        std::string value = plainValueOf(option.field("arg"));
        std::string quoted;
        for (const char c : value)
            quoted.append(c == '\'' ? 2 : 1, c);
        options += (options.empty() ? "" : ", ") + quotedIdentifier(option.text("defname")) + "='" +
                   quoted + "'";
    }
    return options.empty() ? result : result + " (" + options + ")";
}

IndexElement readElement(const StatementText& statement, const ParseNode& element, TokenRange range)
{
    IndexElement result;
    result.column = element.text("name");
    if (element.has("expr")) {
        const TokenRange expression{range.begin,
                                    std::min(range.end, behindElementExpression(statement, range))};
        result.expression = bareSqlTextOf(statement, expression);
    }
    result.collation = sqlOfParts(element.strings("collation"));
    result.operatorClass = operatorClass(element);
    const std::string_view order = element.text("ordering");
    result.order = order == "SORTBY_ASC" ? "ASC" : order == "SORTBY_DESC" ? "DESC" : "";
    const std::string_view nulls = element.text("nulls_ordering");
    result.nulls = nulls == "SORTBY_NULLS_FIRST"  ? "FIRST"
                   : nulls == "SORTBY_NULLS_LAST" ? "LAST"
                                                  : "";
    return result;
}

/// OPERATOR(pg_catalog.=) or a bare operator.
std::string operatorText(const std::vector<std::string>& parts)
{
    if (parts.size() < 2)
        return parts.empty() ? std::string() : parts.front();
    return "OPERATOR(" + quotedIdentifier(parts.front()) + "." + parts.back() + ")";
}

void readExclusion(const StatementText& statement,
                   const ParseNode& node,
                   TokenRange range,
                   ConstraintDefinition& result)
{
    result.kind = Kind::Exclude;
    const std::size_t exclude = statement.find(range, "exclude");
    if (statement.is(exclude + 1, "using"))
        result.method = node.text("access_method");
    const std::size_t open = statement.findOpening({exclude, range.end});
    const std::vector<TokenRange> ranges = statement.items(statement.inside(open));
    const std::vector<ParseNode> elements = node.list("exclusions");
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::vector<ParseNode> pair = elements[i].items();
        if (pair.size() != 2)
            continue;
        const TokenRange one = i < ranges.size() ? ranges[i] : TokenRange{};
        IndexElement element = readElement(statement, pair[0], one);
        element.excludeOperator = operatorText(pair[1].strings("items"));
        result.elements.push_back(std::move(element));
    }
    if (!node.has("where_clause"))
        return;
    const std::size_t where = statement.find({statement.closing(open), range.end}, "where");
    result.predicate = bareSqlTextOf(
        statement, {where + 1, std::min(range.end, statement.closing(where + 1) + 1)});
}

SqlText checkText(const StatementText& statement, TokenRange range)
{
    const std::size_t check = statement.find(range, "check");
    if (check >= range.end)
        return Unknown{"its text can't be located in the statement"};
    return sqlTextOf(statement, statement.inside(check + 1));
}

void readConstraintBody(const StatementText& statement,
                        const ParseNode& node,
                        TokenRange range,
                        ConstraintDefinition& result)
{
    const std::string_view kind = node.text("contype");
    if (kind == "CONSTR_FOREIGN") {
        readForeignKey(node, result);
    } else if (kind == "CONSTR_EXCLUSION") {
        readExclusion(statement, node, range, result);
    } else if (kind == "CONSTR_CHECK") {
        result.kind = Kind::Check;
        result.expression = checkText(statement, range);
    } else {
        result.kind = kind == "CONSTR_PRIMARY" ? Kind::PrimaryKey : Kind::Unique;
        result.columns = node.strings("keys");
    }
    result.name = node.text("conname");
    result.include = columnNames(node, "including");
    result.nullsNotDistinct = node.flag("nulls_not_distinct");
    result.usingIndex = node.text("indexname");
    result.notValid = node.flag("skip_validation");
    result.notEnforced = statement.has(NewerClause::NotEnforced, range);
    result.withoutOverlaps = statement.has(NewerClause::WithoutOverlaps, range);
    result.period = statement.has(NewerClause::Period, range);
    result.noInherit = node.flag("is_no_inherit");
}

IdentityDefinition readIdentity(const ParseNode& node)
{
    return {.always = node.text("generated_when") == "a",
            .options = readSequenceOptions(node.list("options"))};
}

/// One constraint written at a column. What DEFERRABLE and its kin say goes to the constraint
/// before.
void readColumnConstraint(const StatementText& statement,
                          const ParseNode& node,
                          TokenRange range,
                          ColumnDefinition& column)
{
    const std::string_view kind = node.text("contype");
    if (kind == "CONSTR_NOTNULL") {
        column.notNull = true;
    } else if (kind == "CONSTR_NULL") {
        column.nullWritten = true;
    } else if (kind == "CONSTR_DEFAULT") {
        const std::size_t word = statement.find(range, "default");
        column.defaultExpression = sqlTextOf(statement, {word + 1, range.end});
    } else if (kind == "CONSTR_IDENTITY") {
        column.identity = readIdentity(node);
    } else if (kind == "CONSTR_GENERATED") {
        column.generated = sqlTextOf(statement, statement.inside(statement.findOpening(range)));
        column.generatedVirtual = statement.has(NewerClause::Virtual, range);
    } else if (kind.starts_with("CONSTR_ATTR_")) {
        if (column.constraints.empty())
            return;
        ConstraintDefinition& last = column.constraints.back();
        if (kind == "CONSTR_ATTR_DEFERRABLE" || kind == "CONSTR_ATTR_NOT_DEFERRABLE")
            last.deferrable = kind == "CONSTR_ATTR_DEFERRABLE";
        else
            last.initially = kind == "CONSTR_ATTR_DEFERRED" ? "DEFERRED" : "IMMEDIATE";
    } else {
        ConstraintDefinition constraint;
        readConstraintBody(statement, node, range, constraint);
        constraint.atColumn = true;
        column.constraints.push_back(std::move(constraint));
    }
}

std::optional<std::int64_t> optionInteger(const ParseNode& option)
{
    return integerOf(option.field("arg"));
}

void readOwner(const ParseNode& option, SequenceOptions& result)
{
    std::vector<std::string> parts = option.strings("arg");
    if (parts.size() == 1 && parts.front() == "none") {
        result.ownedByNone = true;
    } else if (parts.size() > 1) {
        result.ownerColumn = parts.back();
        parts.pop_back();
        result.ownerTable = nameOfParts(parts);
    }
}

/// Where the type of a column ends at the latest.
std::size_t typeStop(const StatementText& statement, const ParseNode& node, std::size_t stop)
{
    const auto before = [&](const ParseNode& part) {
        if (const auto location = part.location(); part && location)
            stop = std::min(stop, statement.at(*location));
    };
    before(node.field("collClause"));
    for (const ParseNode& constraint : node.list("constraints"))
        before(constraint);
    return stop;
}

} // namespace

std::string collationName(const ParseNode& collateClause)
{
    std::string result;
    for (const std::string& part : collateClause.strings("collname"))
        result += part == "pg_catalog" ? "" : (result.empty() ? "" : ".") + part;
    return result;
}

SqlText typeText(const StatementText& statement, const ParseNode& typeNode, std::size_t stop)
{
    const auto location = typeNode.location();
    if (!typeNode || !location)
        return Unknown{"its type can't be located in the statement"};
    TokenRange range{statement.at(*location), stop};
    // A type is one item of a list; COMPRESSION and OPTIONS are column clauses of their own.
    range = statement.item(range);
    for (const std::string_view word : {"compression", "options", "using", "collate"})
        range.end = std::min(range.end, statement.find({range.begin + 1, range.end}, word));
    return sqlTextOf(statement, range);
}

void readColumnConstraints(const StatementText& statement,
                           const ParseNode& node,
                           std::size_t stop,
                           ColumnDefinition& column)
{
    std::vector<std::size_t> starts;
    const std::vector<ParseNode> constraints = node.list("constraints");
    for (const ParseNode& constraint : constraints)
        starts.push_back(statement.from(constraint).begin);
    const ParseNode collate = node.field("collClause");
    if (collate) {
        starts.push_back(statement.from(collate).begin);
        column.collation = collationName(collate);
    }
    std::ranges::sort(starts);
    for (const ParseNode& constraint : constraints) {
        const std::size_t begin = statement.from(constraint).begin;
        const auto next = std::ranges::upper_bound(starts, begin);
        const std::size_t end = next == starts.end() ? stop : std::min(stop, *next);
        readColumnConstraint(statement, constraint, {begin, end}, column);
    }
}

ColumnDefinition
readColumn(const StatementText& statement, const ParseNode& column, std::size_t stop)
{
    ColumnDefinition result;
    result.name = column.text("colname");
    const ParseNode type = column.field("typeName");
    if (type)
        result.type = typeText(statement, type, typeStop(statement, column, stop));
    readColumnConstraints(statement, column, stop, result);
    return result;
}

ConstraintDefinition
readConstraint(const StatementText& statement, const ParseNode& constraint, TokenRange range)
{
    ConstraintDefinition result;
    readConstraintBody(statement, constraint, range, result);
    readDeferrable(statement, range, result.deferrable, result.initially);
    return result;
}

IndexDefinition readIndex(const StatementText& statement, const ParseNode& index)
{
    IndexDefinition result;
    const ParseNode relation = index.field("relation");
    result.name = index.text("idxname");
    result.table = relationName(relation);
    result.only = !relation.flag("inh");
    result.unique = index.flag("unique");
    result.nullsNotDistinct = index.flag("nulls_not_distinct");
    result.tablespace = index.text("tableSpace");
    result.include = columnNames(index, "indexIncludingParams");
    for (const ParseNode& option : index.list("options")) {
        const ParseNode value = option.field("arg");
        result.storage.emplace_back(option.text("defname"), value ? plainValueOf(value) : "true");
    }
    const TokenRange range = statement.from(relation);
    const std::size_t open = statement.findOpening(range);
    if (statement.find({range.begin, open}, "using") < open)
        result.method = index.text("accessMethod");
    const std::vector<TokenRange> ranges = statement.items(statement.inside(open));
    const std::vector<ParseNode> elements = index.list("indexParams");
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const TokenRange one = i < ranges.size() ? ranges[i] : TokenRange{};
        result.elements.push_back(readElement(statement, elements[i], one));
    }
    if (index.has("whereClause")) {
        const std::size_t where = statement.find({statement.closing(open) + 1, range.end}, "where");
        result.predicate = bareSqlTextOf(statement, {where + 1, range.end});
    }
    return result;
}

SequenceOptions readSequenceOptions(const std::vector<ParseNode>& options)
{
    SequenceOptions result;
    for (const ParseNode& option : options) {
        const std::string_view name = option.text("defname");
        if (name == "as")
            result.type = plainValueOf(option.field("arg"));
        else if (name == "start")
            result.start = optionInteger(option);
        else if (name == "increment")
            result.increment = optionInteger(option);
        else if (name == "cache")
            result.cache = optionInteger(option);
        else if (name == "cycle")
            result.cycle = plainValueOf(option.field("arg")) == "true";
        else if (name == "owned_by")
            readOwner(option, result);
        else if (name == "minvalue")
            (option.has("arg") ? void(result.minimum = optionInteger(option))
                               : void(result.noMinimum = true));
        else if (name == "maxvalue")
            (option.has("arg") ? void(result.maximum = optionInteger(option))
                               : void(result.noMaximum = true));
    }
    return result;
}

} // namespace sightglass
