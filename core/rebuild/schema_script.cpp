// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/schema_script.h"

#include "core/rebuild/script_maker.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string bodyBetween(const Schema& before,
                        const Schema& after,
                        const FunctionTexts& functions,
                        std::vector<std::string>& notes)
{
    BodyWriter writer;
    const Schema renamed = writeRenames(before, after, writer);
    ScriptScene scene{
        .from = renamed, .to = after, .functions = functions, .writer = writer, .notes = notes};
    dropTriggers(scene);
    dropViews(scene);
    dropTableParts(scene);
    createNamespaces(scene);
    dropTables(scene);
    createTypes(scene);
    createSequences(scene);
    createFunctions(scene, true);
    LateKeys late = createTables(scene);
    changeTables(scene, late);
    for (const auto& [table, key] : late)
        addConstraint(table, key, writer);
    ownSequences(scene);
    createFunctions(scene, false);
    createViews(scene);
    createTriggers(scene);
    dropFunctions(scene);
    dropSequences(scene);
    dropTypes(scene);
    dropNamespaces(scene);
    return writer.text();
}

} // namespace

void ScriptScene::note(const std::string& sentence)
{
    if (std::ranges::find(notes, sentence) == notes.end())
        notes.push_back(sentence);
}

bool mentions(const std::string& text, const std::string& name)
{
    const auto isWord = [](char each) {
        return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_' || each == '$';
    };
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end])))
            return true;
    }
    return false;
}

SchemaScript scriptBetween(const ScriptEnd& before, const ScriptEnd& after)
{
    SchemaScript script;
    script.upgrade = bodyBetween(before.schema, after.schema, after.functions, script.notes);
    script.downgrade = bodyBetween(after.schema, before.schema, before.functions, script.notes);
    return script;
}

std::string importsOf(const SchemaScript& script)
{
    const bool needsDialect = script.upgrade.find("postgresql.") != std::string::npos ||
                              script.downgrade.find("postgresql.") != std::string::npos;
    return needsDialect ? "from sqlalchemy.dialects import postgresql" : "";
}

} // namespace sightglass
