// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <utility>

namespace sightglass {

namespace {

constexpr std::array<std::pair<std::string_view, BottomTab>, 6> tabs{
    {{"problems", BottomTab::Problems},
     {"diagnosis", BottomTab::Diagnosis},
     {"log", BottomTab::Log},
     {"tables", BottomTab::Tables},
     {"schema", BottomTab::Schema},
     {"compare", BottomTab::Compare}}};

constexpr std::array<std::pair<std::string_view, InspectorPanel::Page>, 6> pages{
    {{"overview", InspectorPanel::Page::Overview},
     {"operations", InspectorPanel::Page::Operations},
     {"source", InspectorPanel::Page::Source},
     {"sql", InspectorPanel::Page::Sql},
     {"schema", InspectorPanel::Page::Schema},
     {"findings", InspectorPanel::Page::Findings}}};

template <typename Table>
std::vector<std::string> wordsOf(const Table& table)
{
    std::vector<std::string> words;
    for (const auto& [word, value] : table)
        words.emplace_back(word);
    return words;
}

/// What a word of `table` stands for; nothing for an empty word.
template <typename Table>
auto valueOf(const Table& table, std::string_view wanted)
    -> std::optional<typename Table::value_type::second_type>
{
    for (const auto& [word, value] : table) {
        if (word == wanted)
            return value;
    }
    return std::nullopt;
}

/// "1440x900"; false when it is not such a text.
bool readSize(const std::string& text, WindowOptions& options)
{
    const std::size_t cross = text.find('x');
    if (cross == std::string::npos)
        return false;
    const auto number = [](std::string_view part, int& value) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        return error == std::errc() && end == part.data() + part.size() && value >= 200 &&
               value <= 16'000;
    };
    return number(std::string_view(text).substr(0, cross), options.width) &&
           number(std::string_view(text).substr(cross + 1), options.height);
}

/// Options whose words are translated after parsing.
struct Words
{
    std::string size;
    std::string theme;
    std::string tab;
    std::string page;
};

void declare(CLI::App& app, WindowOptions& options, Words& words)
{
    app.add_option("PROJECT",
                   options.project,
                   "Folder of an Alembic project, an alembic.ini, or a folder of revision files");
    app.add_option("--dsn", options.dsn, "Database: libpq URI, keyword string or SQLAlchemy URL");
    app.add_option("-n,--name", options.section, "Section of alembic.ini, as Alembic's -n");
    app.add_option("--demo", options.demo, "Open a demo incident with its own private PostgreSQL");
    app.add_option("--review-since",
                   options.reviewSince,
                   "Review what the branch adds since it parted from a branch, tag or commit");
    app.add_option("--theme", words.theme, "light or dark")
        ->check(CLI::IsMember({"light", "dark", "system"}));
    app.add_option("--size", words.size, "Size of the window, as 1440x900");
    app.add_option(
        "--screenshot", options.screenshot, "Write a picture of the window (PNG) and exit");
    app.add_option("--report", options.report, "Write the report (Markdown) and exit");
    app.add_option("--select", options.select, "Select a revision: id, head, …");
    app.add_option("--tab", words.tab, "Tab at the bottom: problems, diagnosis, log, …")
        ->check(CLI::IsMember(wordsOf(tabs)));
    app.add_option("--page", words.page, "Page of the inspector: overview, operations, source, …")
        ->check(CLI::IsMember(wordsOf(pages)));
    app.set_version_flag("--version", std::string("sightglass ") + SIGHTGLASS_VERSION);
}

std::string oneLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

std::variant<WindowOptions, PrintAndLeave> parseWindowOptions(std::vector<std::string> arguments)
{
    WindowOptions options;
    Words words;
    CLI::App app("Sightglass: see the chain of Alembic migrations, and where the database is.",
                 "sightglass");
    declare(app, options, words);
    std::reverse(arguments.begin(), arguments.end());
    // CLI11 speaks through exceptions; they end here.
    try {
        app.parse(arguments);
    } catch (const CLI::Success& wish) {
        std::ostringstream text;
        app.exit(wish, text, text);
        return PrintAndLeave{.text = text.str(), .status = 0};
    } catch (const CLI::Error& problem) {
        return PrintAndLeave{.text = "sightglass: " + oneLine(problem.what()) +
                                     ". See sightglass --help.\n",
                             .status = 2};
    }
    if (!words.size.empty() && !readSize(words.size, options))
        return PrintAndLeave{.text = "sightglass: --size " + words.size +
                                     " is not a size. Write it as 1440x900.\n",
                             .status = 2};
    if (!words.theme.empty())
        options.theme = words.theme == "light"
                            ? ThemeChoice::Light
                            : (words.theme == "dark" ? ThemeChoice::Dark : ThemeChoice::System);
    options.tab = valueOf(tabs, words.tab);
    options.page = valueOf(pages, words.page);
    return options;
}

} // namespace sightglass
