// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/schema_shape.h"

#include "core/base/blake2b.h"
#include "core/base/error.h"
#include "core/differences/object_lines.h"

namespace sightglass {

namespace {

constexpr std::size_t shapeBytes = 8;
constexpr std::size_t fingerprintBytes = 16;

using Shapes = std::map<std::string, std::string>;

std::string hashOf(const std::vector<ObjectLine>& lines)
{
    std::string text;
    for (const ObjectLine& line : lines) {
        text += std::string(line.kind) + '\0' + line.part + '\0' + line.definition;
        text += '\0';
    }
    return hexDigits(blake2b(text, shapeBytes));
}

template <typename Objects>
void add(Shapes& shapes, const char* kind, const Objects& objects)
{
    for (const auto& [name, object] : objects) {
        if (object->extension.empty())
            shapes[std::string(kind) + " " + toText(name)] = hashOf(linesOf(*object));
    }
}

} // namespace

Shapes shapesOf(const Schema& schema)
{
    Shapes shapes;
    add(shapes, "table", schema.tables);
    add(shapes, "view", schema.views);
    add(shapes, "enum", schema.enums);
    add(shapes, "domain", schema.domains);
    add(shapes, "sequence", schema.sequences);
    for (const auto& [key, function] : schema.functions) {
        if (function->extension.empty())
            shapes["function " + toText(key.first) + "(" + key.second + ")"] =
                hashOf(linesOf(*function));
    }
    return shapes;
}

std::string fingerprintOf(const Shapes& shapes)
{
    std::string text;
    for (const auto& [name, shape] : shapes)
        text += name + " " + shape + "\n";
    return hexDigits(blake2b(text, fingerprintBytes));
}

std::vector<std::string>
shapeDifferences(const Shapes& wanted, const Shapes& found, std::size_t limit)
{
    std::vector<std::string> sentences;
    for (const auto& [name, shape] : wanted) {
        const auto there = found.find(name);
        if (there == found.end())
            sentences.push_back("The " + printable(name) + " is missing.");
        else if (there->second != shape)
            sentences.push_back("The " + printable(name) + " is another one than was backed up.");
    }
    for (const auto& [name, shape] : found) {
        if (!wanted.contains(name))
            sentences.push_back("The " + printable(name) + " was not backed up.");
    }
    if (sentences.size() > limit) {
        const std::size_t more = sentences.size() - limit;
        sentences.resize(limit);
        sentences.push_back("So it is with " + std::to_string(more) + " more.");
    }
    return sentences;
}

} // namespace sightglass
