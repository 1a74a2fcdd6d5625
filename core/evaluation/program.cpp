// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/program.h"

#include <algorithm>
#include <iterator>

namespace sightglass {

namespace {

struct KindName
{
    std::string_view name;
    Kind kind;
};

constexpr std::array kindNames{
    KindName{"aliased_import", Kind::AliasedImport},
    KindName{"argument_list", Kind::ArgumentList},
    KindName{"as_pattern", Kind::AsPattern},
    KindName{"as_pattern_target", Kind::AsPatternTarget},
    KindName{"assert_statement", Kind::AssertStatement},
    KindName{"assignment", Kind::Assignment},
    KindName{"attribute", Kind::Attribute},
    KindName{"augmented_assignment", Kind::AugmentedAssignment},
    KindName{"await", Kind::Await},
    KindName{"binary_operator", Kind::BinaryOperator},
    KindName{"block", Kind::Block},
    KindName{"boolean_operator", Kind::BooleanOperator},
    KindName{"break_statement", Kind::BreakStatement},
    KindName{"call", Kind::Call},
    KindName{"case_clause", Kind::CaseClause},
    KindName{"case_pattern", Kind::CasePattern},
    KindName{"chevron", Kind::Chevron},
    KindName{"class_definition", Kind::ClassDefinition},
    KindName{"class_pattern", Kind::ClassPattern},
    KindName{"comparison_operator", Kind::ComparisonOperator},
    KindName{"complex_pattern", Kind::ComplexPattern},
    KindName{"concatenated_string", Kind::ConcatenatedString},
    KindName{"conditional_expression", Kind::ConditionalExpression},
    KindName{"continue_statement", Kind::ContinueStatement},
    KindName{"decorated_definition", Kind::DecoratedDefinition},
    KindName{"decorator", Kind::Decorator},
    KindName{"default_parameter", Kind::DefaultParameter},
    KindName{"delete_statement", Kind::DeleteStatement},
    KindName{"dict_pattern", Kind::DictPattern},
    KindName{"dictionary", Kind::Dictionary},
    KindName{"dictionary_comprehension", Kind::DictionaryComprehension},
    KindName{"dictionary_splat", Kind::DictionarySplat},
    KindName{"dictionary_splat_pattern", Kind::DictionarySplatPattern},
    KindName{"dotted_name", Kind::DottedName},
    KindName{"ellipsis", Kind::Ellipsis},
    KindName{"elif_clause", Kind::ElifClause},
    KindName{"else_clause", Kind::ElseClause},
    KindName{"ERROR", Kind::Error},
    KindName{"escape_interpolation", Kind::EscapeInterpolation},
    KindName{"escape_sequence", Kind::EscapeSequence},
    KindName{"except_clause", Kind::ExceptClause},
    KindName{"except_group_clause", Kind::ExceptClause},
    KindName{"exec_statement", Kind::ExecStatement},
    KindName{"expression_list", Kind::ExpressionList},
    KindName{"expression_statement", Kind::ExpressionStatement},
    KindName{"false", Kind::False},
    KindName{"finally_clause", Kind::FinallyClause},
    KindName{"float", Kind::Float},
    KindName{"for_in_clause", Kind::ForInClause},
    KindName{"for_statement", Kind::ForStatement},
    KindName{"format_expression", Kind::FormatExpression},
    KindName{"format_specifier", Kind::FormatSpecifier},
    KindName{"function_definition", Kind::FunctionDefinition},
    KindName{"future_import_statement", Kind::FutureImportStatement},
    KindName{"generator_expression", Kind::GeneratorExpression},
    KindName{"generic_type", Kind::GenericType},
    KindName{"global_statement", Kind::GlobalStatement},
    KindName{"identifier", Kind::Identifier},
    KindName{"if_clause", Kind::IfClause},
    KindName{"if_statement", Kind::IfStatement},
    KindName{"import_from_statement", Kind::ImportFromStatement},
    KindName{"import_prefix", Kind::ImportPrefix},
    KindName{"import_statement", Kind::ImportStatement},
    KindName{"integer", Kind::Integer},
    KindName{"interpolation", Kind::Interpolation},
    KindName{"keyword_argument", Kind::KeywordArgument},
    KindName{"keyword_pattern", Kind::KeywordPattern},
    KindName{"keyword_separator", Kind::KeywordSeparator},
    KindName{"lambda", Kind::Lambda},
    KindName{"lambda_parameters", Kind::LambdaParameters},
    KindName{"list", Kind::List},
    KindName{"list_comprehension", Kind::ListComprehension},
    KindName{"list_pattern", Kind::ListPattern},
    KindName{"list_splat", Kind::ListSplat},
    KindName{"list_splat_pattern", Kind::ListSplatPattern},
    KindName{"match_statement", Kind::MatchStatement},
    KindName{"module", Kind::Module},
    KindName{"named_expression", Kind::NamedExpression},
    KindName{"none", Kind::None},
    KindName{"nonlocal_statement", Kind::NonlocalStatement},
    KindName{"not_operator", Kind::NotOperator},
    KindName{"pair", Kind::Pair},
    KindName{"parameters", Kind::Parameters},
    KindName{"parenthesized_expression", Kind::ParenthesizedExpression},
    KindName{"parenthesized_list_splat", Kind::ParenthesizedListSplat},
    KindName{"pass_statement", Kind::PassStatement},
    KindName{"pattern_list", Kind::PatternList},
    KindName{"positional_separator", Kind::PositionalSeparator},
    KindName{"print_statement", Kind::PrintStatement},
    KindName{"raise_statement", Kind::RaiseStatement},
    KindName{"relative_import", Kind::RelativeImport},
    KindName{"return_statement", Kind::ReturnStatement},
    KindName{"set", Kind::Set},
    KindName{"set_comprehension", Kind::SetComprehension},
    KindName{"slice", Kind::Slice},
    KindName{"splat_pattern", Kind::SplatPattern},
    KindName{"string", Kind::String},
    KindName{"string_content", Kind::StringContent},
    KindName{"string_end", Kind::StringEnd},
    KindName{"string_start", Kind::StringStart},
    KindName{"subscript", Kind::Subscript},
    KindName{"true", Kind::True},
    KindName{"try_statement", Kind::TryStatement},
    KindName{"tuple", Kind::Tuple},
    KindName{"tuple_pattern", Kind::TuplePattern},
    KindName{"type", Kind::Type},
    KindName{"type_alias_statement", Kind::TypeAliasStatement},
    KindName{"type_conversion", Kind::TypeConversion},
    KindName{"typed_default_parameter", Kind::TypedDefaultParameter},
    KindName{"typed_parameter", Kind::TypedParameter},
    KindName{"unary_operator", Kind::UnaryOperator},
    KindName{"union_pattern", Kind::UnionPattern},
    KindName{"union_type", Kind::UnionType},
    KindName{"while_statement", Kind::WhileStatement},
    KindName{"wildcard_import", Kind::WildcardImport},
    KindName{"with_clause", Kind::WithClause},
    KindName{"with_item", Kind::WithItem},
    KindName{"with_statement", Kind::WithStatement},
    KindName{"yield", Kind::Yield},
};

/// Tokens without a name that mean something in some places.
constexpr std::array tokenNames{
    KindName{"=", Kind::EqualsSign},
    KindName{"-", Kind::MinusSign},
    KindName{"_", Kind::Underscore},
    KindName{":", Kind::Colon},
    KindName{",", Kind::Comma},
    KindName{"from", Kind::From},
};

struct RoleName
{
    std::string_view name;
    Role role;
};

constexpr std::array roleNames{
    RoleName{"alias", Role::Alias},
    RoleName{"alternative", Role::Alternative},
    RoleName{"argument", Role::Argument},
    RoleName{"arguments", Role::Arguments},
    RoleName{"attribute", Role::AttributeName},
    RoleName{"body", Role::Body},
    RoleName{"cause", Role::Cause},
    RoleName{"condition", Role::Condition},
    RoleName{"consequence", Role::Consequence},
    RoleName{"definition", Role::Definition},
    RoleName{"expression", Role::Expression},
    RoleName{"format_specifier", Role::FormatSpecifier},
    RoleName{"function", Role::Function},
    RoleName{"guard", Role::Guard},
    RoleName{"key", Role::Key},
    RoleName{"left", Role::Left},
    RoleName{"module_name", Role::ModuleName},
    RoleName{"name", Role::Name},
    RoleName{"object", Role::Object},
    RoleName{"operator", Role::Operator},
    RoleName{"operators", Role::Operators},
    RoleName{"parameters", Role::Parameters},
    RoleName{"return_type", Role::ReturnType},
    RoleName{"right", Role::Right},
    RoleName{"subject", Role::Subject},
    RoleName{"subscript", Role::Subscript},
    RoleName{"superclasses", Role::Superclasses},
    RoleName{"type", Role::Type},
    RoleName{"type_conversion", Role::TypeConversion},
    RoleName{"value", Role::Value},
};

/// The grammar's numbers turned into ours.
struct Tables
{
    std::vector<Kind> named;  ///< Other: nothing to run
    std::vector<Kind> tokens; ///< Other: punctuation
    std::vector<bool> isNamed;
    std::vector<Role> roles;
};

Tables makeTables()
{
    Tables result;
    const std::uint16_t symbols = SyntaxGrammar::symbolCount();
    for (std::uint16_t symbol = 0; symbol < symbols; ++symbol) {
        const std::string_view name = SyntaxGrammar::symbolName(symbol);
        const auto* kind = std::ranges::find(kindNames, name, &KindName::name);
        result.named.push_back(kind == kindNames.end() ? Kind::Other : kind->kind);
        const auto* token = std::ranges::find(tokenNames, name, &KindName::name);
        result.tokens.push_back(token == tokenNames.end() ? Kind::Other : token->kind);
        result.isNamed.push_back(SyntaxGrammar::symbolIsNamed(symbol));
    }
    result.roles.assign(std::size_t{SyntaxGrammar::fieldCount()} + 1, Role::None);
    for (std::uint16_t field = 1; field < result.roles.size(); ++field) {
        const auto* role =
            std::ranges::find(roleNames, SyntaxGrammar::fieldName(field), &RoleName::name);
        if (role != roleNames.end())
            result.roles[field] = role->role;
    }
    return result;
}

const Tables& tables()
{
    static const Tables made = makeTables();
    return made;
}

bool keepsTokens(Kind kind)
{
    return kind == Kind::Interpolation || kind == Kind::CasePattern || kind == Kind::Slice ||
           kind == Kind::Subscript || kind == Kind::Yield || kind == Kind::SplatPattern ||
           kind == Kind::ComplexPattern || kind == Kind::DictPattern;
}

} // namespace

NameId Names::id(std::string_view name)
{
    if (const auto known = m_ids.find(name); known != m_ids.end())
        return known->second;
    const auto number = static_cast<NameId>(m_texts.size());
    const auto made = m_ids.emplace(std::string(name), number).first;
    m_texts.push_back(&made->first);
    return number;
}

Program::Program(const SyntaxTree& tree, std::string file, Names& names)
    : m_text(tree.text())
    , m_file(std::move(file))
    , m_names(names)
{
    SyntaxCursor cursor(tree.root());
    m_root = make(cursor);
    fill(*m_root, cursor);
}

SourceSpan Program::span(const Node& node) const
{
    return {.file = m_file,
            .begin = node.begin,
            .end = node.end,
            .line = node.line,
            .column = node.column,
            .endLine = node.endLine,
            .endColumn = node.endColumn};
}

Value* Program::keep(Value value)
{
    return &m_constants.emplace_back(std::move(value));
}

Node* Program::make(const SyntaxCursor& cursor)
{
    const Tables& table = tables();
    const std::uint16_t symbol = cursor.symbol();
    const SyntaxNode node = cursor.node();
    const TextRange range = node.range();
    Node& made = m_nodes.emplace_back();
    made.program = this;
    made.role = table.roles[cursor.field()];
    const bool known = symbol < table.named.size(); // an ERROR node has a number beyond
    if (!known)
        made.kind = Kind::Error;
    else
        made.kind = table.isNamed[symbol] ? table.named[symbol] : table.tokens[symbol];
    if (known && !table.isNamed[symbol] &&
        (made.role == Role::Operator || made.role == Role::Operators))
        made.kind = Kind::Sign;
    made.begin = static_cast<std::uint32_t>(range.begin);
    made.end = static_cast<std::uint32_t>(range.end);
    made.line = range.line;
    made.column = range.column;
    made.endLine = range.endLine;
    made.endColumn = range.endColumn;
    if (made.kind == Kind::Identifier)
        made.name = m_names.id(node.text());
    else if (made.kind == Kind::Sign) // `not  in` is one sign, however it is spaced
        made.name = m_names.id(SyntaxGrammar::symbolName(symbol));
    return &made;
}

void Program::fill(Node& parent, SyntaxCursor& cursor)
{
    struct Open
    {
        Node* node;
        Node** last;
    };

    const Tables& table = tables();
    std::vector<Open> open;
    if (!cursor.firstChild())
        return;
    open.push_back({.node = &parent, .last = &parent.first});
    while (true) {
        const std::uint16_t symbol = cursor.symbol();
        const bool known = symbol < table.named.size();
        const bool named = !known || table.isNamed[symbol];
        bool wanted = !known || (named && table.named[symbol] != Kind::Other);
        if (!named) {
            const Role role = table.roles[cursor.field()];
            wanted = role == Role::Operator || role == Role::Operators ||
                     (table.tokens[symbol] != Kind::Other && keepsTokens(open.back().node->kind));
        }
        if (wanted) {
            Node* made = make(cursor);
            *open.back().last = made;
            open.back().last = &made->next;
            made->alone = open.back().node->kind == Kind::ExpressionStatement;
            if (made->kind == Kind::Yield)
                parent.yields = true;
            const bool body = made->kind == Kind::Block && made->role == Role::Body &&
                              open.back().node->kind == Kind::FunctionDefinition;
            if (body) {
                made->pending = true;
                made->source = static_cast<std::uint32_t>(m_pending.size());
                m_pending.push_back(cursor.node());
            } else if (named && made->kind != Kind::Identifier && cursor.firstChild()) {
                open.push_back({.node = made, .last = &made->first});
                continue;
            }
        }
        while (!cursor.nextSibling()) {
            open.pop_back();
            if (open.empty())
                return;
            cursor.parent();
        }
    }
}

void Program::complete(Node& body)
{
    if (!body.pending)
        return;
    body.pending = false;
    SyntaxCursor cursor(m_pending[body.source]);
    fill(body, cursor);
}

} // namespace sightglass
