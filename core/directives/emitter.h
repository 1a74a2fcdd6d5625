// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"
#include "core/operations/revision_reading.h"
#include "core/schema/schema.h"
#include "core/sqlalchemy/items.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Under what an operation stands. Taken when a directive is called; a batch block emits later.
struct Circumstances
{
    std::vector<Guard> guards;
    bool alternative = false;
    bool tolerated = false;
};

Circumstances circumstancesOf(const Interpreter& interpreter);

/// What is known of a directive's call besides its changes.
struct EmitDetails
{
    std::string directive; ///< as written: "create_table", "batch_op.add_column"
    SourceSpan span;
    /// Why what it does is not fully known, beyond the Unknown parts in the changes themselves
    /// (see unknownPartOf). Empty: it is.
    std::string reason;
    /// As they were at the call; absent: as they are now.
    std::optional<Circumstances> circumstances;
    /// SQL of each change that can't be rendered from the change (rows); empty, or as many as
    /// changes.
    std::vector<std::string> texts;
};

/// Takes what directives do, in the order in which the server would get it. A service of the
/// interpreter; implemented beside the revision reader.
class Emitter : public DdlRunner
{
public:
    /// Emits the changes of one call in order. An operation is opaque when `details.reason` is
    /// given or a part of its change is Unknown; else conditional when it is guarded; else
    /// resolved. Raises what the revision's own try would see.
    virtual std::optional<Raised>
    emit(Interpreter& interpreter, std::vector<Change> changes, EmitDetails details) = 0;

    /// The same with one change::Opaque.
    virtual std::optional<Raised>
    emitOpaque(Interpreter& interpreter, change::Opaque opaque, EmitDetails details) = 0;

    /// op.execute(…): `directive` is "execute" or "batch_op.execute".
    virtual Evaluated
    execute(Interpreter& interpreter, const Arguments& arguments, std::string directive) = 0;

    virtual Value bind(Interpreter& interpreter) = 0;             ///< op.get_bind()
    virtual Value migrationContext(Interpreter& interpreter) = 0; ///< op.get_context()

    /// Names that target_metadata of the environment gives.
    virtual const NamingConvention& convention() const = 0;
    virtual bool offline() const = 0;

    /// Notes what no operation of the call will show.
    virtual void remark(RevisionReading::Remark remark) = 0;

    /// The schema at this moment, for reflection; raises with `stopsReading` when it is not at
    /// hand. Marks the reading as one that asked.
    virtual Outcome<const Schema*, Raised> schema(Interpreter& interpreter) = 0;
    virtual const std::vector<std::string>& searchPath() const = 0;
    /// Why an answer about the table is not sure; empty: it is.
    virtual std::string doubtAbout(const QualifiedName& table) const = 0;
    /// The same, of whether `table` is there at all.
    virtual std::string existenceDoubt(const QualifiedName& table) const = 0;

    bool checksFirst() const override { return !offline(); }

    Outcome<Known<bool>, Raised> hasTable(Interpreter& interpreter,
                                          const QualifiedName& name) override;
};

/// Reads what SQLAlchemy carries as text: keys of indexes and exclusion constraints
/// ("lower(a) DESC"). For whoever takes changes in, before anything looks at them.
void settle(Change& change);

/// Why a part of the change that decides the schema is not known; empty when all are.
std::string unknownPartOf(const Change& change);

} // namespace sightglass
