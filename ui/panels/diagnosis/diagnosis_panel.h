// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

class QVBoxLayout;

namespace sightglass {

class PageArea;

/// The diagnosis in full: evidence with its grades, the ways back side by side, the checklist.
class DiagnosisPanel : public Panel
{
    Q_OBJECT

public:
    explicit DiagnosisPanel(const PanelContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    /// A table that a card names is to be shown.
    void tableAsked(const QString& name);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;

private:
    QWidget* content(const Inspection& inspection);
    QWidget* heading(const Inspection& inspection);
    QWidget* connectCard(const Inspection& inspection);
    /// Whether a new database could be built from the chain, and where that would stop.
    QWidget* freshCard(const Inspection& inspection);
    /// That what is shown is older than what was asked for.
    QWidget* staleCard(const Inspection& inspection);
    /// What the version table says and what the schema looks like; null where that is one thing.
    QWidget* placesRow(const Inspection& inspection);
    void addStart(const Inspection& inspection, QVBoxLayout& layout);
    void addIdentity(const Inspection& inspection, QVBoxLayout& layout);
    void addImpact(const Inspection& inspection, QVBoxLayout& layout);
    QWidget* addChecklist(const Inspection& inspection,
                          const std::vector<ChecklistItem>& items,
                          const QString& title,
                          QVBoxLayout& layout);
    void addUpgrade(const Inspection& inspection, QVBoxLayout& layout);
    /// A link of a card; `revision` and `span` are what the evidence itself points at.
    void openLink(const RevisionId& revision, const SourceSpan& span, const QUrl& link);

    PageArea* m_area = nullptr;
};

} // namespace sightglass
