// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

class QVBoxLayout;

namespace sightglass {

class PageArea;

/// The diagnosis in full: evidence with its grades, the ways back side by side, the checklists. Its
/// first part is there at once, the others follow while the window stays fluid.
class DiagnosisPanel : public Panel
{
    Q_OBJECT

public:
    explicit DiagnosisPanel(const PanelContext& context, QWidget* parent = nullptr);
    /// Makes at once what else follows turn by turn of the event loop.
    void completeNow();

Q_SIGNALS:
    /// A table that a card names is to be shown.
    void tableAsked(const QString& name);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;

private:
    using Section = std::function<void(const Inspection& inspection, QVBoxLayout& layout)>;

    std::vector<Section> sections();
    /// Makes sections until `limit` is over, one at least.
    void addSections(std::chrono::milliseconds limit);
    void addState(const Inspection& inspection, QVBoxLayout& layout);
    void addEvidence(const Inspection& inspection, QVBoxLayout& layout);
    void addSurroundings(const Inspection& inspection, QVBoxLayout& layout);
    QWidget* heading(const Inspection& inspection);
    QWidget* connectCard(const Inspection& inspection);
    /// Whether a new database could be built from the chain, and where that would stop.
    QWidget* freshCard(const Inspection& inspection);
    /// That what is shown is older than what was asked for.
    QWidget* staleCard(const Inspection& inspection);
    /// What the version table says and what the schema looks like; null where that is one thing.
    QWidget* placesRow(const Inspection& inspection);
    void addWaysBack(const Inspection& inspection, QVBoxLayout& layout);
    void addChecklists(const Inspection& inspection, QVBoxLayout& layout);
    void addCleanStart(const Inspection& inspection, QVBoxLayout& layout);
    void addLoss(const Inspection& inspection, QVBoxLayout& layout);
    void addStart(const Inspection& inspection, QVBoxLayout& layout);
    void addIdentity(const Inspection& inspection, QVBoxLayout& layout);
    void addImpact(const Inspection& inspection, QVBoxLayout& layout);
    QWidget* addChecklist(const Inspection& inspection,
                          const std::vector<ChecklistItem>& items,
                          const QString& title,
                          QVBoxLayout& layout);
    void addUpgrade(const Inspection& inspection, QVBoxLayout& layout);
    void askForStamp(const StampStep& stamp);
    /// A link of a card; `revision` and `span` are what the evidence itself points at.
    void openLink(const RevisionId& revision, const SourceSpan& span, const QUrl& link);

    PageArea* m_area = nullptr;
    QVBoxLayout* m_page = nullptr; ///< of what m_area holds; null: there is no project
    std::shared_ptr<const Inspection> m_inspection;
    std::vector<Section> m_left; ///< still to be made, the last one first
    int m_scrolledTo = 0;        ///< where a person read when it was made anew
    QTimer m_more;
};

} // namespace sightglass
