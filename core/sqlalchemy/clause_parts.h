// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/type_object.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Operators of SQLAlchemy's sql/operators.py, and what stands around expressions without being
/// one of its functions there.
enum class Op
{
    None,
    And,
    Or,
    Not,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Neg,
    Concat,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Is,
    IsNot,
    IsDistinct,
    IsNotDistinct,
    Like,
    NotLike,
    Ilike,
    NotIlike,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    In,
    NotIn,
    Between,
    NotBetween,
    Match,
    NotMatch,
    Regexp,
    NotRegexp,
    GetItem,
    JsonGetItem,
    JsonPath,
    Distinct,
    Any,
    All,
    Desc,
    Asc,
    NullsFirst,
    NullsLast,
    Collate,
    Comma,
    As,
    Exists,
    Filter,
    AsBoolean,
    Custom
};

struct Operator
{
    Op op = Op::None;
    std::string text;              ///< of Custom
    int precedence = 0;            ///< of Custom
    bool comparison = false;       ///< of Custom
    bool eagerGrouping = false;    ///< of Custom: in parentheses inside another operator
    bool naturalPrecedent = false; ///< of Custom: (a op b) op c needs no parentheses

    friend bool operator==(const Operator&, const Operator&) = default;
};

/// " = " and the like; empty for what is not written between two sides.
std::string_view textOf(Op op);
/// The operator that `NOT (a op b)` becomes; None: there is none.
Op negated(Op op);
/// The operator with its sides swapped.
Op mirrored(Op op);
bool isComparison(const Operator& op);
/// Whether an expression of `op` has to be in parentheses under `against`.
bool isPrecedent(const Operator& op, const Operator& against);

/// What the expression language knows of an expression's type.
enum class Family
{
    Null, ///< NullType: nothing is known, and SQLAlchemy knows no more
    Text,
    Integer,
    Numeric,
    Boolean,
    Json,
    Jsonb,
    Array,
    Other,
    Open ///< reading does not know the type
};

struct Typing
{
    Family family = Family::Null;
    const TypeObject* type = nullptr; ///< null: none was given
};

Typing typingOf(const TypeObject* type);
Typing typingOf(const Clause& clause);
/// The type that a given value in a type's place means. Open where it can't be told.
Outcome<Typing, Raised> typingFrom(Interpreter& interpreter, const Value& type);

/// Something of FROM: a table, an alias, a subquery, a join. Compared by object.
using Froms = std::vector<const Clause*>;

/// How much a clause holds, all that is in it counted as often as it would be written. Kept with
/// each clause, so that nothing ever walks through one that is too large.
struct Extent
{
    int height = 1;
    std::size_t weight = 1;

    void hold(const Clause* part);

    bool tooLarge() const { return height > CompileContext::deepest || weight > heaviest; }

    static constexpr std::size_t heaviest = 200'000;
};

/// Clauses that hold others.
class Sized
{
public:
    virtual ~Sized() = default;
    Extent extent;
};

/// False where a clause is too large to be walked through.
bool isWalkable(const Clause& clause);

/// A clause that is an expression of ours: all but Column and Table.
class Element : public Clause
{
public:
    std::string typeName() const override { return "ColumnElement"; }

    std::vector<std::string> classNames() const override;

    virtual Operator ownOperator() const { return {}; }

    virtual Typing typing() const { return {}; }

    /// In parentheses when it stands under `against`; with no operator: as `self_group()` alone.
    virtual bool needsGroup(const Operator& against) const;

    /// What has to be in FROM for it.
    virtual void collectFroms(Froms&) const {}

    /// The name that a SELECT's column of it has without a label; empty: none.
    virtual std::string proxyName() const { return {}; }
};

/// Any expression that is made of others; what it is stands in `kind`.
class Expression final : public Element, public Sized
{
public:
    enum class Kind
    {
        Literal,   ///< `literal`
        Raw,       ///< `word`: literal_column, NULL, true, false
        Function,  ///< word(parts)
        Ansi,      ///< word, and (parts) only when there are some
        Binary,    ///< parts[0] op parts[1], parts[2] is an ESCAPE
        Unary,     ///< op parts[0]
        Modifier,  ///< parts[0] op
        List,      ///< parts with op between them
        Grouping,  ///< (parts[0])
        Label,     ///< parts[0] AS word
        Cast,      ///< CAST(parts[0] AS `literal`)
        Coerce,    ///< parts[0]
        Extract,   ///< EXTRACT(word FROM parts[0])
        Case,      ///< value (or null), then pairs, then the else (or null)
        Over,      ///< parts[0] OVER (PARTITION BY parts[1] ORDER BY parts[2])
        Within,    ///< parts[0] WITHIN GROUP (ORDER BY parts[1])
        Filtered,  ///< parts[0] FILTER (WHERE parts[1])
        Tuple,     ///< (parts)
        Array,     ///< ARRAY[parts]
        Slice,     ///< parts[0]:parts[1]
        OrderedBy, ///< parts[0] ORDER BY parts[1]
        Subquery,  ///< (parts[0]): a select as a value
        Values     ///< (parts): the list of IN; empty lists too
    };

