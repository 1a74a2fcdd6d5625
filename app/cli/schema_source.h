// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/inspect.h"
#include "core/history/history.h"
#include "core/schema/unread_parts.h"

#include <memory>
#include <optional>
#include <string>

namespace sightglass {

/// A schema that was asked for on the command line, and where it came from.
struct NamedSchema
{
    std::string source;   ///< "chain", "live", "models", "file:PATH"
    std::string revision; ///< of the chain: the ids; else empty
    ReplayedSchema schema;
    UnreadParts unread; ///< of the live one: what `schema` lacks because it was not read
    std::shared_ptr<const RevisionGraph> graph; ///< of the chain; else null
};

/// Reads schemas by name: `chain`, `chain:REV`, `live`, `models`, `file:PATH`. What several of them
/// need is read once.
class SchemaSources
{
public:
    SchemaSources(const CommonOptions& common, CommandContext& context);

    /// Nothing when there is none to show: the error has been printed and `*status` is set.
    std::optional<NamedSchema> read(const std::string& name, ExitStatus* status);

    /// What the chain was read from; null before `read` gave one of it.
    const Inspection* chainInspection() const { return m_inspection ? &*m_inspection : nullptr; }

private:
    const Inspection* inspection(ExitStatus* status);
    std::optional<NamedSchema> chain(const std::string& revision, ExitStatus* status);
    std::optional<NamedSchema> models(ExitStatus* status);
    std::optional<NamedSchema> live(ExitStatus* status);
    std::optional<NamedSchema> file(const std::string& path, ExitStatus* status);
    std::optional<NamedSchema> refuse(const Error& error, ExitStatus* status);

    const CommonOptions& m_common;
    CommandContext& m_context;
    std::optional<Inspection> m_inspection;
};

} // namespace sightglass
