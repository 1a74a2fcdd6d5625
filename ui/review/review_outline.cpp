// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_outline.h"

#include "core/report/review_words.h"
#include "ui/panels/findings/finding_words.h"
#include "ui/panels/loss_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace sightglass {

namespace {

constexpr int sideRoom = 14;
constexpr int signWidth = 18;
constexpr int roomAbove = 8;
constexpr int roomBetween = 2;
constexpr qsizetype namesShown = 3;

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::ReviewOutline", text);
}

/// "table session" → "session": the title says already what it is.
QString objectName(const Finding& finding)
{
    const QString object = toQString(finding.object);
    for (const char* kind : {"table ", "column "}) {
        if (object.startsWith(QLatin1String(kind)))
            return object.mid(QString(QLatin1String(kind)).size());
    }
    return object;
}

QString namesOf(const std::vector<const Finding*>& findings)
{
    QStringList names;
    for (const Finding* const finding : findings) {
        const QString name = objectName(*finding);
        if (!name.isEmpty() && !names.contains(name))
            names << name;
    }
    if (names.size() <= namesShown + 1)
        return names.join(QStringLiteral(", "));
    const auto others = names.size() - namesShown;
    return QStringList(names.mid(0, namesShown)).join(QStringLiteral(", ")) +
           tr(" and %1 more").arg(others);
}

/// Rows and bytes of different objects together; what is not known of one is not known of all.
QString sizeOf(const std::vector<const Finding*>& findings)
{
    FindingEvidence sum{.rows = 0, .bytes = 0, .lock = {}};
    std::vector<std::string> counted;
    for (const Finding* const finding : findings) {
        if (std::ranges::find(counted, finding->object) != counted.end())
            continue;
        counted.push_back(finding->object);
        const FindingEvidence& each = finding->evidence;
        sum.rows = sum.rows && each.rows ? std::optional(*sum.rows + *each.rows) : std::nullopt;
        sum.bytes =
            sum.bytes && each.bytes ? std::optional(*sum.bytes + *each.bytes) : std::nullopt;
    }
    return toQString(evidenceText(sum));
}

QString joined(const QStringList& parts)
{
    QStringList said = parts;
    said.removeAll(QString());
    return said.join(QStringLiteral(", "));
}

OutlineRow groupRow(const ReviewedRevision* revision, std::vector<const Finding*> findings)
{
    const Finding& first = *findings.front();
    OutlineRow row{.kind = OutlineRow::Kind::Findings,
                   .title = hasRulePage(first) ? ruleTitle(first.rule) : toQString(first.title),
                   .detail = {},
                   .severity = first.severity,
                   .revision = revision,
                   .findings = {}};
    if (findings.size() == 1) {
        row.detail = joined({objectName(first), sizeOf(findings)});
    } else {
        row.title = QStringLiteral("%1 (%2)").arg(row.title).arg(findings.size());
        row.detail = joined({namesOf(findings), sizeOf(findings)});
    }
    if (row.detail.isEmpty())
        row.detail = toQString(first.rule);
    row.findings = std::move(findings);
    return row;
}

void addGroups(const std::vector<Finding>& findings,
               const ReviewedRevision* revision,
               std::vector<OutlineRow>& rows)
{
    std::vector<std::vector<const Finding*>> groups; // findings are sorted: worst groups first
    for (const Finding& finding : findings) {
        if (!finding.suppressed.empty())
            continue;
        const auto group = std::ranges::find_if(groups, [&](const auto& each) {
            return each.front()->rule == finding.rule && each.front()->severity == finding.severity;
        });
        if (group == groups.end())
            groups.push_back({&finding});
        else
            group->push_back(&finding);
    }
    for (auto& group : groups)
        rows.push_back(groupRow(revision, std::move(group)));
}

void addRevision(const ReviewedRevision& revision, std::vector<OutlineRow>& rows)
{
    rows.push_back({.kind = OutlineRow::Kind::Revision,
                    .title = toQString(revision.message.empty() ? revision.id : revision.message),
                    .detail = joined({toQString(revision.id), fileName(revision.file)}),
                    .revision = &revision,
                    .findings = {}});
    const std::size_t before = rows.size();
    for (const std::string& reason : revision.notAnalysed)
        rows.push_back({.kind = OutlineRow::Kind::Words,
                        .title = tr("Not fully analysed"),
                        .detail = toQString(reason),
                        .severity = Severity::Medium,
                        .revision = &revision,
                        .findings = {}});
    addGroups(revision.findings, &revision, rows);
    if (rows.size() == before)
        rows.push_back(
            {.kind = OutlineRow::Kind::Words,
             .title = tr("No finding"),
             .detail = revision.footprints.size() == 1
                           ? tr("1 operation was reviewed")
                           : tr("%1 operations were reviewed").arg(revision.footprints.size()),
             .revision = &revision,
             .findings = {}});
}

} // namespace

