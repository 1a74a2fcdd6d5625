// SPDX-License-Identifier: GPL-3.0-or-later
// textwrap, string, json: texts and what is read out of them.
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"
#include "core/evaluation/library/template.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <charconv>

namespace sightglass {

namespace {

const std::string* textOf(const Arguments& arguments, std::size_t index = 0)
{
    return index < arguments.positional.size() ? arguments.positional[index].asText() : nullptr;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines(1);
    for (const char each : text) {
        if (each == '\n')
            lines.emplace_back();
        else
            lines.back().push_back(each);
    }
    return lines;
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

Evaluated dedent(Evaluator&, const Arguments& arguments)
{
    const std::string* text = textOf(arguments);
    if (text == nullptr)
        return notFollowed("textwrap.dedent", arguments);
    std::vector<std::string> lines = linesOf(*text);
    std::optional<std::string> margin;
    for (std::string& line : lines) {
        if (isBlank(line)) {
            line.clear();
            continue;
        }
        const std::string indent = line.substr(0, line.find_first_not_of(" \t"));
        if (!margin) {
            margin = indent;
            continue;
        }
        const auto common =
            std::mismatch(margin->begin(), margin->end(), indent.begin(), indent.end());
        margin->erase(common.first, margin->end());
    }
    std::string made;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        made += at > 0 ? "\n" : "";
        made +=
            margin && lines[at].starts_with(*margin) ? lines[at].substr(margin->size()) : lines[at];
    }
    return Value(std::move(made));
}

Evaluated indent(Evaluator& evaluator, const Arguments& arguments)
{
    const std::string* text = textOf(arguments);
    const std::string* prefix = textOf(arguments, 1);
    if (text == nullptr || prefix == nullptr || arguments.positional.size() > 2 ||
        !arguments.keywords.empty())
        return notFollowed("textwrap.indent", arguments);
    std::string made;
    const auto lines = linesOf(*text);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        made += at > 0 ? "\n" : "";
        made += isBlank(lines[at]) ? lines[at] : *prefix + lines[at];
        if (made.size() > evaluator.limits.textBytes)
            break;
    }
    if (auto tooMuch = evaluator.charge(made.size()))
        return otherwise(std::move(*tooMuch));
    return Value(std::move(made));
}

/// A reader of JSON into values.
class JsonReader
{
public:
    JsonReader(Evaluator& evaluator, std::string_view text)
        : m_evaluator(evaluator)
        , m_text(text)
    {}

