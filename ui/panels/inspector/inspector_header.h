// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/inspector/overview_html.h"
#include "ui/panels/revision_facts.h"

#include <QWidget>

#include <vector>

class QPushButton;

namespace sightglass {

class CopyButton;
class ElidedLine;
class TextLabel;

/// What the inspector's marks say of a revision: state, head, base, merge, labels, dangers.
std::vector<Pill>
inspectorPills(const Inspection& inspection, const FindingsByRevision& findings, const QString& id);

/// Message, id, file and marks of the selected revision.
class InspectorHeader : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorHeader(const Theme& theme, QWidget* parent = nullptr);
    void show(const Inspection& inspection, const FindingsByRevision& findings, const QString& id);

Q_SIGNALS:
    void openInEditorRequested();

private:
    void createLayout();
    void showPills(const std::vector<Pill>& pills);

    const Theme& m_theme;
    TextLabel* m_title = nullptr;
    ElidedLine* m_id = nullptr;
    CopyButton* m_copyId = nullptr;
    ElidedLine* m_file = nullptr;
    QPushButton* m_open = nullptr;
    QWidget* m_pills = nullptr;
};

} // namespace sightglass
