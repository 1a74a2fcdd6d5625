// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/type_change.h"

#include "core/replay/lookup.h"
#include "core/rules/type_step.h"
#include "core/sql/expression.h"
#include "core/sql/parse_tree.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sightglass {

namespace {

using Work = TypeChange::Work;

constexpr int domainDepth = 8;

std::string folded(std::string_view text)
{
    std::string result;
    for (const char c : text)
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

/// "app.mood", as format_type spells it, as a name.
QualifiedName nameOf(std::string_view spelled)
{
    const std::size_t dot = spelled.find('.');
    if (dot == std::string_view::npos || spelled.find('"') != std::string_view::npos)
        return {.schema = {}, .name = std::string(spelled)};
    return {.schema = std::string(spelled.substr(0, dot)),
            .name = std::string(spelled.substr(dot + 1))};
}

const Domain* domainOf(const std::string& type, const Moment& moment)
{
    return type.ends_with(']') ? nullptr : moment.domain(nameOf(type));
}

/// What a domain's values are stored as.
std::string baseType(std::string type, const Moment& moment)
{
    for (int depth = 0; depth < domainDepth; ++depth) {
        const Domain* const domain = domainOf(type, moment);
        if (domain == nullptr)
            break;
        type = domain->type;
    }
    return type;
}

std::string spelledText(const std::string& written, const Moment& moment)
{
    return spelledType(SqlText(written), moment).value_or(folded(written));
}

/// USING as far as it matters: the column with casts around it, or an expression that computes.
struct UsingExpression
{
    bool computes = false;
    bool cuts = false;              ///< calls a function that throws a part of the value away
    std::vector<std::string> casts; ///< innermost first, as written
};

constexpr std::array cuttingFunctions{
    std::string_view("left"),         std::string_view("right"),
    std::string_view("substring"),    std::string_view("substr"),
    std::string_view("trunc"),        std::string_view("round"),
    std::string_view("floor"),        std::string_view("ceil"),
    std::string_view("ceiling"),      std::string_view("lower"),
    std::string_view("upper"),        std::string_view("initcap"),
    std::string_view("date_trunc"),   std::string_view("split_part"),
    std::string_view("btrim"),        std::string_view("ltrim"),
    std::string_view("rtrim"),        std::string_view("regexp_replace"),
    std::string_view("abs"),          std::string_view("date"),
    std::string_view("regexp_match"), std::string_view("regexp_substr"),
    std::string_view("md5"),          std::string_view("date_part"),
    std::string_view("extract")};

bool callsCuttingFunction(const ParseNode& node, int depth = 0)
{
    if (depth > 40)
        return false;
    if (node.is("FuncCall")) {
        const std::vector<std::string> name = node.strings("funcname");
        if (!name.empty() && std::ranges::find(cuttingFunctions, std::string_view(name.back())) !=
                                 cuttingFunctions.end())
            return true;
    }
    return std::ranges::any_of(node.fields(), [&](const auto& field) {
        const auto inside = [&](const ParseNode& child) {
            return callsCuttingFunction(child, depth + 1);
        };
        return inside(field.second) || std::ranges::any_of(node.list(field.first), inside);
    });
}

/// As a statement would write it; PostgreSQL's own types come out of the parser as pg_catalog's.
std::string writtenType(const ParseNode& type)
{
    const std::vector<std::string> names = type.strings("names");
    if (names.empty())
        return {};
    const bool own = names.size() > 1 && names.front() != "pg_catalog";
    std::string result = own ? quotedIdentifier(names.front()) + "." : std::string();
    result += names.size() > 1 && !own ? names.back() : quotedIdentifier(names.back());
    std::string numbers;
    for (const ParseNode& modifier : type.list("typmods"))
        numbers += (numbers.empty() ? "" : ",") + std::to_string(integerOf(modifier).value_or(0));
    if (!numbers.empty())
        result += "(" + numbers + ")";
    for (std::size_t i = 0; i < type.list("arrayBounds").size(); ++i)
        result += "[]";
    return result;
}

ParseNode firstTarget(const ParseTree& tree)
{
    const std::vector<ParseNode> statements = tree.statements();
    if (statements.empty())
        return {};
    const std::vector<ParseNode> targets = statements.front().list("targetList");
    return targets.empty() ? ParseNode() : targets.front().field("val");
}

UsingExpression usingOf(const std::string& expression, const std::string& column)
{
    UsingExpression result;
    const auto tree = parseSql("SELECT " + expression);
    ParseNode node = tree ? firstTarget(*tree) : ParseNode();
    while (node.is("TypeCast")) {
        result.casts.insert(result.casts.begin(), writtenType(node.field("typeName")));
        node = node.field("arg");
    }
    const std::vector<std::string> names = node.strings("fields");
    result.computes = !node.is("ColumnRef") || names.empty() || names.back() != column;
    result.cuts = result.computes && (!node || node.is("A_Const") || callsCuttingFunction(node));
    return result;
}

/// The worst of several conversions, one after the other.
class Conversion
{
public:
    Conversion(TypeChange& change, const Moment& moment)
        : m_change(change)
        , m_moment(moment)
    {
        m_around.serverVersion = moment.serverVersion();
        const std::string zone = folded(moment.facts().timeZone);
        if (!zone.empty())
            m_around.zoneIsUtc = zone == "utc" || zone == "etc/utc" || zone == "gmt" ||
                                 zone == "etc/gmt" || zone == "uct" || zone == "zulu";
    }

    void convert(const std::string& from, const std::string& to)
    {
        if (from == to)
            return;
        const std::string base = baseType(from, m_moment);
        const std::string newBase = baseType(to, m_moment);
        noteWork(base, newBase);
        if (isConstrainedDomain(to, m_moment).value_or(false))
            raise(Work::Rewrite);
        else if (isNotKnown(from) || isNotKnown(to))
            doubt("what type " + (isNotKnown(to) ? to : from) + " is");
        switch (typeStepFit(SpelledType(base), SpelledType(newBase))) {
        case StepFit::Fits:
            break;
        case StepFit::Cut:
            m_change.losesSilently = true;
            [[fallthrough]];
        case StepFit::Refused:
            m_change.narrows = true;
            break;
        }
    }

    void raise(Work work)
    {
        if (work == Work::Rewrite || m_change.work == Work::None)
            m_change.work = work;
        if (work == Work::Rewrite)
            m_change.unsettled.clear();
    }

    void doubt(const std::string& what)
    {
        if (m_change.work == Work::Rewrite)
            return;
        m_change.work = Work::NotKnown;
        m_change.unsettled = what;
    }

private:
    void noteWork(const std::string& from, const std::string& to)
    {
        const SpelledType left(from);
        const SpelledType right(to);
        switch (typeStepWork(left, right, m_around)) {
        case StepWork::None:
            break;
        case StepWork::FreeUnderUtc:
            m_change.changesZone = true;
            doubt("the TimeZone of the session that migrates: under UTC nothing is rewritten");
            break;
        case StepWork::Rewrite:
            if (!isNotKnown(from) && !isNotKnown(to))
                raise(Work::Rewrite);
            else
                doubt("what type " + (isNotKnown(to) ? to : from) + " is");
            break;
        }
        m_change.changesZone = m_change.changesZone ||
                               (left.name != right.name && left.name.starts_with("timestamp ") &&
                                right.name.starts_with("timestamp "));
    }

    /// Neither PostgreSQL's own nor one that the schema holds: it may be a domain.
    bool isNotKnown(const std::string& type) const
    {
        std::string element = type;
        while (element.ends_with("[]"))
            element.resize(element.size() - 2);
        if (element == "citext")
            return false;
        return !spelledType(SqlText(element), m_moment) &&
               m_moment.enumType(nameOf(element)) == nullptr;
    }

    TypeChange& m_change;
    const Moment& m_moment;
    TypeStepContext m_around;
};

std::string bareCollation(std::string text)
{
    std::erase(text, '"');
    const std::size_t dot = text.rfind('.');
    return dot == std::string::npos ? text : text.substr(dot + 1);
}

bool isOtherCollation(const std::string& from, const std::string& to)
{
    const auto own = [](std::string name) { return name == "default" ? std::string() : name; };
    return own(bareCollation(from)) != own(bareCollation(to));
}

bool usesInExpression(const Index& index, const std::string& column)
{
    const bool expression = std::ranges::any_of(
        index.columns, [](const std::string& key) { return key.find('(') != std::string::npos; });
    return (expression || index.predicate) && replaying::usesColumn(index, column);
}

/// The rows stay; what becomes of the indexes?
Work indexWork(const TypeChange& change,
               const Found& table,
               const std::string& column,
               const Moment& moment)
{
    const bool other = change.newCollation ||
                       (change.from && indexFamily(SpelledType(baseType(*change.from, moment))) !=
                                           indexFamily(SpelledType(baseType(change.to, moment))));
    if (!table.table)
        return other ? Work::IndexRebuild : Work::None;
    if (other && isIndexed(*table.table, column))
        return Work::IndexRebuild;
    // PostgreSQL takes no index with an expression or a predicate over unbuilt, not even when the
    // type is the same.
    const bool expressed = std::ranges::any_of(
        table.table->indexes, [&](const Index& index) { return usesInExpression(index, column); });
    return expressed ? Work::IndexRebuild : Work::None;
}

void convertAll(TypeChange& result,
                Conversion& conversion,
                const change::SetColumnType& change,
                const Moment& moment)
{
    UsingExpression expression;
    if (change.usingExpression && change.usingExpression->isKnown())
        expression = usingOf(change.usingExpression->value(), change.column);
    else if (change.usingExpression)
        conversion.doubt("what USING computes");
    result.computes = expression.computes;
    if (expression.computes) {
        conversion.raise(Work::Rewrite);
        result.narrows = result.losesSilently = expression.cuts;
        return;
    }
    expression.casts.push_back(result.to);
    std::optional<std::string> before = result.from;
    for (const std::string& cast : expression.casts) {
        const std::string after = spelledText(cast, moment);
        if (before)
            conversion.convert(*before, after);
        before = after;
    }
    // Nobody writes a cast to a day or a whole number that is one already.
    constexpr std::array cutting{std::string_view("date"),
                                 std::string_view("smallint"),
                                 std::string_view("integer"),
                                 std::string_view("bigint")};
    for (std::size_t i = 0; i + 1 < expression.casts.size(); ++i) {
        const std::string cast = spelledText(expression.casts[i], moment);
        const bool known = result.from.has_value();
        const std::string from = known ? SpelledType(*result.from).name : std::string();
        const bool text = from == "text" || from.starts_with("character") || from == "citext";
        if ((!known || text) && std::ranges::find(cutting, std::string_view(cast)) != cutting.end())
            result.narrows = true;
        if (!known && cast == "date")
            result.losesSilently = true;
    }
}

} // namespace

std::optional<std::string> spelledType(const SqlText& type, const Moment& moment)
{
    if (!type.isKnown() || type.value().empty())
        return std::nullopt;
    const std::vector<std::string>& path = moment.replay().searchPath();
    const SqlScope scope{.schema = moment.schema(), .searchPath = path, .serialTypes = false};
    auto spelled = canonicalType(type.value(), scope);
    if (!spelled || !spelled->isKnown())
        return std::nullopt;
    return std::move(spelled->value());
}

std::optional<bool> isConstrainedDomain(const std::string& type, const Moment& moment)
{
    const Domain* domain = domainOf(type, moment);
    if (domain == nullptr)
        return std::nullopt;
    for (int depth = 0; domain != nullptr && depth < domainDepth; ++depth) {
        if (!domain->checks.empty() || !domain->nullable)
            return true;
        domain = domainOf(domain->type, moment);
    }
    return false;
}

bool isIndexed(const Table& table, const std::string& column)
{
    const auto inKey = [&](const KeyConstraint& key) { return replaying::usesColumn(key, column); };
    return std::ranges::any_of(
               table.indexes,
               [&](const Index& index) { return replaying::usesColumn(index, column); }) ||
           std::ranges::any_of(table.uniques, inKey) ||
           (table.primaryKey && inKey(*table.primaryKey)) ||
           std::ranges::any_of(table.exclusions, [&](const ExclusionConstraint& exclusion) {
               return exclusion.definition.find(column) != std::string::npos;
           });
}

TypeChange typeChange(const change::SetColumnType& change, const Moment& moment)
{
    TypeChange result;
    result.work = Work::None;
    const Found table = moment.relation(change.table);
    const Column* const column = moment.column(change.table, change.column);
    if (column != nullptr && !column->type.empty())
        result.from = column->type;
    else if (change.statedType)
        result.from = spelledType(*change.statedType, moment);
    Conversion conversion(result, moment);
    if (!change.type.isKnown()) {
        result.work = Work::NotKnown;
        result.unsettled = "the new type: " + change.type.reason();
        return result;
    }
    result.to = spelledText(change.type.value(), moment);
    convertAll(result, conversion, change, moment);
    if (!result.from)
        conversion.doubt("the type that the column has now");
    if (column != nullptr && result.from)
        result.newCollation = isOtherCollation(column->collation, change.collation);
    else
        result.newCollation = !change.collation.empty();
    if (result.work == Work::None)
        result.work = indexWork(result, table, change.column, moment);
    return result;
}

} // namespace sightglass
