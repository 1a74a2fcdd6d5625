// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/followed_filters.h"

#include "core/models/model_reader.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace sightglass {

namespace {

/// What autogenerate hands to include_object, as far as it is known.
class FilterItem final : public Object
{
public:
    FilterItem(const FilteredObject& object, bool isTable)
        : m_object(object)
        , m_isTable(isTable)
    {}

    std::string typeName() const override { return m_isTable ? "Table" : "SchemaItem"; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        const std::string& own = m_isTable ? tableName() : m_object.name;
        const std::string& schema = m_object.schema;
        if (name == "name" || (name == "key" && !m_isTable))
            return own.empty() ? Value() : Value(own);
        if (name == "schema" && m_isTable)
            return schema.empty() ? Value() : Value(schema);
        if ((name == "fullname" || name == "key") && m_isTable)
            return Value(schema.empty() ? own : schema + "." + own);
        // What a database shows has no notes of the application.
        if (name == "info" && m_object.reflected)
            return interpreter.makeDictionary({});
        if (name == "table" && !m_isTable)
            return Value(static_cast<Object*>(interpreter.make<FilterItem>(m_object, true)));
        return Value(Unknown{"env.py asks for " + std::string(name) + " of what it filters"});
    }

private:
    const std::string& tableName() const
    {
        return m_object.kind == "table" ? m_object.name : m_object.table;
    }

    FilteredObject m_object;
    bool m_isTable;
};

class FollowedFilters final : public EnvironmentFilters
{
public:
    FollowedFilters(MemoryFileSystem files,
                    Project project,
                    TypeMap types,
                    std::vector<EnvironmentFilter> filters)
        : m_files(std::move(files))
        , m_project(std::move(project))
        , m_types(std::move(types))
        , m_filters(std::move(filters))
    {}

    Known<bool> keepsObject(const FilteredObject& object) const override
    {
        return ask("include_object", [&object](Interpreter& interpreter) {
            Arguments given;
            Object* item = interpreter.make<FilterItem>(object, object.kind == "table");
            FilteredObject other = object;
            other.reflected = !object.reflected;
            Object* compared = object.hasOther
                                   ? interpreter.make<FilterItem>(other, object.kind == "table")
                                   : nullptr;
            given.positional = {Value(item),
                                object.name.empty() ? Value() : Value(object.name),
                                Value(object.kind),
                                Value(object.reflected),
                                compared != nullptr ? Value(compared) : Value()};
            return given;
        });
    }

    Known<bool> keepsName(const FilteredObject& object) const override
    {
        return ask("include_name", [&object](Interpreter& interpreter) {
            const auto textOrNone = [](const std::string& text) {
                return text.empty() ? Value() : Value(text);
            };
            std::vector<std::pair<Value, Value>> parents;
            if (object.kind != "schema") {
                const std::string& table = object.kind == "table" ? object.name : object.table;
                parents.emplace_back(Value("schema_name"), textOrNone(object.schema));
                if (object.kind != "table")
                    parents.emplace_back(Value("table_name"), Value(table));
                parents.emplace_back(
                    Value("schema_qualified_table_name"),
                    Value(object.schema.empty() ? table : object.schema + "." + table));
            }
            Arguments given;
            given.positional = {textOrNone(object.name),
                                Value(object.kind),
                                interpreter.makeDictionary(std::move(parents))};
            return given;
        });
    }

private:
    template <typename Given>
    Known<bool> ask(std::string_view keyword, const Given& given) const
    {
        const std::lock_guard lock(m_mutex);
        const auto one = std::ranges::find(m_filters, keyword, &EnvironmentFilter::keyword);
        if (one == m_filters.end())
            return true;
        if (m_reader == nullptr) {
            m_reader = std::make_unique<ModelReader>(m_files, m_project, m_types, m_run);
            static_cast<void>(m_reader->read());
        }
        const auto function = m_reader->filter(*one);
        if (!function)
            return Unknown{one->function + " can't be followed"};
        Interpreter& interpreter = m_reader->interpreter();
        const Evaluated answer = interpreter.call(*function, given(interpreter));
        if (!answer)
            return Unknown{one->function + " stops: " + answer.error().message};
        return interpreter.truthOf(*answer);
    }

    MemoryFileSystem m_files;
    Project m_project;
    TypeMap m_types;
    RunContext m_run;
    std::vector<EnvironmentFilter> m_filters;
    mutable std::mutex m_mutex;
    mutable std::unique_ptr<ModelReader> m_reader;
};

} // namespace

std::shared_ptr<const EnvironmentFilters> followedFilters(const FileSystem& files,
                                                          const Project& project,
                                                          const TypeMap& types,
                                                          const ModelsReading& reading)
{
    MemoryFileSystem kept;
    std::vector<Path> paths = reading.files;
    paths.push_back(project.config);
    for (const Path& path : paths) {
        if (auto text = files.read(path); text && !path.empty())
            kept.put(path, std::move(*text));
    }
    return std::make_shared<const FollowedFilters>(
        std::move(kept), project, types, reading.autogenerate.filters);
}

} // namespace sightglass
