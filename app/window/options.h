// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/main_window/workspace.h"
#include "ui/panels/inspector/inspector_panel.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sightglass {

/// What the command line of the window asks for.
struct WindowOptions
{
    std::string project;
    std::string dsn;
    std::string section;
    std::string demo;
    std::string reviewSince; ///< git reference; empty: no review
    std::optional<ThemeChoice> theme;
    int width = 0; ///< logical pixels; 0: as kept, or 1440 × 900
    int height = 0;
    std::string screenshot; ///< file to write; empty: a window for people
    std::string report;     ///< Markdown file to write beside it
    std::string select;     ///< revision to select, as Alembic resolves it
    std::optional<BottomTab> tab;
    std::optional<InspectorPanel::Page> page;

    bool isPictureRun() const { return !screenshot.empty() || !report.empty(); }
};

/// Text to print instead of opening a window, and the exit status.
struct PrintAndLeave
{
    std::string text;
    int status = 0; ///< 0: --help, --version; 2: the command line can't be understood
};

/// `arguments` without the program's name.
std::variant<WindowOptions, PrintAndLeave> parseWindowOptions(std::vector<std::string> arguments);

} // namespace sightglass
