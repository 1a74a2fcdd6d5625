// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a program: it ends within its limits and nothing crashes.
#include "core/evaluation/interpreter.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace sightglass;

namespace {

class NoModules final : public ModuleSource
{
public:
    const SourceModule* find(std::string_view) override { return nullptr; }

    std::optional<std::string> readFile(const Path&) override { return std::nullopt; }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto tree = SyntaxTree::parse(std::string(reinterpret_cast<const char*>(data), size));
    if (!tree)
        return 0;
    const SourceModule module{
        .file = "x.py", .path = "/p/x.py", .isPackage = false, .tree = std::move(*tree)};
    NoModules modules;
    Interpreter interpreter(
        modules, {}, {.steps = 5'000, .depth = 40, .textBytes = std::size_t{1} << 16U});
    (void)interpreter.runModule(module);
    return 0;
}
