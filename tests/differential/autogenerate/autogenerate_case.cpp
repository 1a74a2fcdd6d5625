// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/autogenerate/autogenerate_case.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

namespace sightglass::tests {

namespace {

struct Section
{
    std::string_view word;
    std::string AutogenerateCase::*text;
};

constexpr std::array sections{Section{"models", &AutogenerateCase::models},
                              Section{"made", &AutogenerateCase::made},
                              Section{"database", &AutogenerateCase::database},
                              Section{"configure", &AutogenerateCase::configure},
                              Section{"env", &AutogenerateCase::env},
                              Section{"unsure", &AutogenerateCase::unsure},
                              Section{"apart", &AutogenerateCase::apart}};

} // namespace

std::vector<AutogenerateCase> autogenerateCases(std::string_view text, const std::string& file)
{
    std::vector<AutogenerateCase> cases;
    std::string* into = nullptr;
    std::istringstream stream{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.starts_with("=== ")) {
            cases.emplace_back();
            cases.back().name = line.substr(4);
            cases.back().place = file + ":" + std::to_string(number);
            into = nullptr;
        } else if (line.starts_with("--- ") && !cases.empty()) {
            const std::size_t blank = std::min(line.find(' ', 4), line.size());
            const std::string word = line.substr(4, blank - 4);
            const auto* const section = std::ranges::find(sections, word, &Section::word);
            if (section == sections.end())
                std::abort(); // a word that no case can mean
            into = &(cases.back().*(section->text));
            if (blank < line.size())
                *into = line.substr(blank + 1);
        } else if (into != nullptr) {
            *into += line + "\n";
        }
    }
    for (AutogenerateCase& each : cases) {
        for (std::string* one : {&each.unsure, &each.apart, &each.configure}) {
            while (!one->empty() && one->back() == '\n')
                one->pop_back();
        }
    }
    return cases;
}

} // namespace sightglass::tests
