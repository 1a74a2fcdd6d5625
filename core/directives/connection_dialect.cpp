// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/connection_objects.h"
#include "core/directives/inspector.h"
#include "core/directives/revision_session.h"
#include "core/render/sql_names.h"

#include <array>
#include <utility>

namespace sightglass {

namespace {

/// dialect.identifier_preparer: writes names as the dialect does.
class PreparerObject final : public NativeObject
{
public:
    std::string typeName() const override { return "PGIdentifierPreparer_psycopg2"; }

    std::vector<std::string> classNames() const override
    {
        return {typeName(), "PGIdentifierPreparer", "IdentifierPreparer"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        using M = Member<PreparerObject>;
        static constexpr std::array members{
            M{"quote", &PreparerObject::quote},
            M{"quote_schema", &PreparerObject::quote},
            M{"quote_identifier", &PreparerObject::quoteAlways},
        };
        if (auto member = memberOf<PreparerObject>(interpreter, *this, members, name))
            return *member;
        return NativeObject::attribute(interpreter, name);
    }

private:
    static const std::string* nameIn(const Arguments& arguments)
    {
        return arguments.positional.empty() ? nullptr : arguments.positional.front().asText();
    }

    Evaluated quote(Interpreter&, const Arguments& arguments)
    {
        if (const std::string* name = nameIn(arguments))
            return Value(sqlName(*name));
        return Value(Unknown{"the quoted form of a name that is not known"});
    }

    Evaluated quoteAlways(Interpreter&, const Arguments& arguments)
    {
        const std::string* name = nameIn(arguments);
        if (name == nullptr)
            return Value(Unknown{"the quoted form of a name that is not known"});
        std::string quoted = "\"";
        for (char c : *name)
            quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        return Value(quoted + "\"");
    }
};

struct Fact
{
    std::string_view name;
    std::string_view text; ///< empty: the number or truth
    std::int64_t number = 0;
    bool isTruth = false;
};

constexpr std::array facts{
    Fact{"name", "postgresql"},
    Fact{"driver", "psycopg2"},
    Fact{"paramstyle", "pyformat"},
    Fact{"default_paramstyle", "pyformat"},
    Fact{"max_identifier_length", "", 63},
    Fact{"supports_alter", "", 1, true},
    Fact{"supports_sequences", "", 1, true},
    Fact{"supports_native_enum", "", 1, true},
    Fact{"supports_native_boolean", "", 1, true},
    Fact{"supports_native_uuid", "", 1, true},
    Fact{"supports_schemas", "", 1, true},
    Fact{"supports_comments", "", 1, true},
    Fact{"supports_smallserial", "", 1, true},
    Fact{"supports_identity_columns", "", 1, true},
    Fact{"supports_default_values", "", 1, true},
    Fact{"implicit_returning", "", 1, true},
    Fact{"insert_returning", "", 1, true},
    Fact{"update_returning", "", 1, true},
    Fact{"delete_returning", "", 1, true},
    Fact{"is_async", "", 0, true},
    Fact{"positional", "", 0, true},
};

class DialectObject final : public NativeObject
{
public:
    std::string typeName() const override { return "PGDialect_psycopg2"; }

    std::vector<std::string> classNames() const override
    {
        return {typeName(), "_PGDialect_common_psycopg", "PGDialect", "DefaultDialect", "Dialect"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        for (const Fact& fact : facts) {
            if (fact.name != name)
                continue;
            if (!fact.text.empty())
                return Value(fact.text);
            return fact.isTruth ? Value(fact.number != 0) : Value(fact.number);
        }
        // A dialect learns these from its first connection.
        const bool learned = name == "server_version_info" || name == "_server_version_info" ||
                             name == "default_schema_name";
        if (learned && sessionOf(interpreter)->offline())
            return Value();
        if (name == "server_version_info" || name == "_server_version_info")
            return interpreter.makeTuple({Value(15), Value(0)});
        if (name == "identifier_preparer" || name == "preparer")
            return Value(interpreter.make<PreparerObject>());
        if (name == "default_schema_name") {
            const auto& path = sessionOf(interpreter)->searchPath();
            return path.empty() ? Value() : Value(path.front());
        }
        if (name.starts_with("has_") || name.starts_with("get_"))
            return question(interpreter, std::string(name));
        return NativeObject::attribute(interpreter, name);
    }

private:
    /// The inspector's questions with the connection as the first argument.
    static Value question(Interpreter& interpreter, const std::string& name)
    {
        return interpreter.makeFunction(
            name, [name](Interpreter& inner, const Arguments& arguments) -> Evaluated {
                Arguments rest = arguments;
                if (!rest.positional.empty() && reachesDatabase(rest.positional.front()))
                    rest.positional.erase(rest.positional.begin());
                std::erase_if(rest.keywords,
                              [](const auto& pair) { return reachesDatabase(pair.second); });
                return askInspector(inner, name, rest);
            });
    }
};

} // namespace

Value makeBindDialect(Interpreter& interpreter)
{
    return Value(sessionOf(interpreter)->shared("dialect", [&]() -> Object* {
        return interpreter.make<DialectObject>();
    }));
}

} // namespace sightglass
