// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/inspector_header.h"

#include "ui/text.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::InspectorHeader", text);
}

Pill statePill(RevisionState state)
{
    switch (state) {
    case RevisionState::Applied:
        return {.text = stateWord(state), .tone = Tone::Good};
    case RevisionState::Pending:
        return {.text = stateWord(state), .tone = Tone::Accent};
    case RevisionState::NotKnown:
        return {.text = tr("state not known"), .tone = Tone::Neutral, .outlined = true};
    case RevisionState::Missing:
    case RevisionState::OnlyInDatabase:
        return {.text = stateWord(state), .tone = Tone::Danger};
    }
    return {};
}

void addGraphPills(std::vector<Pill>& pills, const Inspection& inspection, RevisionIndex index)
{
    const RevisionGraph& graph = *inspection.graph;
    const auto& here = inspection.databaseAt;
    if (std::find(here.begin(), here.end(), index) != here.end())
        pills.push_back({.text = tr("database is here"), .tone = Tone::Accent});
    if (graph.isHead(index))
        pills.push_back({.text = tr("head"), .tone = Tone::Accent, .outlined = true});
    if (graph.isBase(index))
        pills.push_back({.text = tr("base"), .outlined = true});
    if (graph.isMergePoint(index))
        pills.push_back({.text = tr("merge"), .outlined = true});
    if (graph.isBranchPoint(index))
        pills.push_back({.text = tr("branch point"), .outlined = true});
    for (const RevisionReference& label : graph.revision(index).labels)
        pills.push_back({.text = toQString(label.id), .outlined = true});
}
} // namespace

std::vector<Pill>
inspectorPills(const Inspection& inspection, const FindingsByRevision& findings, const QString& id)
{
    std::vector<Pill> pills;
    const InspectedRevision what = inspected(inspection, id);
    if (what.revision)
        pills.push_back(statePill(stateOf(inspection, *what.revision)));
    if (what.missing != nullptr)
        pills.push_back(statePill(RevisionState::Missing));
    if (what.onlyInDatabase)
        pills.push_back(statePill(RevisionState::OnlyInDatabase));
    if (const auto drift = DriftMarks(inspection).pill(toStd(id)))
        pills.push_back(*drift);
    if (const auto danger = findings.dangerPill(toStd(id)))
        pills.push_back(*danger);
    if (what.revision)
        addGraphPills(pills, inspection, *what.revision);
    return pills;
}

InspectorHeader::InspectorHeader(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    createLayout();
    connect(m_open, &QPushButton::clicked, this, &InspectorHeader::openInEditorRequested);
}

void InspectorHeader::createLayout()
{
    m_title = new TextLabel(m_theme, {.size = TextSize::Title});
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_id = new ElidedLine(m_theme, {.size = TextSize::Code, .dim = true}, Qt::ElideMiddle);
    m_id->setObjectName(QStringLiteral("inspectorId"));
    m_copyId = new CopyButton(m_theme, tr("Copy revision id"));
    m_copyId->setObjectName(QStringLiteral("copyRevisionId"));
    m_file = new ElidedLine(m_theme, {.size = TextSize::Code, .dim = true}, Qt::ElideMiddle);
    m_file->setObjectName(QStringLiteral("inspectorFile"));
    m_open = new QPushButton(tr("Open in editor"));
    m_open->setProperty("kind", QStringLiteral("small"));
    m_open->setMinimumHeight(24);
    m_open->setObjectName(QStringLiteral("openInEditor"));
    m_open->setAccessibleName(tr("Open the revision's file in the editor"));
    m_pills = new QWidget;
    new FlowLayout(5, m_pills);

    auto* idRow = new QHBoxLayout;
    idRow->setSpacing(4);
    idRow->addWidget(m_id);
    idRow->addWidget(m_copyId);
    idRow->addStretch(1);
    auto* fileRow = new QHBoxLayout;
    fileRow->setSpacing(8);
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_open);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 6);
    layout->setSpacing(3);
    layout->addWidget(m_title);
    layout->addLayout(idRow);
    layout->addLayout(fileRow);
    layout->addSpacing(4);
    layout->addWidget(m_pills);
}

void InspectorHeader::show(const Inspection& inspection,
                           const FindingsByRevision& findings,
                           const QString& id)
{
    const InspectedRevision what = inspected(inspection, id);
    const Revision* const revision =
        what.revision ? &inspection.graph->revision(*what.revision) : nullptr;
    QString title = revision == nullptr ? tr("no such revision") : toQString(revision->message);
    if (what.missing != nullptr)
        title = tr("missing revision");
    else if (what.onlyInDatabase)
        title = tr("only in the database");
    m_title->setText(title.isEmpty() ? tr("(no message)") : title);
    m_id->setText(id);
    m_copyId->setText(id);
    m_file->setText(revision == nullptr ? QString() : fileName(revision->span.file));
    m_file->setToolTip(revision == nullptr ? QString() : toQString(revision->span.file));
    m_file->setVisible(revision != nullptr);
    m_open->setVisible(revision != nullptr);
    showPills(inspectorPills(inspection, findings, id));
}

void InspectorHeader::showPills(const std::vector<Pill>& pills)
{
    while (QLayoutItem* const item = m_pills->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Pill& pill : pills) {
        auto* label = new PillLabel(m_theme, m_pills);
        label->setPill(pill);
        m_pills->layout()->addWidget(label);
    }
    m_pills->updateGeometry();
}

} // namespace sightglass
