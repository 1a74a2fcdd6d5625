// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/problems/problems_model.h"

#include "ui/panels/findings/finding_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/row_painting.h"

#include <QCoreApplication>

#include <tuple>

namespace sightglass {

namespace {

QString paragraph(const QString& text)
{
    return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text);
}

QString escaped(const std::string& text)
{
    return toQString(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString place(const SourceSpan& span, const Inspection& inspection)
{
    const QString file = pathInProject(inspection, span.file).toHtmlEscaped();
    return QStringLiteral("<code>%1</code>")
        .arg(span.line > 0 ? QStringLiteral("%1:%2").arg(file).arg(span.line) : file);
}

QString places(const Finding& finding, const Inspection& inspection)
{
    QStringList all;
    if (!finding.span.file.empty())
        all << place(finding.span, inspection);
    for (const SourceSpan& span : finding.related) {
        if (!span.file.empty())
            all << place(span, inspection);
    }
    all.removeDuplicates();
    return all.join(QStringLiteral("<br>"));
}

} // namespace

QString whereText(const Finding& finding)
{
    if (!finding.span.file.empty())
        return placeText(finding.span);
    if (!finding.object.empty())
        return QCoreApplication::translate("sightglass::ProblemsModel", "live: %1")
            .arg(toQString(finding.object));
    return finding.revision.empty() ? QString(QChar(0x2014)) : toQString(finding.revision);
}

bool isAboutPending(const Finding& finding, const Inspection& inspection)
{
    if (finding.revision.empty())
        return finding.category != "chain" && finding.category != "database";
    const auto index = inspection.graph->find(finding.revision);
    return index && stateOf(inspection, *index) == RevisionState::Pending;
}

QString findingHtml(const Finding& finding, const Inspection& inspection)
{
    const QString fixes = fixWords(finding).toHtmlEscaped();
    return QStringLiteral("<qt><p><b>%1</b></p>").arg(escaped(finding.title)) +
           paragraph(escaped(finding.detail)) + paragraph(places(finding, inspection)) +
           (fixes.isEmpty() ? QString()
                            : paragraph(QCoreApplication::translate("sightglass::ProblemsModel",
                                                                    "What helps: %1")
                                            .arg(fixes))) +
           paragraph(QStringLiteral("<small>%1, %2</small>")
                         .arg(escaped(finding.rule), toQString(toText(finding.confidence)))) +
           QStringLiteral("</qt>");
}

void ProblemsModel::setInspection(std::shared_ptr<const Inspection> inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_fixes.clear();
    endResetModel();
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_inspection == nullptr
               ? 0
               : static_cast<int>(m_inspection->findings.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Finding& shown = finding(index.row());
    const auto column = static_cast<ProblemColumn>(index.column());
    if (role == Qt::ToolTipRole)
        return findingHtml(shown, *m_inspection);
    if (role == pillRole && column == ProblemColumn::Severity)
        return QVariant::fromValue(severityPill(shown.severity));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ProblemColumn::Severity:
        return severityWord(shown.severity);
    case ProblemColumn::Problem:
        return toQString(shown.title);
    case ProblemColumn::Where:
        return whereText(shown);
    case ProblemColumn::Fix:
        return fixWords(shown);
    }
    return {};
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<ProblemColumn>(section)) {
    case ProblemColumn::Severity:
        return tr("Severity");
    case ProblemColumn::Problem:
        return tr("Problem");
    case ProblemColumn::Where:
        return tr("Where");
    case ProblemColumn::Fix:
        return tr("Fix");
    }
    return {};
}

bool ProblemsModel::less(int column, int left, int right) const
{
    const Finding& one = finding(left);
    const Finding& other = finding(right);
    switch (static_cast<ProblemColumn>(column)) {
    case ProblemColumn::Severity:
        return one.severity < other.severity;
    case ProblemColumn::Problem:
        return one.title < other.title;
    case ProblemColumn::Where:
        return std::tie(one.span.file, one.span.line, one.object) <
               std::tie(other.span.file, other.span.line, other.object);
    case ProblemColumn::Fix: {
        const QString& first = fix(left);
        const QString& second = fix(right);
        if (first.isEmpty() != second.isEmpty())
            return second.isEmpty();
        return first < second;
    }
    }
    return false;
}

/// Made once for each inspection: a sort asks for them again and again.
const QString& ProblemsModel::fix(int row) const
{
    if (m_fixes.empty()) {
        m_fixes.reserve(m_inspection->findings.size());
        for (const Finding& each : m_inspection->findings)
            m_fixes.push_back(fixWords(each));
    }
    return m_fixes[static_cast<std::size_t>(row)];
}

QString ProblemsModel::line(int row) const
{
    const Finding& shown = finding(row);
    const QString where = shown.span.file.empty() ? whereText(shown) : toQString(shown.span.file);
    const QString number =
        shown.span.line > 0 ? QStringLiteral(":%1").arg(shown.span.line) : QString();
    return QStringList{severityWord(shown.severity),
                       toQString(shown.rule),
                       toQString(shown.title),
                       where + number,
                       fixWords(shown)}
        .join(QLatin1Char('\t'));
}

} // namespace sightglass
