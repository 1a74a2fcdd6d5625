// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Modules that exist only as text.
class TextModules final : public ModuleSource
{
public:
    void put(const std::string& dotted, std::string text, bool isPackage = false);
    const SourceModule* find(std::string_view dotted) override;
    std::optional<std::string> readFile(const Path& path) override;

    std::map<std::string, std::string> files;

private:
    std::map<std::string, std::unique_ptr<SourceModule>, std::less<>> m_modules;
};

/// What a program did, as text: a line for each call of note(…), with conditions and how it ended.
///
///     note 'x' | if not ready          under a condition; "else:" in an alternative
///     unknown helpers.run | why        an unknown call was reported
///     raises ValueError: text          an exception left it
std::string outcomeOf(const std::string& program,
                      TextModules& modules,
                      const InterpreterLimits& limits = {},
                      std::stop_token stop = {});
std::string outcomeOf(const std::string& program);

/// note(…) of an expression after a program's statements.
std::string valueOf(const std::string& expression, const std::string& before = {});

} // namespace sightglass
