// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revisions/revision_filter.h"

#include "ui/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace sightglass {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// `word` is lower case already. A loop of its own: 100,000 rows are gone through at every key.
bool containsFolded(std::string_view text, std::string_view word)
{
    if (word.size() > text.size())
        return false;
    const char first = word.front();
    const std::size_t last = text.size() - word.size();
    for (std::size_t at = 0; at <= last; ++at) {
        if (lower(text[at]) != first)
            continue;
        std::size_t same = 1;
        while (same < word.size() && lower(text[at + same]) == word[same])
            ++same;
        if (same == word.size())
            return true;
    }
    return false;
}

std::string_view lastPart(std::string_view path)
{
    const auto slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

} // namespace

RevisionFilter::RevisionFilter(const QString& text)
    : m_text(text)
{
    const QStringList parts = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        Word word{.folded = toStd(part.toLower()), .text = part};
        word.ascii = std::all_of(word.folded.begin(), word.folded.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x80;
        });
        m_words.push_back(std::move(word));
    }
}

bool RevisionFilter::isNarrowerThan(const RevisionFilter& earlier) const
{
    return m_text.startsWith(earlier.m_text);
}

bool RevisionFilter::contains(std::string_view text, const Word& word)
{
    return word.ascii ? containsFolded(text, word.folded)
                      : toQString(text).contains(word.text, Qt::CaseInsensitive);
}

bool RevisionFilter::finds(const RevisionsModel& model, int row, const Word& word)
{
    const LaneRow& lane = model.laneRow(row);
    if (contains(lane.id, word))
        return true;
    if (const Revision* const revision = model.revision(row)) {
        if (contains(revision->message, word) || contains(lastPart(revision->span.file), word))
            return true;
        for (const RevisionReference& label : revision->labels) {
            if (contains(label.id, word))
                return true;
        }
    }
    for (const std::uint32_t number : model.findings().of(lane.id)) {
        const Finding& finding = model.inspection()->findings[number];
        if (contains(finding.title, word) || contains(finding.rule, word) ||
            contains(finding.object, word) || contains(toText(finding.severity), word))
            return true;
    }
    if (lane.kind != NodeKind::Revision)
        return contains(toStd(stateWord(model.state(row))), word);
    const RevisionState state = model.state(row);
    return contains(state == RevisionState::Applied   ? "applied"
                    : state == RevisionState::Pending ? "pending"
                                                      : "not known",
                    word);
}

bool RevisionFilter::accepts(const RevisionsModel& model, int row) const
{
    return std::all_of(
        m_words.begin(), m_words.end(), [&](const Word& word) { return finds(model, row, word); });
}

} // namespace sightglass