namespace {

void addTogether(const ReviewReport& report, std::vector<OutlineRow>& rows)
{
    std::vector<OutlineRow> together;
    addGroups(report.result.findings, nullptr, together);
    if (together.empty())
        return;
    rows.push_back({.kind = OutlineRow::Kind::Revision,
                    .title = tr("The revisions together"),
                    .detail = tr("what holds for the run as a whole"),
                    .findings = {}});
    rows.insert(rows.end(), together.begin(), together.end());
}

/// The revision that a loss is of, so that its file is shown beside it.
const ReviewedRevision* revisionOf(const ReviewReport& report, const std::string& id)
{
    const auto found = std::ranges::find(report.result.revisions, id, &ReviewedRevision::id);
    return found == report.result.revisions.end() ? nullptr : &*found;
}

void addLoss(const ReviewReport& report, std::vector<OutlineRow>& rows)
{
    if (!report.result.loss)
        return;
    const LossAssessment& loss = *report.result.loss;
    rows.push_back({.kind = OutlineRow::Kind::Revision,
                    .title = tr("What would be gone"),
                    .detail = toQString(lossSummary(loss)),
                    .findings = {}});
    const std::vector<LossLine> lines = lossLines(loss);
    for (std::size_t i = 0; i < lines.size(); ++i)
        rows.push_back({.kind = OutlineRow::Kind::Words,
                        .title = toQString(lines[i].object),
                        .detail = lossSentence(lines[i]),
                        .severity = loss.losses[i].refused ? Severity::Medium : Severity::Critical,
                        .revision = revisionOf(report, loss.losses[i].revision),
                        .findings = {},
                        .line = loss.losses[i].span.line});
    for (const std::string& sentence : loss.unknown)
        rows.push_back({.kind = OutlineRow::Kind::Words,
                        .title = tr("May destroy more"),
                        .detail = toQString(sentence),
                        .severity = Severity::Medium,
                        .findings = {}});
}

void addChecks(const std::vector<ChecklistItem>& items, std::vector<OutlineRow>& rows)
{
    if (items.empty())
        return;
    rows.push_back({.kind = OutlineRow::Kind::Revision,
                    .title = tr("Before this database is upgraded"),
                    .detail = tr("%1 hold").arg(checksMet(items)),
                    .findings = {}});
    for (const ChecklistItem& item : items)
        rows.push_back({.kind = OutlineRow::Kind::Check,
                        .title = toQString(item.item),
                        .detail = toQString(item.evidence),
                        .findings = {},
                        .met = item.ok});
}

QString signOf(const OutlineRow& row)
{
    return row.kind == OutlineRow::Kind::Check
               ? QString(checkSign({.item = {}, .ok = row.met, .evidence = {}}))
               : QString(severitySign(row.severity));
}

Tone toneOf(const OutlineRow& row)
{
    if (row.kind != OutlineRow::Kind::Check)
        return Theme::toneOf(row.severity);
    if (!row.met)
        return Tone::Neutral;
    return *row.met ? Tone::Good : Tone::Danger;
}

QString checkWord(const OutlineRow& row)
{
    if (!row.met)
        return tr("not known");
    return *row.met ? tr("holds") : tr("does not hold");
}

} // namespace

std::vector<OutlineRow> outlineRows(const ReviewReport& report,
                                    const std::vector<ChecklistItem>& beforeUpgrade)
{
    std::vector<OutlineRow> rows;
    for (const ReviewedRevision& revision : report.result.revisions)
        addRevision(revision, rows);
    addTogether(report, rows);
    addLoss(report, rows);
    addChecks(beforeUpgrade, rows);
    return rows;
}

QString reviewSentence(const BranchReview& review, const QString& reference)
{
    const auto revisions = review.report.result.revisions.size();
    const QString count = revisions == 1 ? tr("1 revision") : tr("%1 revisions").arg(revisions);
    const QString operations =
        review.operations == 1 ? tr("1 operation") : tr("%1 operations").arg(review.operations);
    const QString what = review.branch.isEmpty()
                             ? tr("what the working folder adds to %1")
                             : tr("what %2 adds to %1").arg(reference, review.branch);
    return tr("%1: %2, %3")
        .arg(review.branch.isEmpty() ? what.arg(reference) : what, count, operations);
}

