// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/overview_html.h"

#include "ui/panels/loss_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QFontInfo>

#include <algorithm>

namespace sightglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::Overview", text);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString encoded(const std::string& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(toQString(text)));
}

/// Long file names with their middle left out: a fact's origin is to stay on one line.
QString shortened(const QString& place)
{
    constexpr qsizetype longest = 38;
    if (place.size() <= longest)
        return place;
    return place.left(longest / 2 - 1) + QChar(0x2026) + place.right(longest / 2);
}

/// Builds the page as pairs of label and value.
class OverviewPage
{
public:
    OverviewPage(const Inspection& inspection, const Theme& theme)
        : m_inspection(inspection)
        , m_theme(theme)
    {}

    void fact(const QString& label, const QString& value, const QString& origin = {})
    {
        m_rows += QStringLiteral("<tr><td class=\"l\">%1</td><td>%2%3</td></tr>")
                      .arg(label.toHtmlEscaped(),
                           value,
                           origin.isEmpty()
                               ? QString()
                               : QStringLiteral("<br><span class=\"o\">%1</span>").arg(origin));
    }

    void words(const QString& html)
    {
        m_words += QStringLiteral("<p style=\"margin:0 0 10px 0\">%1</p>").arg(html);
    }

    QString code(const std::string& text) const
    {
        return QStringLiteral("<span class=\"c\">%1</span>").arg(escaped(text));
    }

    QString revisionLink(const std::string& id) const
    {
        return QStringLiteral("<a class=\"c\" href=\"revision:%1\">%2</a>")
            .arg(encoded(id), escaped(id));
    }

    /// The down revision's id and what it is called.
    QString revisionLine(const std::string& id) const
    {
        const auto found = m_inspection.graph->find(id);
        if (!found)
            return revisionLink(id) + QStringLiteral(" ") +
                   tr("(no file defines it)").toHtmlEscaped();
        return revisionLink(id) + QStringLiteral("&nbsp; ") +
               escaped(m_inspection.graph->revision(*found).message);
    }

    QString placeLink(const SourceSpan& span) const
    {
        const QString place = shortened(placeText(span)).toHtmlEscaped();
        return QStringLiteral("<a class=\"c\" href=\"place:%1?%2\">%3</a>")
            .arg(span.line)
            .arg(encoded(span.file), place);
    }

    QString origin(const SourceSpan& span) const
    {
        if (span.file.empty())
            return {};
        return tr("%1, read from the file without running it").arg(placeLink(span));
    }

    QString html() const
    {
        const ThemeColors& colors = m_theme.colors();
        const QString style =
            QStringLiteral(
                "td{padding:0 0 9px 0} td.l{color:%1;padding-right:14px;white-space:nowrap} "
                ".o{color:%1;font-size:%2pt} .o a{color:%1} .c{font-family:'%3';font-size:%4pt} "
                "a{color:%5;text-decoration:none} h4{margin:0}")
                .arg(colors.dim.name())
                .arg(m_theme.smallFont().pointSizeF())
                .arg(m_theme.codeFont().family())
                .arg(m_theme.codeFont().pointSizeF())
                .arg(colors.accent.name());
        return QStringLiteral("<html><head><style>%1</style></head><body>%2<table "
                              "style=\"margin-top:8px\" cellspacing=\"0\" "
                              "cellpadding=\"0\">%3</table></body></html>")
            .arg(style, m_words, m_rows);
    }

    const Inspection& inspection() const { return m_inspection; }

private:
    const Inspection& m_inspection;
    const Theme& m_theme;
    QString m_words;
    QString m_rows;
};

void addReferences(OverviewPage& page,
                   const QString& label,
                   const std::vector<RevisionReference>& references,
                   const SourceSpan& span)
{
    QStringList lines;
    for (const RevisionReference& reference : references)
        lines << page.revisionLine(reference.id);
    const SourceSpan& place =
        span.file.empty() && !references.empty() ? references.front().span : span;
    page.fact(label, lines.join(QStringLiteral("<br>")), page.origin(place));
}

void addLabels(OverviewPage& page, RevisionIndex index, const Revision& revision)
{
    QStringList own;
    for (const RevisionReference& label : revision.labels)
        own << page.code(label.id);
    if (!own.isEmpty())
        page.fact(tr("Branch labels"),
                  own.join(QStringLiteral(", ")),
                  page.origin(revision.labels.front().span));
    QStringList inherited;
    for (const std::string& label : page.inspection().graph->labels(index)) {
        const bool isOwn =
            std::any_of(revision.labels.begin(), revision.labels.end(), [&](const auto& reference) {
                return reference.id == label;
            });
        if (!isOwn)
            inherited << page.code(label);
    }
    if (!inherited.isEmpty())
        page.fact(tr("On branch"),
                  inherited.join(QStringLiteral(", ")),
                  tr("label of another revision of this branch").toHtmlEscaped());
}

