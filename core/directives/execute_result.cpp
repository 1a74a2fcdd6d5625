// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute.h"
#include "core/directives/native_object.h"
#include "core/directives/server_exception.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sightglass {

namespace {

/// One row: a tuple with names.
class RowObject final : public NativeObject
{
public:
    RowObject(std::vector<std::string> columns, std::vector<Value> values)
        : m_columns(std::move(columns))
        , m_values(std::move(values))
    {}

    std::string typeName() const override { return "Row"; }

    std::vector<std::string> classNames() const override { return {"Row", "BaseRow", "Sequence"}; }

    const std::vector<std::string>& columns() const { return m_columns; }

    const std::vector<Value>& values() const { return m_values; }

    Value dictionary(Interpreter& interpreter) const
    {
        std::vector<std::pair<Value, Value>> pairs;
        for (std::size_t at = 0; at < m_columns.size() && at < m_values.size(); ++at)
            pairs.emplace_back(Value(m_columns[at]), m_values[at]);
        return interpreter.makeDictionary(std::move(pairs));
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (const Value* value = find(name))
            return *value;
        if (name == "_mapping")
            return dictionary(interpreter);
        if (name == "_asdict" || name == "items" || name == "keys" || name == "values") {
            const Value mapping = dictionary(interpreter);
            if (name == "_asdict")
                return constantFunction(interpreter, std::string(name), mapping);
            return interpreter.attribute(mapping, name);
        }
        if (name == "_fields")
            return names(interpreter);
        return NativeObject::attribute(interpreter, name);
    }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        if (const std::string* name = key.asText()) {
            if (const Value* value = find(*name))
                return *value;
            return raising("NoSuchColumnError",
                           "Could not locate column in row for column '" + *name + "'",
                           basesOfException("NoSuchColumnError"));
        }
        const std::int64_t* index = key.asInteger();
        if (index == nullptr)
            return NativeObject::subscript(interpreter, key);
        const auto size = static_cast<std::int64_t>(m_values.size());
        const std::int64_t at = *index < 0 ? *index + size : *index;
        if (at < 0 || at >= size)
            return raising("IndexError",
                           "tuple index out of range",
                           {"LookupError", "Exception", "BaseException"});
        return m_values[static_cast<std::size_t>(at)];
    }

    Outcome<std::vector<Value>, Raised> elements(Interpreter&) override { return m_values; }

    std::optional<Evaluated>
    binary(Interpreter& interpreter, std::string_view op, const Value& other, bool) override
    {
        if (op != "==" && op != "!=")
            return std::nullopt;
        const auto* row = other.as<RowObject>();
        const Known<bool> same =
            interpreter.equal(interpreter.makeTuple(m_values),
                              row != nullptr ? interpreter.makeTuple(row->m_values) : other);
        if (!same.isKnown())
            return Evaluated(Value(Unknown{same.reason()}));
        return Evaluated(Value(same.value() == (op == "==")));
    }

private:
    const Value* find(std::string_view name) const
    {
        const auto found = std::ranges::find(m_columns, name);
        return found == m_columns.end()
                   ? nullptr
                   : &m_values[static_cast<std::size_t>(found - m_columns.begin())];
    }

    Value names(Interpreter& interpreter) const
    {
        std::vector<Value> all(m_columns.begin(), m_columns.end());
        return interpreter.makeTuple(std::move(all));
    }

    std::vector<std::string> m_columns;
    std::vector<Value> m_values;
};

/// Rows that are all known; read from front to back as a cursor is.
class ResultObject final : public NativeObject
{
public:
    ResultObject(std::vector<std::string> columns, std::vector<Value> rows)
        : m_columns(std::move(columns))
        , m_rows(std::move(rows))
    {}

    std::string typeName() const override { return "CursorResult"; }

