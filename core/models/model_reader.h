// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/native_modules.h"
#include "core/models/environment_context.h"
#include "core/models/model_source.h"
#include "core/models/models.h"
#include "core/sqlalchemy/declarative.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// Gathers what create_all of a MetaData sends to an empty database.
class CreatedTables final : public DdlRunner
{
public:
    std::optional<Raised>
    run(Interpreter&, std::vector<Change> changes, std::string, SourceSpan) override
    {
        for (Change& each : changes)
            m_changes.push_back(std::move(each));
        return std::nullopt;
    }

    Outcome<Known<bool>, Raised> hasTable(Interpreter&, const QualifiedName&) override
    {
        return Known<bool>(false);
    }

    std::vector<Change> take() { return std::exchange(m_changes, {}); }

private:
    std::vector<Change> m_changes;
};

/// One reading of a project's models; see readModels.
class ModelReader
{
public:
    ModelReader(const FileSystem& files,
                const Project& project,
                const TypeMap& types,
                const RunContext& run);

    ModelsReading read();

    /// After read(): the function that env.py gives for a keyword of configure(). Absent: it can't
    /// be followed.
    std::optional<Value> filter(const EnvironmentFilter& one);

    Interpreter& interpreter() { return m_interpreter; }

private:
    InterpreterHooks hooks();
    Object* nativeModule(Interpreter& interpreter, std::string_view dotted);
    /// Runs the modules that were found, as far as they may make tables.
    void evaluate(const std::vector<std::string>& modules);
    void runModule(const std::string& dotted);
    /// What configure() got as target_metadata, or the name of `environment`.
    std::optional<Value> target(std::string_view environment);
    /// target(), as the command line calls env.py where the settings of a program are not known.
    std::optional<Value> target();
    std::vector<MetaDataItem*> metadataOf(const Value& value);
    /// Where env.py takes the metadata from an application.
    std::vector<MetaDataItem*> searched();
    /// The MetaData of all mapped classes, where there is just one.
    std::vector<MetaDataItem*> onlyMetadata();
    /// Runs modules of the project that env.py does not reach, for their tables of the MetaData.
    void widen(const std::vector<MetaDataItem*>& all);
    void takeConvention(const std::vector<std::string>& modules);
    void build(const std::vector<MetaDataItem*>& all);
    std::vector<Change> changesOf(MetaDataItem& metadata);
    void noteGaps(const std::vector<MetaDataItem*>& all);

    const FileSystem& m_files;
    const Project& m_project;
    const RunContext& m_run;
    ModelSource m_source;
    ModuleWalk m_walk;
    EnvironmentContext m_context;
    TypeSettings m_types;
    NativeModules m_natives;
    ModelRegistry m_registry;
    CreatedTables m_created;
    std::map<std::string, Object*, std::less<>> m_modules;
    Interpreter m_interpreter;
    ModelsReading m_reading;
};

} // namespace sightglass
