// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/file_naming.h"

#include "core/scripts/settings.h"

#include <charconv>

namespace sightglass {

Result<FileNaming> fileNamingOf(const FileSystem& files, const Project& project)
{
    FileNaming naming;
    if (project.config.empty())
        return naming;
    const bool isToml = project.config.extension() == ".toml";
    const Path toml = isToml ? project.config : project.root / "pyproject.toml";
    const auto settings = Settings::read(files,
                                         isToml ? Path() : project.config,
                                         files.isFile(toml) ? toml : Path(),
                                         project.section);
    if (!settings)
        return failure(settings.error());
    const auto form = settings->option("file_template");
    if (!form)
        return failure(form.error());
    if (*form && !(*form)->text.empty())
        naming.form = (*form)->text;
    const auto length = settings->option("truncate_slug_length");
    if (!length)
        return failure(length.error());
    if (*length) {
        const std::string& text = (*length)->text;
        std::size_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec == std::errc() && read.ptr == text.data() + text.size())
            naming.slugLength = number;
    }
    return naming;
}

} // namespace sightglass
