// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/postgres/states/renamed_demo.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

namespace sightglass::tests {

namespace {

namespace fs = std::filesystem;

/// Parts of names that PostgreSQL and conventions add, and words of Python, SQL and Alembic.
const std::set<std::string>& wordsThatStay()
{
    static const std::set<std::string> words = [] {
        std::istringstream stream(
            "pkey key fkey idx seq check ix uq fk pk ck id name type text date time timestamp "
            "value data index table column schema default unique order user role level action "
            "content start end year month day hour minute second position metadata config url "
            "path json array enum at by of on in is to not null true false public alembic version "
            "num base app main db sql models and or as if for from with where set all any new old "
            "count sum max min now language comment sequence session state password method "
            "source target server option options owner view trigger function domain label "
            "read write update delete insert select create drop alter add");
        return std::set<std::string>(std::istream_iterator<std::string>(stream), {});
    }();
    return words;
}

bool isWordCharacter(char each)
{
    return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_';
}

/// Calls `put` with each word of a text and with what lies between.
template <typename Word, typename Other>
void walk(const std::string& text, const Word& word, const Other& other)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        if (end > at)
            word(text.substr(at, end - at));
        else
            other(text[end++]);
        at = end;
    }
}

/// The same letters in another order of the alphabet; digits stay.
std::string turned(std::string word)
{
    for (char& each : word) {
        if (each >= 'a' && each <= 'z')
            each = static_cast<char>('a' + (each - 'a' + 13) % 26);
        else if (each >= 'A' && each <= 'Z')
            each = static_cast<char>('A' + (each - 'A' + 13) % 26);
    }
    return word;
}

/// A revision id of other digits, of the same kind.
std::string otherId(std::string id)
{
    for (char& each : id) {
        if (each >= '0' && each <= '9')
            each = static_cast<char>('0' + (each - '0' + 3) % 10);
        else if (each >= 'a' && each <= 'f')
            each = static_cast<char>('a' + (each - 'a' + 2) % 6);
    }
    return id;
}

std::string byParts(const std::string& name)
{
    std::string made;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('_', at), name.size());
        const std::string part = name.substr(at, end - at);
        made += (at == 0 ? "" : "_") + (wordsThatStay().contains(part) ? part : turned(part));
        at = end + 1;
    }
    return made;
}

std::string contentOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool isRevisionFile(const fs::path& path)
{
    return path.parent_path().filename() == "versions" && path.extension() == ".py";
}

/// The first line of a revision's docstring.
std::string withoutMessage(const std::string& text)
{
    static const std::regex message("^(\"\"\")[^\n\"]+", std::regex::ECMAScript);
    return std::regex_replace(
        text, message, "$1another message", std::regex_constants::format_first_only);
}

} // namespace

Renaming::Renaming(const Inspection& inspection, const std::string& folder)
{
    static const std::regex keyword(R"(\b([A-Za-z_]\w*)=[^=])");
    static const std::regex attribute(
        R"(\b(?:sa|op|postgresql|func|context|config|os|sys|self)\.([A-Za-z_]\w*))");
    static const std::regex word(R"([A-Za-z_]\w*)");
    for (const auto& each : fs::recursive_directory_iterator(folder)) {
        if (!each.is_regular_file() || each.path().extension() != ".py")
            continue;
        const std::string text = contentOf(each.path());
        const auto keep = [&](const std::regex& pattern, std::size_t group) {
            for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
                m_kept[(*at)[group].str()] = true;
        };
        keep(keyword, 1);
        keep(attribute, 1);
        if (each.path().filename() == "env.py")
            keep(word, 0);
    }
    addIds(inspection);
    if (inspection.live != nullptr)
        addSchema(inspection.live->schema);
    if (inspection.models != nullptr)
        addSchema(inspection.models->schema);
    const auto heads = inspection.graph->effectiveHeads();
    addSchema(inspection.history->at({heads.begin(), heads.end()}).schema);
}

