// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/sightglass_settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

Error malformed(std::string message, const Path& file, const toml::source_position& place)
{
    return {.code = ErrorCode::Malformed,
            .message = std::move(message),
            .nextStep = "Mend that line of sightglass.toml.",
            .file = file.string(),
            .line = static_cast<int>(place.line)};
}

/// Reads the settings of one document; the first mistake ends it.
class SettingsReader
{
public:
    explicit SettingsReader(const Path& file)
        : m_file(file)
    {
        m_settings.file = file;
    }

    Result<SightglassSettings> read(const toml::table& document)
    {
        if (const toml::table* types = table(document, "types"))
            readTexts(*types, "type", m_settings.types);
        if (const toml::table* review = table(document, "review"))
            readReview(*review);
        if (const toml::table* environment = table(document, "environment"))
            readEnvironment(*environment);
        if (m_error)
            return failure(*m_error);
        return std::move(m_settings);
    }

private:
    void fail(std::string message, const toml::node& node)
    {
        if (!m_error)
            m_error = malformed(std::move(message), m_file, node.source().begin);
    }

    const toml::table* table(const toml::table& in, std::string_view key)
    {
        const toml::node* const node = in.get(key);
        if (node != nullptr && !node->is_table())
            fail("[" + std::string(key) + "] is no table.", *node);
        return node == nullptr ? nullptr : node->as_table();
    }

    void readTexts(const toml::table& from,
                   const std::string& what,
                   std::map<std::string, std::string, std::less<>>& into)
    {
        for (const auto& [key, value] : from) {
            const auto* const text = value.as_string();
            if (text == nullptr)
                fail("The " + what + " of " + std::string(key.str()) + " is no text.", value);
            else
                into.emplace(std::string(key.str()), text->get());
        }
    }

    void readList(const toml::table& from, std::string_view key, std::vector<std::string>& into)
    {
        const toml::node* const node = from.get(key);
        if (node == nullptr)
            return;
        const toml::array* const list = node->as_array();
        if (list == nullptr) {
            fail(std::string(key) + " is no list of texts.", *node);
            return;
        }
        for (const toml::node& each : *list) {
            if (const auto* const text = each.as_string())
                into.push_back(text->get());
            else
                fail(std::string(key) + " holds something that is no text.", each);
        }
    }

    void readEnvironment(const toml::table& from)
    {
        for (const auto& [key, value] : from) {
            constexpr std::array known{
                "development", "test", "staging", "production", "ephemeral", "unknown"};
            if (std::ranges::find(known, key.str()) == known.end()) {
                fail("[environment] has no word " + std::string(key.str()) + ".", value);
                continue;
            }
            std::vector<std::string> patterns;
            readList(from, key.str(), patterns);
            for (std::string& each : patterns)
                m_settings.environment.emplace_back(std::move(each), std::string(key.str()));
        }
        // A table of TOML has no order: what is more dangerous is asked first.
        const auto rank = [](const auto& entry) {
            return entry.second == "production" ? 0
                   : entry.second == "unknown"  ? 1
                   : entry.second == "staging"  ? 2
                                                : 3;
        };
        std::ranges::stable_sort(m_settings.environment, {}, rank);
    }

    void readReview(const toml::table& from)
    {
        ReviewSettings& review = m_settings.review;
        readList(from, "enable", review.enable);
        readList(from, "disable", review.disable);
        readList(from, "protected_tables", review.protectedTables);
        readList(from, "unmanaged_tables", review.unmanagedTables);
        if (const toml::table* severity = table(from, "severity"))
            readTexts(*severity, "severity", review.severity);
        if (const toml::node* version = from.get("alembic_version")) {
            if (const auto* const text = version->as_string())
                review.alembicVersion = text->get();
            else
                fail("alembic_version is no text.", *version);
        }
        if (const toml::node* version = from.get("server_version")) {
            if (const auto* const number = version->as_integer())
                review.serverVersion = static_cast<int>(number->get());
            else
                fail("server_version is no number.", *version);
        }
        for (const auto& [key, value] : from) {
            constexpr std::array known{"enable",
                                       "disable",
                                       "protected_tables",
                                       "unmanaged_tables",
                                       "severity",
                                       "alembic_version",
                                       "server_version"};
            if (std::ranges::find(known, key.str()) == known.end())
                fail("[review] has no setting " + std::string(key.str()) + ".", value);
        }
    }

    const Path& m_file;
    SightglassSettings m_settings;
    std::optional<Error> m_error;
};

} // namespace

Result<SightglassSettings> readSightglassSettings(const FileSystem& files, const Path& root)
{
    const Path file = root / "sightglass.toml";
    if (!files.isFile(file))
        return SightglassSettings();
    const auto text = files.read(file);
    if (!text)
        return failure(text.error());
    try {
        return SettingsReader(file).read(toml::parse(*text));
    } catch (const toml::parse_error& error) {
        return failure(
            malformed("sightglass.toml is no TOML: " + std::string(error.description()) + ".",
                      file,
                      error.source().begin));
    }
}

} // namespace sightglass
