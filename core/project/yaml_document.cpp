// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/yaml_document.h"

#include <algorithm>
#include <yaml-cpp/yaml.h>

namespace sightglass {

namespace {

constexpr std::size_t mostNodes = 200'000;
constexpr int deepestNode = 60;

class Converter
{
public:
    explicit Converter(std::string_view text)
        : m_text(text)
    {}

    bool isTooLarge() const { return m_count > mostNodes; }

    YamlValue convert(const YAML::Node& node, int depth)
    {
        YamlValue made;
        made.line = node.Mark().line + 1;
        if (++m_count > mostNodes || depth > deepestNode)
            return made;
        if (node.IsScalar()) {
            made.kind = YamlValue::Kind::Text;
            made.text = node.Scalar();
            made.block = isBlock(node.Mark().pos);
        } else if (node.IsSequence()) {
            made.kind = YamlValue::Kind::List;
            for (const YAML::Node& each : node)
                made.items.push_back(convert(each, depth + 1));
        } else if (node.IsMap()) {
            made.kind = YamlValue::Kind::Map;
            addEntries(node, depth, made);
        }
        return made;
    }

private:
    void addEntries(const YAML::Node& node, int depth, YamlValue& made)
    {
        std::vector<YAML::Node> merged;
        for (const auto& entry : node) {
            const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
            if (key == "<<") {
                merged.push_back(entry.second);
                continue;
            }
            YamlValue value = convert(entry.second, depth + 1);
            // Of an empty value the key tells the line; so it does of what stands below it.
            if (value.kind == YamlValue::Kind::Null || value.isMap() || value.isList())
                value.line = entry.first.Mark().line + 1;
            made.entries.emplace_back(key, std::move(value));
        }
        for (const YAML::Node& each : merged)
            merge(each, depth, made);
    }

    void merge(const YAML::Node& from, int depth, YamlValue& made)
    {
        if (from.IsSequence()) {
            for (const YAML::Node& each : from)
                merge(each, depth + 1, made);
            return;
        }
        for (auto& [key, value] : convert(from, depth + 1).entries) {
            if (!made.has(key))
                made.entries.emplace_back(key, std::move(value));
        }
    }

    /// yaml-cpp marks a block scalar at its sign.
    bool isBlock(int position) const
    {
        const auto at = static_cast<std::size_t>(std::max(position, 0));
        return at < m_text.size() && (m_text[at] == '|' || m_text[at] == '>');
    }

    std::string_view m_text;
    std::size_t m_count = 0;
};

} // namespace

const YamlValue& YamlValue::operator[](std::string_view key) const
{
    static const YamlValue none;
    for (const auto& [name, value] : entries) {
        if (name == key)
            return value;
    }
    return none;
}

bool YamlValue::has(std::string_view key) const
{
    return std::ranges::any_of(entries, [key](const auto& entry) { return entry.first == key; });
}

std::vector<std::string> YamlValue::texts() const
{
    std::vector<std::string> made;
    if (isText())
        made.push_back(text);
    for (const YamlValue& each : items) {
        if (each.isText())
            made.push_back(each.text);
    }
    return made;
}

Result<std::vector<YamlValue>> readYaml(std::string_view text, const std::string& file)
{
    Converter converter(text);
    std::vector<YamlValue> made;
    try {
        for (const YAML::Node& document : YAML::LoadAll(std::string(text)))
            made.push_back(converter.convert(document, 0));
    } catch (const YAML::Exception& error) {
        return failure(Error{.code = ErrorCode::Malformed,
                             .message = "It is no YAML: " + error.msg + ".",
                             .nextStep = "Mend that line.",
                             .file = file,
                             .line = error.mark.line + 1});
    }
    if (converter.isTooLarge())
        return failure(Error{.code = ErrorCode::Unsupported,
                             .message = "It holds more values than are read.",
                             .nextStep = "",
                             .file = file});
    return made;
}

} // namespace sightglass