    std::vector<std::string> classNames() const override
    {
        return {"CursorResult", "Result", "ResultProxy", "LegacyCursorResult"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    Outcome<std::vector<Value>, Raised> elements(Interpreter&) override { return rest(); }

private:
    std::vector<Value> rest()
    {
        std::vector<Value> rows(m_rows.begin() + static_cast<std::ptrdiff_t>(m_next), m_rows.end());
        m_next = m_rows.size();
        return rows;
    }

    Value next() { return m_next < m_rows.size() ? m_rows[m_next++] : Value(); }

    static Value firstOf(const Value& row)
    {
        const auto* object = row.as<RowObject>();
        return object != nullptr && !object->values().empty() ? object->values().front() : row;
    }

    Evaluated all(Interpreter& interpreter, const Arguments&)
    {
        return interpreter.makeList(rest());
    }

    Evaluated fetchOne(Interpreter&, const Arguments&) { return next(); }

    Evaluated first(Interpreter&, const Arguments&)
    {
        const Value row = next();
        m_next = m_rows.size();
        return row;
    }

    Evaluated one(Interpreter& interpreter, const Arguments& arguments)
    {
        if (auto raised = wrongNumber(true))
            return otherwise(std::move(*raised));
        return first(interpreter, arguments);
    }

    Evaluated oneOrNone(Interpreter& interpreter, const Arguments& arguments)
    {
        if (auto raised = wrongNumber(false))
            return otherwise(std::move(*raised));
        return first(interpreter, arguments);
    }

    Evaluated scalar(Interpreter& interpreter, const Arguments& arguments)
    {
        const Evaluated row = first(interpreter, arguments);
        return row->isNone() ? row : Evaluated(firstOf(*row));
    }

    Evaluated scalarOne(Interpreter& interpreter, const Arguments& arguments)
    {
        if (auto raised = wrongNumber(true))
            return otherwise(std::move(*raised));
        return scalar(interpreter, arguments);
    }

    Evaluated scalarOneOrNone(Interpreter& interpreter, const Arguments& arguments)
    {
        if (auto raised = wrongNumber(false))
            return otherwise(std::move(*raised));
        return scalar(interpreter, arguments);
    }

    Evaluated scalars(Interpreter& interpreter, const Arguments&)
    {
        std::vector<Value> values;
        for (const Value& row : rest())
            values.push_back(firstOf(row));
        return Value(interpreter.make<ResultObject>(m_columns, std::move(values)));
    }

    Evaluated mappings(Interpreter& interpreter, const Arguments&)
    {
        std::vector<Value> values;
        for (const Value& row : rest()) {
            const auto* object = row.as<RowObject>();
            values.push_back(object != nullptr ? object->dictionary(interpreter) : row);
        }
        return Value(interpreter.make<ResultObject>(m_columns, std::move(values)));
    }

    Evaluated keys(Interpreter& interpreter, const Arguments&)
    {
        return interpreter.makeList(std::vector<Value>(m_columns.begin(), m_columns.end()));
    }

    Evaluated itself(Interpreter&, const Arguments&) { return Value(this); }

    Evaluated close(Interpreter&, const Arguments&) { return Value(); }

    Evaluated rowCount(Interpreter&) { return Value(static_cast<std::int64_t>(m_rows.size())); }

    Evaluated returnsRows(Interpreter&) { return Value(true); }

    std::optional<Raised> wrongNumber(bool oneIsRequired) const
    {
        const std::size_t left = m_rows.size() - m_next;
        if (left == 1 || (left == 0 && !oneIsRequired))
            return std::nullopt;
        const std::string type = left == 0 ? "NoResultFound" : "MultipleResultsFound";
        return Raised{.type = type,
                      .bases = basesOfException(type),
                      .message = left == 0
                                     ? "No row was found when one was required"
                                     : "Multiple rows were found when exactly one was required",
                      .span = {},
                      .exception = {},
                      .stopsReading = false};
    }

    std::vector<std::string> m_columns;
    std::vector<Value> m_rows;
    std::size_t m_next = 0;
};

Evaluated ResultObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using M = Member<ResultObject>;
    static constexpr std::array members{
        M{"fetchall", &ResultObject::all},
        M{"all", &ResultObject::all},
        M{"fetchmany", &ResultObject::all},
        M{"fetchone", &ResultObject::fetchOne},
        M{"first", &ResultObject::first},
        M{"one", &ResultObject::one},
        M{"one_or_none", &ResultObject::oneOrNone},
        M{"scalar", &ResultObject::scalar},
        M{"scalar_one", &ResultObject::scalarOne},
        M{"scalar_one_or_none", &ResultObject::scalarOneOrNone},
        M{"scalars", &ResultObject::scalars},
        M{"mappings", &ResultObject::mappings},
        M{"keys", &ResultObject::keys},
        M{"unique", &ResultObject::itself},
        M{"tuples", &ResultObject::itself},
        M{"yield_per", &ResultObject::itself},
        M{"close", &ResultObject::close},
        M{"rowcount", nullptr, &ResultObject::rowCount},
        M{"returns_rows", nullptr, &ResultObject::returnsRows},
    };
    if (auto member = memberOf<ResultObject>(interpreter, *this, members, name))
        return *member;
    return NativeObject::attribute(interpreter, name);
}

/// Columns of the catalog that are no text: answers come as text.
bool isNumberColumn(std::string_view column)
{
    constexpr std::array<std::string_view, 12> names{"count",
                                                     "oid",
                                                     "?column?",
                                                     "ordinal_position",
                                                     "character_maximum_length",
                                                     "numeric_precision",
                                                     "numeric_scale",
                                                     "attnum",
                                                     "enumsortorder",
                                                     "relnatts",
                                                     "atttypmod",
                                                     "int4"};
    return std::ranges::find(names, column) != names.end();
}

bool isBooleanColumn(std::string_view column)
{
    constexpr std::array<std::string_view, 14> names{"exists",
                                                     "bool",
                                                     "indisunique",
                                                     "indisprimary",
                                                     "indisvalid",
                                                     "convalidated",
                                                     "condeferrable",
                                                     "condeferred",
                                                     "attnotnull",
                                                     "attisdropped",
                                                     "atthasdef",
                                                     "relispartition",
                                                     "relrowsecurity",
                                                     "hasindexes"};
    return std::ranges::find(names, column) != names.end();
}

Value valueFrom(const std::optional<std::string>& text, std::string_view column, bool existence)
{
    if (!text)
        return Value();
    const bool isTrue = *text == "t" || *text == "true";
    const bool isFalse = *text == "f" || *text == "false";
    if ((existence || isBooleanColumn(column)) && (isTrue || isFalse))
        return Value(isTrue);
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, number);
    const bool numeric = !text->empty() && parsed.ec == std::errc() && parsed.ptr == end;
    if (numeric && (existence || isNumberColumn(column)))
        return Value(number);
    return Value(*text);
}