void ReviewOutline::setReview(std::shared_ptr<const BranchReview> review,
                              const std::vector<ChecklistItem>& beforeUpgrade)
{
    beginResetModel();
    m_review = std::move(review);
    m_rows = m_review == nullptr ? std::vector<OutlineRow>()
                                 : outlineRows(m_review->report, beforeUpgrade);
    endResetModel();
}

int ReviewOutline::firstRow() const
{
    int worst = -1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].kind == OutlineRow::Kind::Findings &&
            (worst < 0 || m_rows[i].severity < row(worst).severity))
            worst = static_cast<int>(i);
    }
    if (worst >= 0)
        return worst;
    const auto words = std::ranges::find(m_rows, OutlineRow::Kind::Words, &OutlineRow::kind);
    return words == m_rows.end() ? -1 : static_cast<int>(words - m_rows.begin());
}

int ReviewOutline::rowAt(const std::string& file, int line) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        for (const Finding* const finding : m_rows[i].findings) {
            if (finding->span.file == file && finding->span.line == line)
                return static_cast<int>(i);
        }
    }
    return -1;
}

int ReviewOutline::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ReviewOutline::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const OutlineRow& shown = row(index.row());
    if (role == Qt::DisplayRole)
        return shown.title;
    if (role == Qt::ToolTipRole)
        return QStringLiteral("<qt><b>%1</b><br>%2</qt>")
            .arg(shown.title.toHtmlEscaped(), shown.detail.toHtmlEscaped());
    if (role == Qt::AccessibleTextRole && shown.kind == OutlineRow::Kind::Check)
        return joined({checkWord(shown), shown.title, shown.detail});
    if (role == Qt::AccessibleTextRole)
        return shown.kind == OutlineRow::Kind::Findings
                   ? joined({severityWord(shown.severity), shown.title, shown.detail})
                   : joined({shown.title, shown.detail});
    return {};
}

Qt::ItemFlags ReviewOutline::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags all = QAbstractListModel::flags(index);
    const bool heading = index.isValid() && row(index.row()).kind == OutlineRow::Kind::Revision;
    return heading ? all & ~Qt::ItemIsSelectable : all;
}

OutlineDelegate::OutlineDelegate(const ReviewOutline& outline, const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_outline(outline)
    , m_theme(theme)
{}

QSize OutlineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const int lines =
        QFontMetrics(m_theme.textFont()).height() + QFontMetrics(m_theme.smallFont()).height();
    return {0, lines + 2 * roomAbove + roomBetween};
}

void OutlineDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const OutlineRow& row = m_outline.row(index.row());
    const ThemeColors& colors = m_theme.colors();
    const bool heading = row.kind == OutlineRow::Kind::Revision;
    const bool selected = option.state.testFlag(QStyle::State_Selected) && !heading;
    painter->fillRect(option.rect,
                      selected  ? colors.selection
                      : heading ? colors.background
                                : colors.panel);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      colors.line);
    if (selected && option.state.testFlag(QStyle::State_HasFocus))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          colors.accent);
    QRect area = option.rect.adjusted(sideRoom, roomAbove, -sideRoom, -roomAbove);
    QFont font = m_theme.textFont();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    const Tone tone = toneOf(row);
    if (!heading) {
        painter->setPen(tone == Tone::Neutral ? colors.dim : m_theme.foreground(tone));
        painter->drawText(
            QRect(area.left(), area.top(), signWidth, painter->fontMetrics().height()),
            Qt::AlignLeft | Qt::AlignVCenter,
            signOf(row));
        area.setLeft(area.left() + signWidth);
    }
    const int titleHeight = painter->fontMetrics().height();
    painter->setPen(heading ? colors.dim : colors.ink);
    painter->drawText(QRect(area.left(), area.top(), area.width(), titleHeight),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(row.title, Qt::ElideRight, area.width()));
    painter->setFont(m_theme.smallFont());
    painter->setPen(colors.dim);
    painter->drawText(QRect(area.left(),
                            area.top() + titleHeight + roomBetween,
                            area.width(),
                            painter->fontMetrics().height()),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(row.detail, Qt::ElideRight, area.width()));
}

} // namespace sightglass
