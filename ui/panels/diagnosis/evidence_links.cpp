// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/evidence_links.h"

#include "core/inspection/outlook.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"

#include <algorithm>

namespace sightglass {

namespace {

/// A shorter word may be a word of the sentence that some revision is called by.
constexpr qsizetype leastIdLength = 6;

const QString revisionScheme = QStringLiteral("revision");
const QString tableScheme = QStringLiteral("table");

bool isTableOf(const Inspection& inspection, const std::string& word)
{
    const auto dot = word.find('.');
    if (dot == std::string::npos)
        return false;
    const QualifiedName name{.schema = word.substr(0, dot), .name = word.substr(dot + 1)};
    // What the chain makes is known also where the database has lost it.
    if (inspection.outlook != nullptr &&
        std::ranges::binary_search(inspection.outlook->chainTables, name))
        return true;
    if (inspection.live == nullptr)
        return false;
    if (inspection.live->schema.table(name) != nullptr)
        return true;
    return std::ranges::any_of(inspection.live->versionTables,
                               [&](const VersionTable& each) { return each.name == name; });
}

/// Whether a name is that of an object, or of a part of it: its column, its index. The schema may
/// go unsaid where it is public.
bool namesPartOf(std::string_view object, std::string_view word)
{
    constexpr std::string_view usual = "public.";
    const auto fits = [word](std::string_view whole) {
        return !whole.empty() && word.starts_with(whole) &&
               (word.size() == whole.size() || word[whole.size()] == '.');
    };
    return fits(object) || (object.starts_with(usual) && fits(object.substr(usual.size())));
}

/// "public.jobs" of "public.jobs.state"; empty where the name has no such part.
std::string tableOfColumn(const std::string& word)
{
    const auto first = word.find('.');
    const auto second = first == std::string::npos ? first : word.find('.', first + 1);
    return second == std::string::npos ? std::string() : word.substr(0, second);
}

bool isRevisionOf(const Inspection& inspection, const std::string& word)
{
    if (inspection.graph->find(word))
        return true;
    const auto& rows = inspection.unknownRows;
    return std::ranges::find(rows, word) != rows.end() ||
           std::ranges::any_of(inspection.graph->missing(),
                               [&](const MissingRevision& each) { return each.id == word; });
}

bool isWordEnd(QChar letter)
{
    return letter.isSpace() || letter == QLatin1Char(',') || letter == QLatin1Char(';') ||
           letter == QLatin1Char(':') || letter == QLatin1Char('(') || letter == QLatin1Char(')');
}

/// Writes a sentence word by word, known names as links.
class SentenceWriter
{
public:
    SentenceWriter(const Theme& theme, const Inspection& inspection, const Evidence& evidence)
        : m_theme(theme)
        , m_inspection(inspection)
        , m_evidence(evidence)
    {}

    QString html()
    {
        const QString text = toQString(m_evidence.text);
        qsizetype at = 0;
        while (at < text.size()) {
            qsizetype end = at;
            while (end < text.size() && !isWordEnd(text[end]))
                ++end;
            if (end > at)
                addWord(text.mid(at, end - at));
            if (end < text.size())
                m_html += QString(text[end]).toHtmlEscaped();
            at = end + 1;
        }
        addWhatIsNotNamed();
        return m_html;
    }

private:
    void addWord(QString word)
    {
        QString after;
        if (word.size() > 1 && word.endsWith(QLatin1Char('.'))) {
            word.chop(1);
            after = QStringLiteral(".");
        }
        const std::string name = toStd(word);
        const bool own = name == m_evidence.revision;
        if (own || (word.size() >= leastIdLength && isRevisionOf(m_inspection, name))) {
            m_revisionNamed = m_revisionNamed || own;
            m_html += linkHtml(m_theme, revisionScheme, word);
        } else if (namesPartOf(m_evidence.object, name)) {
            m_objectNamed = true;
            m_html += linkHtml(m_theme, tableScheme, toQString(m_evidence.object), word);
        } else if (isTableOf(m_inspection, name)) {
            m_html += linkHtml(m_theme, tableScheme, word);
        } else if (const std::string table = tableOfColumn(name);
                   !table.empty() && isTableOf(m_inspection, table)) {
            m_html += linkHtml(m_theme, tableScheme, toQString(table), word);
        } else {
            m_html += word.toHtmlEscaped();
        }
        m_html += after;
    }

    void addWhatIsNotNamed()
    {
        if (!m_evidence.revision.empty() && !m_revisionNamed)
            m_html += QLatin1Char(' ') +
                      linkHtml(m_theme, revisionScheme, toQString(m_evidence.revision));
        else if (m_evidence.revision.empty() && !m_evidence.span.file.empty())
            m_html += QLatin1Char(' ') + linkHtml(m_theme,
                                                  QStringLiteral("place"),
                                                  QStringLiteral("here"),
                                                  placeText(m_evidence.span));
        else if (m_evidence.revision.empty() && !m_evidence.object.empty() && !m_objectNamed)
            m_html +=
                QLatin1Char(' ') + linkHtml(m_theme, tableScheme, toQString(m_evidence.object));
    }

    const Theme& m_theme;
    const Inspection& m_inspection;
    const Evidence& m_evidence;
    QString m_html;
    bool m_revisionNamed = false;
    bool m_objectNamed = false;
};

} // namespace

QString evidenceHtml(const Theme& theme, const Inspection& inspection, const Evidence& evidence)
{
    return SentenceWriter(theme, inspection, evidence).html();
}

QString linkHtml(const Theme& theme, const QString& scheme, const QString& target)
{
    return linkHtml(theme, scheme, target, target);
}

QString
linkHtml(const Theme& theme, const QString& scheme, const QString& target, const QString& shown)
{
    return QStringLiteral("<a href=\"%1:%2\" style=\"text-decoration:none; color:%3\">%4</a>")
        .arg(scheme,
             QString::fromLatin1(QUrl::toPercentEncoding(target)),
             theme.colors().accent.name(),
             shown.toHtmlEscaped());
}

QString linkTarget(const QUrl& link)
{
    return link.path(QUrl::FullyDecoded);
}

} // namespace sightglass
