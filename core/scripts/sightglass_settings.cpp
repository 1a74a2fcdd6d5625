// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/sightglass_settings.h"

#include <toml++/toml.h>

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

Result<SightglassSettings> settingsOf(const toml::table& document, const Path& file)
{
    SightglassSettings settings;
    settings.file = file;
    const toml::node* types = document.get("types");
    if (types == nullptr)
        return settings;
    if (!types->is_table())
        return failure(malformed("[types] is no table.", file, types->source().begin));
    for (const auto& [key, value] : *types->as_table()) {
        const auto* text = value.as_string();
        if (text == nullptr) {
            return failure(malformed("The type of " + std::string(key.str()) + " is no text.",
                                     file,
                                     value.source().begin));
        }
        settings.types.emplace(std::string(key.str()), text->get());
    }
    return settings;
}

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
        return settingsOf(toml::parse(*text), file);
    } catch (const toml::parse_error& error) {
        return failure(
            malformed("sightglass.toml is no TOML: " + std::string(error.description()) + ".",
                      file,
                      error.source().begin));
    }
}

} // namespace sightglass
