// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/panels/panel.h"
#include "ui/review/review_outline.h"
#include "ui/state/branch_review.h"

#include <functional>
#include <string>

class QHBoxLayout;
class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;

namespace sightglass {

class ElidedLine;
class FindingList;
class JobRunner;
class SourceView;
class TextLabel;

/// What a branch adds: findings at the left, the source with them in the middle, what to do about
/// them at the right. Shows the BranchReviewStore and nothing else.
class ReviewPage : public QWidget
{
    Q_OBJECT

public:
    using SourceReader = std::function<Result<std::string>(const std::string& file)>;

    ReviewPage(const PanelContext& context,
               const BranchReviewStore& store,
               JobRunner& runner,
               SourceReader source,
               QWidget* parent = nullptr);

Q_SIGNALS:
    /// Another branch is to be compared with.
    void anotherAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* createHead();
    QWidget* createBody();
    QWidget* createSource();
    void createOutline();
    void followChecks();
    void refresh();
    void refreshHead();
    void refreshCounts();
    void addCheckCount();
    void sayWords(const QString& words);
    void showRow(int row);
    void showFile(const ReviewedRevision* revision, int line);
    void readFile(const std::string& file);
    void takeSource(const std::string& file, const Result<std::string>& bytes);
    void followLine(int line);
    void copyMarkdown();
    void openPlace(const SourceSpan& span);

    PanelContext m_context;
    const BranchReviewStore& m_store;
    JobRunner& m_runner;
    SourceReader m_read;
    std::shared_ptr<const BranchReview> m_review;
    std::vector<ChecklistItem> m_checks; ///< of the connected database
    ReviewOutline m_outline;
    std::string m_file;    ///< in the middle, or being read
    int m_line = 0;        ///< to go to once it is read
    bool m_follows = true; ///< a line that is reached chooses its finding

    ElidedLine* m_sentence = nullptr;
    QHBoxLayout* m_counts = nullptr;
    QPushButton* m_copy = nullptr;
    QStackedWidget* m_pages = nullptr; ///< words, or the review
    TextLabel* m_words = nullptr;
    QListView* m_list = nullptr;
    ElidedLine* m_sourceName = nullptr;
    QStackedWidget* m_sourcePages = nullptr;
    TextLabel* m_sourceWords = nullptr;
    SourceView* m_source = nullptr;
    FindingList* m_findings = nullptr;
};

} // namespace sightglass
