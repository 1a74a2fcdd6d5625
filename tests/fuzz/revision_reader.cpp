// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a revision file: its functions are read within their limits against a schema, its
// operations are replayed and rendered, and nothing crashes.
#include "core/history/replay_target.h"
#include "core/render/render.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sightglass;

namespace {

class NoModules final : public ModuleSource
{
public:
    const SourceModule* find(std::string_view) override { return nullptr; }

    std::optional<std::string> readFile(const Path&) override { return std::nullopt; }
};

void read(const SourceModule& module, Direction direction, Replay& database)
{
    Surroundings surroundings;
    surroundings.limits = {.steps = 5'000, .depth = 40, .textBytes = std::size_t{1} << 16U};
    NoModules modules;
    ReplayTarget target(database);
    const RevisionReading reading = readRevision(module, direction, surroundings, target, modules);
    for (const Operation& operation : reading.operations) {
        if (summaryOf(operation.change).empty())
            std::abort();
        (void)objectOf(operation.change);
        (void)toSql(operation.change);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto tree = SyntaxTree::parse(std::string(reinterpret_cast<const char*>(data), size));
    if (!tree)
        return 0;
    const SourceModule module{
        .file = "x.py", .path = "/p/x.py", .isPackage = false, .tree = std::move(*tree)};
    Replay database;
    read(module, Direction::Upgrade, database);
    read(module, Direction::Downgrade, database);
    return 0;
}