void Renaming::addIds(const Inspection& inspection)
{
    const auto add = [this](const std::string& id) {
        std::string plain;
        walk(
            id, [&](const std::string& each) { plain = each; }, [](char) {});
        if (plain == id)
            m_names.emplace(id, otherId(id));
    };
    for (RevisionIndex index = 0; index < inspection.graph->size(); ++index) {
        const Revision& revision = inspection.graph->revision(index);
        add(revision.id);
        for (const RevisionReference& down : revision.down)
            add(down.id);
    }
    for (const std::string& row : inspection.diagnosis.versionRows)
        add(row);
}

void Renaming::addSchema(const Schema& schema)
{
    for (const auto& [name, table] : schema.tables) {
        addName(name.name);
        for (const Column& column : table->columns) {
            addName(column.name);
            addName(name.name + "_" + column.name + "_seq");
            addName(name.name + "_" + column.name + "_key");
            addName(name.name + "_" + column.name + "_fkey");
            addName("ix_" + name.name + "_" + column.name);
        }
        addName(name.name + "_pkey");
        for (const Index& index : table->indexes)
            addName(index.name);
        for (const KeyConstraint& unique : table->uniques)
            addName(unique.name);
        for (const ForeignKey& key : table->foreignKeys)
            addName(key.name);
        for (const CheckConstraint& check : table->checks)
            addName(check.name);
    }
    for (const auto& [name, each] : schema.enums)
        addName(name.name);
    for (const auto& [name, each] : schema.sequences)
        addName(name.name);
}

void Renaming::addName(const std::string& name)
{
    const bool stays = m_kept.contains(name) || name.starts_with("alembic_version");
    const std::string made = stays ? name : byParts(name);
    if (made != name)
        m_names.emplace(name, made);
}

std::string Renaming::renamed(const std::string& text) const
{
    std::string made;
    walk(
        text,
        [&](const std::string& word) {
            const auto found = m_names.find(word);
            made += found == m_names.end() ? word : found->second;
        },
        [&](char other) { made += other; });
    return made;
}

std::string Renaming::withoutNames(const std::string& text) const
{
    std::set<std::string> all;
    for (const auto& [before, after] : m_names) {
        all.insert(before);
        all.insert(after);
    }
    std::string made;
    walk(
        text,
        [&](const std::string& word) { made += all.contains(word) ? "#" : word; },
        [&](char other) { made += other; });
    // Lists name the first of many, and files are named after messages.
    static const std::regex list(R"((?:\b\w+\.)?#(?:, (?:\w+\.)?[#\w.]+)*)");
    static const std::regex file(R"([\w#./-]+\.py\b)");
    return std::regex_replace(std::regex_replace(made, file, "FILE"), list, "#");
}

std::string Renaming::fileName(const std::string& name) const
{
    std::string stem = name.substr(0, name.rfind('.'));
    std::string made;
    for (std::size_t at = 0; at <= stem.size();) {
        const std::size_t end = std::min(stem.find('_', at), stem.size());
        const std::string part = stem.substr(at, end - at);
        const std::string other = renamed(part);
        const bool digits = std::ranges::all_of(
            part, [](unsigned char each) { return std::isdigit(each) != 0 || each == '-'; });
        made += (at == 0 ? "" : "_") + (other != part || digits ? other : turned(part));
        at = end + 1;
    }
    // An id that holds underscores of its own.
    if (const auto whole = m_names.find(stem); whole != m_names.end())
        made = whole->second;
    return made + name.substr(name.rfind('.'));
}

void Renaming::writeProject(const std::string& folder, const std::string& into) const
{
    for (const auto& each : fs::recursive_directory_iterator(folder)) {
        const fs::path place = fs::relative(each.path(), folder);
        if (each.is_directory()) {
            fs::create_directories(fs::path(into) / place);
            continue;
        }
        if (!each.is_regular_file() || each.path().extension() == ".pyc")
            continue;
        const bool revision = isRevisionFile(each.path());
        const fs::path to =
            fs::path(into) / place.parent_path() /
            (revision ? fileName(place.filename().string()) : place.filename().string());
        fs::create_directories(to.parent_path());
        std::string text = contentOf(each.path());
        if (each.path().filename() != "env.py")
            text = renamed(text);
        std::ofstream(to, std::ios::binary) << (revision ? withoutMessage(text) : text);
    }
}

} // namespace sightglass::tests
