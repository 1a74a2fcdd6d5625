// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/loss_words.h"

#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/text_layout.h"

#include <algorithm>

namespace sightglass {

namespace {

/// "4,317": groups of three.
std::string grouped(std::int64_t number)
{
    std::string text = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t place = text.size(); place > first + 3;) {
        place -= 3;
        text.insert(place, ",");
    }
    return text;
}

std::string objectWords(const Loss& loss)
{
    const std::string name = toText(loss.table);
    if (loss.kind == Loss::Kind::Column)
        return "column " + name + "." + loss.column;
    return loss.kind == Loss::Kind::MaterializedView ? "materialized view " + name : name;
}

std::string rowsWords(const Loss& loss)
{
    if (loss.kind == Loss::Kind::MaterializedView)
        return "can be made again";
    if (!loss.rows)
        return "not known";
    return (loss.counted ? "" : "about ") + grouped(*loss.rows);
}

std::string ownerWords(const Loss& loss)
{
    if (loss.managed)
        return "this chain";
    if (loss.kind == Loss::Kind::MaterializedView)
        return {};
    return loss.owner.name.empty() ? "nobody known" : loss.owner.name;
}

std::string withWords(const Loss& loss)
{
    std::string text;
    for (const std::string& each : loss.dependents)
        text += (text.empty() ? "" : ", ") + each;
    if (!loss.unless.empty())
        text +=
            (text.empty() ? "" : "; ") + std::string(loss.refused ? "" : "only if: ") + loss.unless;
    return text;
}

} // namespace

std::vector<LossLine> lossLines(const LossAssessment& loss)
{
    std::vector<LossLine> lines;
    for (const Loss& each : loss.losses) {
        LossLine line{.object = objectWords(each), .what = std::string(toText(each.how))};
        if (!each.through.empty())
            line.what += ", " + each.through;
        line.rows = rowsWords(each);
        if (each.bytes)
            line.size = sizeText(*each.bytes);
        line.owner = ownerWords(each);
        line.place = each.revision;
        if (each.span.line > 0)
            line.place +=
                (line.place.empty() ? "line " : ", line ") + std::to_string(each.span.line);
        line.with = withWords(each);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string lossSummary(const LossAssessment& loss)
{
    if (loss.tables() == 0 && loss.columns() == 0)
        return loss.unknown.empty() ? "Nothing that the database holds."
                                    : "Nothing that could be read, but not everything was.";
    std::string text;
    if (loss.tables() > 0) {
        text = counted(loss.tables(), "table", "tables") + " with " +
               (loss.isCounted() ? "" : "about ") + grouped(loss.rows()) +
               (loss.rows() == 1 ? " row, " : " rows, ") + sizeText(loss.bytes());
        if (const std::size_t open = loss.withoutRows(); open > 0)
            text += "; of " + counted(open, "table", "tables") + " the rows are not known";
    }
    if (loss.columns() > 0)
        text += (text.empty() ? "" : "; and ") + counted(loss.columns(), "column", "columns") +
                " with their values";
    text += ".";
    if (const std::size_t others = loss.notManaged(); others > 0)
        text += " No revision makes " +
                (others == loss.tables() ? std::string(others == 1 ? "it" : "any of them")
                                         : std::to_string(others) + " of the tables") +
                ".";
    return text;
}

std::string_view answerOf(const ChecklistItem& item)
{
    if (!item.ok)
        return "unknown";
    return *item.ok ? "yes" : "no";
}

std::string lossText(const LossAssessment& loss)
{
    std::string text = "What would be gone\n" + wrapped("  ", lossSummary(loss));
    const std::vector<LossLine> lines = lossLines(loss);
    if (!lines.empty()) {
        std::vector<std::vector<std::string>> rows{
            {"", "", "rows", "size", "probable owner", "where"}};
        for (const LossLine& line : lines)
            rows.push_back({line.object, line.what, line.rows, line.size, line.owner, line.place});
        text += aligned(rows, "  ");
    }
    for (const LossLine& line : lines) {
        if (!line.with.empty())
            text += wrapped("  With " + printable(line.object) + ": ", printable(line.with) + ".");
    }
    for (const std::string& sentence : loss.unknown)
        text += wrapped("  Not known: ", printable(sentence));
    return text;
}

std::string checklistText(std::string_view title, const std::vector<ChecklistItem>& items)
{
    std::vector<std::vector<std::string>> rows;
    for (const ChecklistItem& item : items)
        rows.push_back({std::string(answerOf(item)), item.item, item.evidence});
    return std::string(title) + "\n" + aligned(rows, "  ");
}

} // namespace sightglass