    Expression(Kind newKind, std::vector<const Clause*> newParts)
        : kind(newKind)
        , parts(std::move(newParts))
    {
        for (const Clause* part : parts)
            extent.hold(part);
    }

    SqlText compile(const CompileContext& context) const override;
    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Operator ownOperator() const override;

    Typing typing() const override { return type; }

    bool needsGroup(const Operator& against) const override;
    void collectFroms(Froms& froms) const override;
    std::string proxyName() const override;

    Kind kind;
    Operator op;
    std::vector<const Clause*> parts; ///< may hold null where a part is left out
    std::string word;
    SqlText literal = std::string();
    Typing type;
    std::string modifier;   ///< range of OVER ("ROWS BETWEEN …"), "SYMMETRIC"
    bool startsAnd = false; ///< the range of BETWEEN: not in parentheses
};

/// sa.column, table.c.x.
class ColumnClause final : public Element
{
public:
    std::string typeName() const override { return "ColumnClause"; }

    std::vector<std::string> classNames() const override;
    SqlText compile(const CompileContext& context) const override;

    std::optional<std::string> columnName() const override { return name; }

    Typing typing() const override { return type; }

    void collectFroms(Froms& froms) const override;

    std::string proxyName() const override { return name; }

    Evaluated attribute(Interpreter& interpreter, std::string_view attributeName) override;

    std::string name;
    std::string tableText;        ///< as written before the dot; empty: none
    const Clause* from = nullptr; ///< what it is a column of
    Typing type;
};

/// A clause that surely can't be written, and why.
class OpenClause final : public Element
{
public:
    explicit OpenClause(std::string reason)
        : m_reason(std::move(reason))
    {}

    SqlText compile(const CompileContext&) const override { return Unknown{m_reason}; }

    Typing typing() const override { return {.family = Family::Open}; }

private:
    std::string m_reason;
};

/// The clause's text, in parentheses where it needs them under `against`.
SqlText grouped(const Clause& clause, const Operator& against, const CompileContext& context);
/// Parts' texts joined.
SqlText joinedText(const std::vector<const Clause*>& parts,
                   std::string_view separator,
                   const Operator& against,
                   const CompileContext& context);
/// FROM objects of any clause, each once, added to `froms`.
void addFroms(const Clause& clause, Froms& froms);

// ── making them ──────────────────────────────────────────────────────────────────────────────────

/// A value in an expression's place: clauses as they are, selects as scalar subqueries, anything
/// else as a literal of the type of what it stands beside.
const Clause* operandFrom(Interpreter& interpreter, const Value& value, const Typing& beside = {});
/// A value as a literal; never a clause.
Expression* literalOf(Interpreter& interpreter, const Value& value, const Typing& beside = {});
Expression* rawOf(Interpreter& interpreter, std::string text, Family family = Family::Null);
Expression* binaryOf(Interpreter& interpreter,
                     const Clause* left,
                     Operator op,
                     const Clause* right,
                     Typing type = {.family = Family::Boolean});
Expression* modifierOf(Interpreter& interpreter, const Clause* part, Op op);
Expression* functionOf(Interpreter& interpreter, std::string name, const Arguments& arguments);
const Clause* conjunction(Interpreter& interpreter, Op op, std::vector<const Clause*> parts);
const Clause* negation(Interpreter& interpreter, const Clause* clause);
/// A comparison as the operators ==, !=, <, … make it: None is IS NULL.
const Clause* compared(Interpreter& interpreter, const Clause* left, Op op, const Value& right);
/// +, -, *, /, %, || with SQLAlchemy's rule for text.
const Clause*
calculated(Interpreter& interpreter, const Clause* left, Op op, const Value& right, bool reflected);
/// IN; `values` is a list, a select or a bind parameter.
const Clause* membership(Interpreter& interpreter, const Clause* left, const Value& values, Op op);
/// x[key] by the type of x; raises NotImplementedError where it has no index.
Evaluated indexed(Interpreter& interpreter, const Clause* left, const Value& key);
/// Python text written as identifiers or clauses in a list of columns: "a", column("a").
const Clause* columnFrom(Interpreter& interpreter, const Value& value);

Value valueOf(const Clause* clause);
/// Every positional argument, or the items of the only one when it is a list.
std::vector<Value> spread(const Arguments& arguments, std::size_t from = 0);
/// The operator method of a column element; absent: it has no such method.
std::optional<Value> operatorMethod(Interpreter& interpreter, Clause* self, std::string_view name);

} // namespace sightglass
