// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/batch_recreate.h"
#include "core/directives/connection.h"
#include "core/directives/directive_call.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What `with op.batch_alter_table(…)` gives: directives without table and schema, whose changes
/// wait for the block's end. An exception inside the block drops them.
class BatchOperations final : public Object, public DatabaseHandle
{
public:
    enum class Recreate
    {
        Auto,
        Never,
        Always
    };

    /// `copyFrom`: a table that stands for reflection, or None. `plain`: no option says
    /// how the table is to be copied. `renames`: a naming convention changes names that are there.
    BatchOperations(BatchTable table, Recreate recreate, Value copyFrom, bool plain, bool renames)
        : m_table(std::move(table))
        , m_recreate(recreate)
        , m_copyFrom(std::move(copyFrom))
        , m_plain(plain)
        , m_renames(renames)
    {}

    std::string typeName() const override { return "BatchOperations"; }

    std::vector<std::string> classNames() const override
    {
        return {"BatchOperations", "AbstractOperations"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated enter(Interpreter& interpreter) override;
    std::optional<Raised> exit(Interpreter& interpreter, const Raised* raised) override;

    Known<bool> truth(Interpreter&) override { return true; }

private:
    struct Queued
    {
        Lowered lowered;
        EmitDetails details;
    };

    Evaluated run(Interpreter& interpreter, const Directive& directive, const Arguments& arguments);
    std::optional<Raised> flush(Interpreter& interpreter, Emitter& emitter);
    /// The changes by which the table is made anew, or why they are not known.
    Outcome<Known<TableCopy>, Raised>
    copyOfTable(Interpreter& interpreter, Emitter& emitter, const std::vector<Queued>& queue);

    BatchTable m_table;
    Recreate m_recreate;
    Value m_copyFrom; ///< None: not given
    bool m_plain;
    bool m_renames;           ///< a naming convention that changes names of checks
    bool m_keyColumn = false; ///< a column is added with primary_key=True
    std::vector<Queued> m_queue;
};

/// op.batch_alter_table(…).
Evaluated makeBatch(Interpreter& interpreter, const Arguments& arguments);

} // namespace sightglass
