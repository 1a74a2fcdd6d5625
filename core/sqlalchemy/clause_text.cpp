// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_text.h"

#include "core/sqlalchemy/clause_functions.h"
#include "core/sqlalchemy/clause_values.h"

#include <algorithm>
#include <functional>

namespace sightglass {

namespace {

/// \w of Python's re, for bytes: letters beyond ASCII count as word characters.
bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The text with each bind parameter replaced, and \: unescaped.
std::string replaced(const std::string& text,
                     const std::function<std::string(const std::string&)>& parameter)
{
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char before = i > 0 ? text[i - 1] : ' ';
        const bool next = i + 1 < text.size() && isWord(text[i + 1]);
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ':') {
            std::size_t end = i + 2;
            while (end < text.size() && (isWord(text[end]) || text[end] == '$'))
                ++end;
            // Before one more colon the backslash stays.
            const std::size_t from = end < text.size() && text[end] == ':' ? i : i + 1;
            made.append(text, from, end - from);
            i = end - 1;
            continue;
        }
        if (text[i] != ':' || !next || before == ':' || before == '\\' || isWord(before)) {
            made += text[i];
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && isWord(text[end]))
            ++end;
        std::string name = text.substr(i + 1, end - i - 1);
        if (end < text.size() && text[end] == ':') {
            // The regular expression backs off by one character; nothing is left of a short name.
            if (name.size() == 1) {
                made += text[i];
                continue;
            }
            name.pop_back();
            --end;
        }
        made += parameter(name);
        i = end - 1;
    }
    return made;
}

} // namespace

std::vector<std::string> TextClause::classNames() const
{
    return {"TextClause", "Executable", "ClauseElement"};
}

SqlText TextClause::compile(const CompileContext&) const
{
    std::optional<Unknown> unknown;
    std::string made = replaced(m_text, [&](const std::string& name) {
        const auto found = m_values.find(name);
        if (found == m_values.end())
            return ":" + name;
        if (found->second.isKnown())
            return found->second.value();
        if (!unknown)
            unknown = Unknown{found->second.reason()};
        return std::string();
    });
    return unknown ? SqlText(*unknown) : SqlText(std::move(made));
}

Change TextClause::asChange() const
{
    const SqlText text = compile({});
    if (text.isKnown())
        return change::Query{.text = text.value()};
    return change::Opaque{.what = text.reason(), .table = {}, .structural = true};
}

std::vector<std::string> TextClause::openParameters() const
{
    std::vector<std::string> names;
    replaced(m_text, [&](const std::string& name) {
        if (!m_values.contains(name) && std::ranges::find(names, name) == names.end())
            names.push_back(name);
        return std::string();
    });
    return names;
}

Clause* TextClause::withParameters(Interpreter& interpreter,
                                   const std::vector<std::pair<std::string, Value>>& values)
{
    auto* made = interpreter.make<TextClause>(m_text);
    made->m_values = m_values;
    for (const auto& [name, value] : values)
        made->m_values.insert_or_assign(name, literalText(interpreter, value, {}));
    return made;
}

bool TextClause::needsGroup(const Operator& against) const
{
    return against.op == Op::In || against.op == Op::NotIn;
}

Known<std::string> TextClause::text(Interpreter&)
{
    return compile({});
}

Evaluated TextClause::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "text")
        return Value(m_text);
    if (name == "params" || name == "unique_params")
        return interpreter.makeFunction(
            std::string(name), [this](Interpreter& running, const Arguments& arguments) {
                std::vector<std::pair<std::string, Value>> values;
                for (const Value& given : arguments.positional) {
                    for (const auto& [key, value] : Interpreter::pairsOf(given)) {
                        if (const std::string* text = key.asText())
                            values.emplace_back(*text, value);
                    }
                }
                std::ranges::copy(arguments.keywords, std::back_inserter(values));
                return Evaluated(Value(withParameters(running, values)));
            });
    if (name == "bindparams")
        return interpreter.makeFunction(
            "bindparams", [this](Interpreter& running, const Arguments& arguments) {
                std::vector<std::pair<std::string, Value>> values = arguments.keywords;
                for (const Value& each : arguments.positional) {
                    if (const auto* given = each.as<BindParameter>();
                        given != nullptr && given->value)
                        values.emplace_back(given->name, *given->value);
                }
                return Evaluated(Value(withParameters(running, values)));
            });
    // columns() and execution_options() change nothing that reading looks at.
    if (name == "columns" || name == "execution_options" || name == "self_group")
        return interpreter.makeFunction(std::string(name), [this](Interpreter&, const Arguments&) {
            return Evaluated(Value(this));
        });
    if (const std::optional<Value> method = operatorMethod(interpreter, this, name);
        method &&
        (name == "in_" || name == "op" || name == "label" || name == "desc" || name == "asc"))
        return *method;
    return Clause::attribute(interpreter, name);
}

Evaluated makeText(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* text = arguments.at(0, "text");
    if (text == nullptr)
        return raising("TypeError", "text() missing 1 required positional argument: 'text'");
    if (text->as<TextClause>() != nullptr)
        return *text;
    if (text->asText() != nullptr)
        return Value(makeTextClause(interpreter, *text->asText()));
    return valueOf(interpreter.make<OpenClause>(
        text->isUnknown() ? text->reason() : "text() of something that is no text"));
}

Evaluated makeDdl(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* statement = arguments.at(0, "statement");
    if (statement == nullptr || statement->asText() == nullptr)
        return Value(interpreter.make<DdlClause>(Unknown{
            statement != nullptr && statement->isUnknown() ? statement->reason()
                                                           : "the text of DDL() is not known"}));
    const std::string& written = *statement->asText();
    std::string text;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i] != '%') {
            text += written[i];
        } else if (i + 1 < written.size() && written[i + 1] == '%') {
            text += written[++i];
        } else {
            return Value(interpreter.make<DdlClause>(
                Unknown{"DDL() has something to fill in after a percent sign"}));
        }
    }
    return Value(interpreter.make<DdlClause>(std::move(text)));
}

} // namespace sightglass
