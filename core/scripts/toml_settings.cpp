// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/toml_settings.h"

#include <toml++/toml.h>

namespace sightglass {

namespace {

Error malformed(std::string message, std::string nextStep, const std::string& file, int line)
{
    return {.code = ErrorCode::Malformed,
            .message = std::move(message),
            .nextStep = std::move(nextStep),
            .file = file,
            .line = line};
}

int lineOf(const toml::node& node)
{
    return static_cast<int>(node.source().begin.line);
}

/// text % {"here": here}; empty for any other use of a percent sign.
std::optional<std::string> formatted(std::string_view text, const std::string& here)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
        } else if (text.substr(at).starts_with("%%")) {
            out += '%';
            ++at;
        } else if (text.substr(at).starts_with("%(here)s")) {
            out += here;
            at += 7;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

class Reader
{
public:
    Reader(std::string file, std::string here)
        : m_file(std::move(file))
        , m_here(std::move(here))
    {}

    Result<std::optional<TomlSettings>> read(const toml::table& document) const
    {
        const toml::node* node = document.at_path("tool.alembic").node();
        if (node == nullptr)
            return std::optional<TomlSettings>();
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            return failure(malformed("[tool.alembic] is no table (Incorrect TOML format).",
                                     "Write it as a table.",
                                     m_file,
                                     lineOf(*node)));
        }
        TomlSettings settings;
        for (const auto& [key, value] : *table) {
            auto setting = readValue(value);
            if (!setting)
                return failure(setting.error());
            if (*setting)
                settings.emplace(std::string(key.str()), std::move(**setting));
        }
        return std::optional(std::move(settings));
    }

private:
    Result<std::optional<TomlSetting>> readValue(const toml::node& node) const
    {
        if (const auto* flag = node.as_boolean())
            return std::optional(TomlSetting{.value = flag->get(), .line = lineOf(node)});
        if (const auto* text = node.as_string()) {
            auto value = format(text->get(), node);
            if (!value)
                return failure(value.error());
            return std::optional(TomlSetting{.value = std::move(*value), .line = lineOf(node)});
        }
        const auto* array = node.as_array();
        if (array == nullptr)
            return std::optional<TomlSetting>(); // numbers and tables are of no concern here
        std::vector<std::string> items;
        for (const toml::node& item : *array) {
            const auto* text = item.as_string();
            if (text == nullptr)
                continue;
            auto value = format(text->get(), item);
            if (!value)
                return failure(value.error());
            items.push_back(std::move(*value));
        }
        return std::optional(TomlSetting{.value = std::move(items), .line = lineOf(node)});
    }

    Result<std::string> format(const std::string& text, const toml::node& node) const
    {
        auto value = formatted(text, m_here);
        if (!value) {
            return failure(malformed(
                "A value of [tool.alembic] has a percent sign that is neither %% nor %(here)s.",
                "Write %% for a percent sign.",
                m_file,
                lineOf(node)));
        }
        return std::move(*value);
    }

    std::string m_file;
    std::string m_here;
};

} // namespace

Result<std::optional<TomlSettings>>
readTomlSettings(std::string_view text, const std::string& file, const std::string& here)
{
    try {
        return Reader(file, here).read(toml::parse(text, file));
    } catch (const toml::parse_error& problem) {
        return failure(
            malformed("The file is no valid TOML: " + printable(problem.description()) + ".",
                      "Mend that line.",
                      file,
                      static_cast<int>(problem.source().begin.line)));
    }
}

} // namespace sightglass
