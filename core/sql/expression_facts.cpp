// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/expression_facts.h"

#include "core/sql/canonical_catalog.h"
#include "core/sql/expression.h"
#include "core/sql/single_expression.h"
#include "core/sql/statement_text.h"
#include "core/sql/tree_visit.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

struct NewerFunction
{
    std::string_view name;
    char volatility;
};

/// Functions that came after the version whose catalog we carry.
constexpr std::array newerFunctions{NewerFunction{"any_value", 'i'},
                                    NewerFunction{"array_reverse", 'i'},
                                    NewerFunction{"array_sample", 'v'},
                                    NewerFunction{"array_shuffle", 'v'},
                                    NewerFunction{"array_sort", 'i'},
                                    NewerFunction{"casefold", 'i'},
                                    NewerFunction{"crc32", 'i'},
                                    NewerFunction{"crc32c", 'i'},
                                    NewerFunction{"date_add", 's'},
                                    NewerFunction{"date_subtract", 's'},
                                    NewerFunction{"erf", 'i'},
                                    NewerFunction{"erfc", 'i'},
                                    NewerFunction{"gamma", 'i'},
                                    NewerFunction{"json_array", 's'},
                                    NewerFunction{"json_object", 's'},
                                    NewerFunction{"lgamma", 'i'},
                                    NewerFunction{"random_normal", 'v'},
                                    NewerFunction{"reverse", 'i'},
                                    NewerFunction{"to_bin", 'i'},
                                    NewerFunction{"to_oct", 'i'},
                                    NewerFunction{"unicode_assigned", 'i'},
                                    NewerFunction{"uuid_extract_timestamp", 'i'},
                                    NewerFunction{"uuid_extract_version", 'i'},
                                    NewerFunction{"uuidv4", 'v'},
                                    NewerFunction{"uuidv7", 'v'}};

int rank(Volatility volatility)
{
    switch (volatility) {
    case Volatility::Immutable:
        return 0;
    case Volatility::Stable:
        return 1;
    case Volatility::NotKnown:
        return 2;
    case Volatility::Volatile:
        return 3;
    }
    return 2;
}

Volatility worse(Volatility left, Volatility right)
{
    return rank(left) < rank(right) ? right : left;
}

Volatility ofLetter(char letter)
{
    return letter == 'i'   ? Volatility::Immutable
           : letter == 's' ? Volatility::Stable
                           : Volatility::Volatile;
}

bool takes(const canonical::CatalogFunction& function, std::size_t arguments)
{
    const std::size_t most = function.arguments;
    return (arguments <= most && arguments + function.withDefault >= most) ||
           (function.variadic != 0 && arguments + 1 >= most);
}

/// Of the overloads that `arguments` fit; of all when none does.
std::optional<Volatility>
ofCatalog(const std::string& name, std::size_t arguments, bool ofExtensions)
{
    std::optional<Volatility> fitting;
    std::optional<Volatility> any;
    for (const canonical::CatalogFunction& function : canonical::functionsNamed(name)) {
        if ((function.origin != 0) != ofExtensions)
            continue;
        const Volatility one = ofLetter(function.volatility);
        any = worse(any.value_or(one), one);
        if (takes(function, arguments))
            fitting = worse(fitting.value_or(one), one);
    }
    return fitting ? fitting : any;
}

std::optional<Volatility> ofNewer(std::string_view name)
{
    const auto found = std::ranges::find(newerFunctions, name, &NewerFunction::name);
    if (found == newerFunctions.end())
        return std::nullopt;
    return ofLetter(found->volatility);
}

Volatility ofCall(const ParseNode& call, const std::map<std::string, char>& own)
{
    const std::vector<std::string> parts = call.strings("funcname");
    if (parts.empty())
        return Volatility::NotKnown;
    const std::string& name = parts.back();
    const std::size_t arguments = call.list("args").size();
    const bool elsewhere = parts.size() > 1 && parts.front() != "pg_catalog";
    if (!elsewhere) {
        if (const auto volatility = ofCatalog(name, arguments, false))
            return *volatility;
        if (const auto volatility = ofNewer(name))
            return *volatility;
    }
    if (const auto found = own.find(lowerCase(name)); found != own.end())
        return ofLetter(found->second);
    return ofCatalog(name, arguments, true).value_or(Volatility::NotKnown);
}

void addOnce(std::vector<std::string>& list, std::string text)
{
    if (std::ranges::find(list, text) == list.end())
        list.push_back(std::move(text));
}

void takeNode(const ParseNode& node, const std::map<std::string, char>& own, ExpressionFacts& facts)
{
    if (node.is("FuncCall")) {
        facts.volatility = worse(facts.volatility, ofCall(node, own));
        const std::vector<std::string> parts = node.strings("funcname");
        if (!parts.empty())
            addOnce(facts.functions, lowerCase(parts.back()));
    } else if (node.is("SQLValueFunction")) {
        facts.volatility = worse(facts.volatility, Volatility::Stable);
        constexpr std::string_view prefix = "SVFOP_";
        const std::string_view operation = node.text("op");
        if (operation.starts_with(prefix))
            addOnce(facts.functions, lowerCase(operation.substr(prefix.size())));
    } else if (node.is("SelectStmt") || node.is("SubLink")) {
        facts.volatility = worse(facts.volatility, Volatility::Stable);
    }
}

/// Without casts and collations around it.
ParseNode bare(ParseNode node)
{
    while (node.is("TypeCast") || node.is("CollateClause"))
        node = node.field("arg");
    return node;
}

bool isNegation(const ParseNode& node)
{
    const std::vector<std::string> name = node.strings("name");
    return node.is("A_Expr") && !node.has("lexpr") && name.size() == 1 &&
           (name.front() == "-" || name.front() == "+");
}

void takeForm(const ParseNode& root, ExpressionFacts& facts)
{
    ParseNode node = bare(root);
    facts.onlyRelabels = node.is("ColumnRef");
    if (node.is("A_Const")) {
        facts.isConstant = true;
        facts.isNull = node.flag("isnull");
        if (node.has("sval"))
            facts.literal = plainValueOf(node);
        return;
    }
    if (isNegation(node))
        facts.isConstant = bare(node.field("rexpr")).is("A_Const");
}

} // namespace

ExpressionFacts expressionFacts(std::string_view sql,
                                const std::map<std::string, char>& ownFunctions)
{
    ExpressionFacts facts;
    const auto expression = SingleExpression::of(sql);
    if (!expression) {
        facts.volatility = Volatility::NotKnown;
        return facts;
    }
    facts.parsed = true;
    visitTree(expression->root(),
              [&](const ParseNode& node) { takeNode(node, ownFunctions, facts); });
    facts.columns = columnsOf(sql);
    takeForm(expression->root(), facts);
    return facts;
}

} // namespace sightglass