constexpr std::string_view runTimePrefix = "the result of ";
constexpr std::string_view runTimeSuffix = " at run time";

} // namespace

Value makeResult(Interpreter& interpreter, const CatalogAnswer& answer, std::string_view select)
{
    // A bare EXISTS or a constant may be called anything; 't' and '1' are no text then.
    std::string upper(select);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool existence = upper.find("EXISTS") != std::string::npos ||
                           upper.find("COUNT(") != std::string::npos ||
                           upper.find("SELECT 1") != std::string::npos ||
                           upper.find("IS NOT NULL") != std::string::npos;
    std::vector<Value> rows;
    for (const auto& row : answer.rows) {
        std::vector<Value> values;
        for (std::size_t at = 0; at < row.size(); ++at) {
            const std::string_view column =
                at < answer.columns.size() ? std::string_view(answer.columns[at]) : "";
            values.push_back(valueFrom(row[at], column, existence && row.size() == 1));
        }
        rows.emplace_back(interpreter.make<RowObject>(answer.columns, std::move(values)));
    }
    return Value(interpreter.make<ResultObject>(answer.columns, std::move(rows)));
}

Value runTimeResult(Interpreter& interpreter, std::string_view statement)
{
    std::string shown;
    for (char c : statement.substr(0, 60)) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space)
            shown += c;
        else if (!shown.empty() && shown.back() != ' ')
            shown += ' ';
    }
    while (!shown.empty() &&
           (shown.back() == ' ' || (static_cast<unsigned char>(shown.back()) & 0x80) != 0))
        shown.pop_back();
    if (statement.size() > 60)
        shown += "…";
    // What is called on it, and on the rows of it, is Python's own and reaches no database.
    return Value(interpreter.evaluator().unknownFromLibrary(std::string(runTimePrefix) + shown +
                                                            std::string(runTimeSuffix)));
}

bool isRunTimeResult(std::string_view reason)
{
    return reason.find(runTimePrefix) != std::string_view::npos &&
           reason.find(runTimeSuffix) != std::string_view::npos;
}

} // namespace sightglass