/// Applied, pending and at which place in the queue, or why that is not known.
void addPosition(OverviewPage& page, RevisionIndex index, const std::string& id)
{
    const Inspection& inspection = page.inspection();
    const RevisionState state = stateOf(inspection, index);
    QString value = stateWord(state).toHtmlEscaped();
    const std::vector<RevisionId>& pending = inspection.diagnosis.pending;
    const auto at = std::find(pending.begin(), pending.end(), id);
    if (state == RevisionState::Pending && at != pending.end())
        value = tr("pending, number %1 of %2 that an upgrade would run")
                    .arg(at - pending.begin() + 1)
                    .arg(pending.size());
    const auto& here = inspection.databaseAt;
    if (std::find(here.begin(), here.end(), index) != here.end())
        value = tr("applied; the database is here");
    QString sentence = stateSentence(inspection, state);
    if (const QString drift = driftSentence(DriftMarks(inspection), id); !drift.isEmpty())
        sentence += QLatin1Char(' ') + drift;
    page.fact(tr("Database"), value, sentence.toHtmlEscaped());
}

/// What running it would destroy, and what should hold before it runs.
void addUpgrade(OverviewPage& page, RevisionIndex index, const std::string& id)
{
    const Inspection& inspection = page.inspection();
    if (stateOf(inspection, index) != RevisionState::Pending || inspection.review == nullptr ||
        !inspection.review->loss)
        return;
    constexpr std::size_t most = 12;
    const LossAssessment own = lossOf(*inspection.review->loss, id);
    const std::vector<LossLine> losses = lossLines(own);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(losses.size(), most); ++i)
        lines << QStringLiteral("<b>%1</b> %2")
                     .arg(escaped(losses[i].object), lossSentence(losses[i]).toHtmlEscaped());
    if (losses.size() > most)
        lines << tr("and %1 more").arg(losses.size() - most);
    if (lines.isEmpty())
        lines << (own.unknown.empty() ? tr("nothing that the database holds")
                                      : tr("nothing that could be read; not everything was"));
    page.fact(tr("Would destroy"),
              lines.join(QStringLiteral("<br>")),
              tr("computed from its operations and the live catalog").toHtmlEscaped());
    if (inspection.beforeUpgrade.empty())
        return;
    lines.clear();
    for (const ChecklistItem& item : inspection.beforeUpgrade)
        lines << QStringLiteral("%1 %2 <span class=\"o\">%3</span>")
                     .arg(QString(checkSign(item)), escaped(item.item), escaped(item.evidence));
    page.fact(tr("Before it runs"),
              lines.join(QStringLiteral("<br>")),
              tr("%1 hold").arg(checksMet(inspection.beforeUpgrade)).toHtmlEscaped());
}

void addNext(OverviewPage& page, RevisionIndex index)
{
    const RevisionGraph& graph = *page.inspection().graph;
    constexpr std::size_t most = 50;
    QStringList lines;
    for (const RevisionIndex next : graph.next(index)) {
        if (static_cast<std::size_t>(lines.size()) < most)
            lines << page.revisionLine(graph.revision(next).id);
    }
    if (graph.next(index).size() > most)
        lines << tr("and %1 more").arg(graph.next(index).size() - most);
    page.fact(tr("Next"),
              lines.isEmpty() ? tr("nothing builds on it: it is a head")
                              : lines.join(QStringLiteral("<br>")));
    QStringList dependents;
    for (const RevisionIndex dependent : graph.dependents(index)) {
        if (static_cast<std::size_t>(dependents.size()) < most)
            dependents << page.revisionLine(graph.revision(dependent).id);
    }
    if (!dependents.isEmpty())
        page.fact(tr("Needed by"), dependents.join(QStringLiteral("<br>")));
}

/// Other files that define the same id: both are named, always.
void addDuplicates(OverviewPage& page, RevisionIndex index, const Revision& revision)
{
    const RevisionGraph& graph = *page.inspection().graph;
    QStringList others;
    for (RevisionIndex other = 0; other < graph.size(); ++other) {
        if (other != index && graph.revision(other).id == revision.id)
            others << page.placeLink(graph.revision(other).span);
    }
    if (!others.isEmpty())
        page.fact(tr("Also defined in"),
                  others.join(QStringLiteral("<br>")),
                  tr("Two files define one id; Alembic takes the one shown here.").toHtmlEscaped());
}

void addDocstring(OverviewPage& page, const Revision& revision)
{
    if (revision.longMessage.size() <= revision.message.size())
        return;
    page.fact(tr("Docstring"), escaped(revision.longMessage));
}