    std::optional<Value> read()
    {
        auto value = next(0);
        space();
        return value && m_at == m_text.size() ? value : std::nullopt;
    }

private:
    void space()
    {
        while (m_at < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }

    bool take(std::string_view what)
    {
        space();
        const bool has = m_text.substr(m_at).starts_with(what);
        m_at += has ? what.size() : 0;
        return has;
    }

    std::optional<Value> next(int depth)
    {
        constexpr int deepest = 60;
        if (depth > deepest || !m_evaluator.step())
            return std::nullopt;
        if (take("null"))
            return Value();
        if (take("true"))
            return Value(true);
        if (take("false"))
            return Value(false);
        if (take("\""))
            return text();
        if (take("["))
            return list(depth);
        if (take("{"))
            return object(depth);
        return number();
    }

    std::optional<Value> list(int depth)
    {
        std::vector<Value> items;
        if (take("]"))
            return m_evaluator.interpreter.makeList({});
        while (true) {
            auto item = next(depth + 1);
            if (!item)
                return std::nullopt;
            items.push_back(std::move(*item));
            if (take("]"))
                return m_evaluator.interpreter.makeList(std::move(items));
            if (!take(","))
                return std::nullopt;
        }
    }

    std::optional<Value> object(int depth)
    {
        auto* made = m_evaluator.make<DictObject>();
        if (take("}"))
            return Value(made);
        while (true) {
            if (!take("\""))
                return std::nullopt;
            auto key = text();
            if (!key || !take(":"))
                return std::nullopt;
            auto item = next(depth + 1);
            if (!item)
                return std::nullopt;
            made->set(m_evaluator, *key, std::move(*item));
            if (take("}"))
                return Value(made);
            if (!take(","))
                return std::nullopt;
        }
    }

    std::optional<Value> text()
    {
        std::string made;
        for (; m_at < m_text.size(); ++m_at) {
            const char each = m_text[m_at];
            if (each == '"') {
                ++m_at;
                return Value(std::move(made));
            }
            if (each != '\\') {
                made += each;
                continue;
            }
            constexpr std::string_view names = "\"\\/bfnrt";
            constexpr std::string_view values = "\"\\/\b\f\n\r\t";
            if (++m_at >= m_text.size())
                return std::nullopt;
            const std::size_t which = names.find(m_text[m_at]);
            if (which == std::string_view::npos)
                return std::nullopt; // \u: not followed
            made += values[which];
        }
        return std::nullopt;
    }

    std::optional<Value> number()
    {
        space();
        const std::string_view rest = m_text.substr(m_at);
        const std::size_t size = std::min(rest.find_first_not_of("+-0123456789.eE"), rest.size());
        const char* end = rest.data() + size;
        std::int64_t whole = 0;
        double real = 0;
        if (size == 0)
            return std::nullopt;
        m_at += size;
        if (const auto read = std::from_chars(rest.data(), end, whole);
            read.ec == std::errc() && read.ptr == end)
            return Value(whole);
        if (const auto read = std::from_chars(rest.data(), end, real);
            read.ec == std::errc() && read.ptr == end)
            return Value(real);
        return std::nullopt;
    }

    Evaluator& m_evaluator;
    std::string_view m_text;
    std::size_t m_at = 0;
};

Evaluated loads(Evaluator& evaluator, const Arguments& arguments)
{
    const std::string* text = textOf(arguments);
    if (text == nullptr || !arguments.keywords.empty())
        return notFollowed("json.loads", arguments);
    auto value = JsonReader(evaluator, *text).read();
    if (evaluator.raised)
        return otherwise(evaluator.take());
    return value ? Evaluated(std::move(*value))
                 : Evaluated(Unknown{"a text of JSON that is not followed"});
}

/// json.dumps with its usual settings; nothing for what is not followed.
std::optional<std::string> dumped(Evaluator& evaluator, const Value& value, int depth)
{
    constexpr int deepest = 60;
    if (depth > deepest || value.isUnknown() || evaluator.doubt(value))
        return std::nullopt;
    if (value.isNone())
        return "null";
    if (const bool* flag = value.asBool())
        return *flag ? "true" : "false";
    if (value.asInteger() != nullptr || value.asFloat() != nullptr)
        return evaluator.text(value).value();
    if (const std::string* text = value.asText()) {
        std::string made = "\"";
        for (const char each : *text) {
            if (static_cast<unsigned char>(each) >= 0x7f ||
                (static_cast<unsigned char>(each) < 0x20 && each != '\n' && each != '\t' &&
                 each != '\r'))
                return std::nullopt;
            if (each == '"' || each == '\\')
                made += '\\';
            made += each == '\n'   ? "\\n"
                    : each == '\t' ? "\\t"
                    : each == '\r' ? "\\r"
                                   : std::string(1, each);
        }
        return made + "\"";
    }
    std::string made;
    if (const auto* pairs = value.as<DictObject>()) {
        for (const auto& [key, held] : pairs->now().pairs) {
            const auto item = dumped(evaluator, held, depth + 1);
            const auto name =
                key.asText() == nullptr ? std::nullopt : dumped(evaluator, key, depth + 1);
            if (!item || !name)
                return std::nullopt;
            made += (made.empty() ? "" : ", ") + *name + ": " + *item;
        }
        return "{" + made + "}";
    }
    const auto* items = plainItems(value);
    if (items == nullptr || value.as<SetObject>() != nullptr)
        return std::nullopt;
    for (const Value& each : *items) {
        const auto item = dumped(evaluator, each, depth + 1);
        if (!item)
            return std::nullopt;
        made += (made.empty() ? "" : ", ") + *item;
    }
    return "[" + made + "]";
}

Evaluated dumps(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 1 || !arguments.keywords.empty() || arguments.hidden)
        return notFollowed("json.dumps", arguments);
    auto made = dumped(evaluator, arguments.positional.front(), 0);
    if (!made)
        return notFollowed("json.dumps", arguments);
    if (auto tooMuch = evaluator.charge(made->size()))
        return otherwise(std::move(*tooMuch));
    return Value(std::move(*made));
}

Evaluated load(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("json.load", arguments);
    Evaluated method = evaluator.attribute(arguments.positional.front(), "read");
    if (!method || method->isUnknown())
        return method;
    Evaluated text = evaluator.call(*method, {});
    if (!text || text->asText() == nullptr)
        return text;
    Arguments one;
    one.positional.push_back(*text);
    return loads(evaluator, one);
}

Evaluated escape(Evaluator&, const Arguments& arguments)
{
    const std::string* text = textOf(arguments);
    if (text == nullptr)
        return notFollowed("re.escape", arguments);
    std::string made;
    for (const char each : *text) {
        if (std::string_view("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(each) != std::string_view::npos)
            made += '\\';
        made += each;
    }
    return Value(std::move(made));
}

Value lower(Evaluator&)
{
    return "abcdefghijklmnopqrstuvwxyz";
}

Value upper(Evaluator&)
{
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
}

Value letters(Evaluator&)
{
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
}

Value digits(Evaluator&)
{
    return "0123456789";
}

LibraryItem function(std::string_view module,
                     std::string_view name,
                     Evaluated (*run)(Evaluator&, const Arguments&))
{
    return {.module = module, .name = name, .run = run, .make = nullptr};
}

LibraryItem value(std::string_view module, std::string_view name, Value (*make)(Evaluator&))
{
    return {.module = module, .name = name, .run = nullptr, .make = make};
}

} // namespace

std::span<const LibraryItem> textItems()
{
    static const std::array table{
        function("textwrap", "dedent", dedent),
        function("textwrap", "indent", indent),
        function("json", "loads", loads),
        function("json", "dumps", dumps),
        function("json", "load", load),
        function("re", "escape", escape),
        function("string", "Template", makeTemplate),
        value("string", "ascii_lowercase", lower),
        value("string", "ascii_uppercase", upper),
        value("string", "ascii_letters", letters),
        value("string", "digits", digits),
    };
    return table;
}

} // namespace sightglass
