// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/read_sources.h"

#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

const SourceModule* sourceNamed(Interpreter& interpreter, std::string_view file)
{
    const auto& programs = interpreter.evaluator().programs;
    const auto found = std::ranges::find_if(programs, [&](const auto& program) {
        return program.first != nullptr && program.first->file == file;
    });
    return found == programs.end() ? nullptr : found->first;
}

} // namespace sightglass