void addRevision(OverviewPage& page, RevisionIndex index)
{
    const Revision& revision = page.inspection().graph->revision(index);
    page.fact(tr("Revision"), page.code(revision.id), page.origin(revision.span));
    addDuplicates(page, index, revision);
    if (revision.down.empty())
        page.fact(tr("Down revision"), tr("none: it is a base"), page.origin(revision.downSpan));
    else
        addReferences(page,
                      revision.down.size() > 1 ? tr("Down revisions") : tr("Down revision"),
                      revision.down,
                      revision.downSpan);
    if (!revision.dependsOn.empty())
        addReferences(page, tr("Depends on"), revision.dependsOn, {});
    addLabels(page, index, revision);
    addPosition(page, index, revision.id);
    addUpgrade(page, index, revision.id);
    addNext(page, index);
    page.fact(tr("Created"),
              revision.created ? escaped(*revision.created)
                               : tr("not known: the docstring has no Create Date"));
    page.fact(tr("File"),
              QStringLiteral("<span class=\"c\">%1</span>")
                  .arg(pathInProject(page.inspection(), revision.span.file).toHtmlEscaped()));
    addDocstring(page, revision);
}

const SourceSpan* placeOfReference(const Revision& revision, const std::string& id)
{
    for (const auto* references : {&revision.down, &revision.dependsOn}) {
        for (const RevisionReference& reference : *references) {
            if (reference.id == id)
                return &reference.span;
        }
    }
    return nullptr;
}

void addMissing(OverviewPage& page, const MissingRevision& missing)
{
    const RevisionGraph& graph = *page.inspection().graph;
    const bool down = missing.kind == MissingRevision::Kind::Down;
    page.words(
        (down ? tr("No file defines %1, and a down revision names it. Alembic can't load the "
                   "chain, and a new database can't be built from it.")
              : tr("No file defines %1, and a depends_on names it. Alembic can't load the chain."))
            .arg(page.code(missing.id)));
    page.words(
        tr("Bring the file back from version control or from whoever wrote it. If the id was "
           "only misspelt, correct it where it is named.")
            .toHtmlEscaped());
    page.fact(tr("Revision"), page.code(missing.id));
    constexpr std::size_t most = 50;
    QStringList lines;
    for (const RevisionIndex index : missing.referencedBy) {
        if (static_cast<std::size_t>(lines.size()) == most)
            break;
        const Revision& by = graph.revision(index);
        const SourceSpan* const span = placeOfReference(by, missing.id);
        lines << page.revisionLine(by.id) + QStringLiteral("<br>") +
                     page.placeLink(span == nullptr ? by.downSpan : *span);
    }
    if (missing.referencedBy.size() > most)
        lines << tr("and %1 more").arg(missing.referencedBy.size() - most);
    page.fact(tr("Named by"),
              lines.join(QStringLiteral("<br>")),
              tr("read from the file without running it").toHtmlEscaped());
}

void addUnknownRow(OverviewPage& page, const std::string& id)
{
    page.words(
        tr("The version table says %1 and no file of this project has this id. Alembic refuses "
           "to upgrade or downgrade this database.")
            .arg(page.code(id)));
    page.words(
        tr("It was stamped or upgraded from other files: another branch, a deleted or squashed "
           "revision, or another project on the same database. Find that file first. If the "
           "schema is known to equal a revision that exists, stamp that one.")
            .toHtmlEscaped());
    page.fact(tr("Version row"), page.code(id), tr("asked of the live database").toHtmlEscaped());
    if (!page.inspection().target.empty())
        page.fact(tr("Database"), escaped(page.inspection().target));
}

} // namespace

InspectedRevision inspected(const Inspection& inspection, const QString& id)
{
    const std::string wanted = toStd(id);
    InspectedRevision result;
    result.revision = inspection.graph->find(wanted);
    if (result.revision)
        return result;
    for (const MissingRevision& missing : inspection.graph->missing()) {
        if (missing.id == wanted)
            result.missing = &missing;
    }
    const auto& rows = inspection.unknownRows;
    result.onlyInDatabase = std::find(rows.begin(), rows.end(), wanted) != rows.end();
    return result;
}

QString overviewHtml(const Inspection& inspection, const QString& id, const Theme& theme)
{
    OverviewPage page(inspection, theme);
    const InspectedRevision what = inspected(inspection, id);
    if (what.revision)
        addRevision(page, *what.revision);
    if (what.missing != nullptr)
        addMissing(page, *what.missing);
    if (what.onlyInDatabase)
        addUnknownRow(page, toStd(id));
    if (!what.isKnown())
        page.words(tr("%1 is in no file and in no version row any more.").arg(id.toHtmlEscaped()));
    return page.html();
}

OverviewLink overviewLink(const QUrl& url)
{
    if (url.scheme() == QLatin1String("revision"))
        return {.revision = url.path(QUrl::FullyDecoded)};
    if (url.scheme() == QLatin1String("place"))
        return {.file = url.query(QUrl::FullyDecoded), .line = url.path().toInt()};
    return {};
}

} // namespace sightglass
