// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/review_report.h"
#include "ui/state/branch_review.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <memory>
#include <optional>
#include <vector>

namespace sightglass {

class Theme;

/// A row of the outline: a revision's heading, findings of one rule in it, or a sentence.
struct OutlineRow
{
    enum class Kind
    {
        Revision,
        Findings,
        Words,
        Check ///< a line of the checklist
    };
    Kind kind = Kind::Words;
    QString title;
    QString detail;
    Severity severity = Severity::Info;
    const ReviewedRevision* revision = nullptr; ///< null: of the run as a whole
    std::vector<const Finding*> findings;       ///< that count, worst first
    std::optional<bool> met{};                  ///< of a check; absent: not known
    int line = 0;                               ///< of the revision's file, where there are none
};

/// Rows for a review: findings of one rule in one revision together, worst first; then what would
/// be gone, and what should hold before an upgrade.
std::vector<OutlineRow> outlineRows(const ReviewReport& report,
                                    const std::vector<ChecklistItem>& beforeUpgrade = {});

/// "feature adds 2 revisions with 15 operations to main": what is reviewed, in one sentence.
QString reviewSentence(const BranchReview& review, const QString& reference);

class ReviewOutline : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setReview(std::shared_ptr<const BranchReview> review,
                   const std::vector<ChecklistItem>& beforeUpgrade = {});

    const OutlineRow& row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }

    /// The worst row with findings, the first of those; else the first one that can be chosen; -1:
    /// there is none.
    int firstRow() const;
    /// The row with a finding at a line of a file; -1: there is none.
    int rowAt(const std::string& file, int line) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::shared_ptr<const BranchReview> m_review; ///< what the rows point into
    std::vector<OutlineRow> m_rows;
};

/// Sign, title and a quiet line under it.
class OutlineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    OutlineDelegate(const ReviewOutline& outline, const Theme& theme, QObject* parent);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const ReviewOutline& m_outline;
    const Theme& m_theme;
};

} // namespace sightglass
