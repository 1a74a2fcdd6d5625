// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// Models and a database that are not alike.
struct AutogenerateCase
{
    std::string name;
    std::string place;     ///< file:line
    std::string models;    ///< models.py after its imports
    std::string made;      ///< other models whose create_all makes the database
    std::string database;  ///< SQL that makes it, where `made` is empty
    std::string configure; ///< further arguments of context.configure()
    std::string env;       ///< lines of env.py before it
    std::string unsure; ///< words of every reason for which the forecast is not sure; empty: it is
    std::string apart;  ///< differs by design: why. Both sides are printed and have to differ
};

/// A line `=== name` begins a case; in it `--- models`, `--- made`, `--- database`, `--- configure`
/// and `--- env` begin its texts, `--- unsure WORDS` and `--- apart WORDS` say the rest.
std::vector<AutogenerateCase> autogenerateCases(std::string_view text, const std::string& file);

} // namespace sightglass::tests
