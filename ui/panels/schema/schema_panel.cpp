// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/schema/schema_panel.h"

#include "ui/panels/schema/schema_picker.h"
#include "ui/text.h"
#include "ui/widgets/code_font.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace sightglass {

namespace {
const QString schemaSubject = QStringLiteral("schema browser");
const QString doubtSign = QStringLiteral("\u25C6 ");
/// Where an object's item finds its object: section and number within it.
constexpr int sectionRole = Qt::UserRole;
constexpr int objectRole = Qt::UserRole + 1;
constexpr int partRole = Qt::UserRole + 2;
} // namespace

SchemaPanel::SchemaPanel(const PanelContext& panelContext, JobRunner& jobs, QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
{
    setObjectName(QStringLiteral("schemaPanel"));
    setAccessibleName(tr("Schema at a revision"));
    createLayout();
    connectSignals();
    applyTheme();
    say(tr("No project is open."));
}

void SchemaPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    const Theme& theme = context().theme;
    m_picker = new SchemaPicker(tr("Where the schema is from"), QStringLiteral("selected"));
    m_picker->setObjectName(QStringLiteral("schemaPlace"));
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("schemaFilter"));
    m_field->setAccessibleName(tr("Filter the schema"));
    m_field->setPlaceholderText(tr("Filter: table, column, index…"));
    m_field->setClearButtonEnabled(true);
    m_words = new TextLabel(theme, {.dim = true});
    m_words->setObjectName(QStringLiteral("schemaWords"));
    m_words->setContentsMargins(12, 4, 12, 4);
    m_tree = new QTreeWidget;
    m_tree->setObjectName(QStringLiteral("schemaTree"));
    m_tree->setAccessibleName(tr("Objects of the schema"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_details = new QPlainTextEdit;
    m_details->setObjectName(QStringLiteral("schemaDetails"));
    m_details->setAccessibleName(tr("Definition of the selected object"));
    m_details->setReadOnly(true);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new CopyButton(theme, tr("Copy the definition"));
    m_copy->setObjectName(QStringLiteral("copyDefinition"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_picker, 2);
    bar->addWidget(m_field, 1);
    bar->addWidget(m_copy);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_words);
    layout->addWidget(splitter, 1);
}

void SchemaPanel::connectSignals()
{
    connect(&context().selection, &Selection::changed, this, &SchemaPanel::followSelection);
    connect(m_picker, &SchemaPicker::chosen, this, &SchemaPanel::readSchema);
    connect(m_field, &QLineEdit::textChanged, this, &SchemaPanel::applyFilter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &SchemaPanel::showDetails);
    // A large schema has tens of thousands of parts; they are made when they are looked at.
    connect(m_tree, &QTreeWidget::itemExpanded, this, &SchemaPanel::addParts);
}

void SchemaPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    refreshPlaces();
    readSchema();
}

void SchemaPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    if (m_selectionStale)
        followSelection();
}

void SchemaPanel::followSelection()
{
    m_selectionStale = !isVisible();
    if (m_selectionStale)
        return;
    refreshPlaces();
    if (m_picker->key() == QStringLiteral("selected"))
        readSchema();
}

void SchemaPanel::followRevision()
{
    m_picker->choose(QStringLiteral("selected"));
}

void SchemaPanel::refreshPlaces()
{
    m_picker->setPlaces(m_inspection == nullptr
                            ? std::vector<SchemaPlace>()
                            : schemaPlaces(*m_inspection, context().selection.revision()));
}

void SchemaPanel::readSchema()
{
    m_jobs.stop(schemaSubject);
    if (m_inspection == nullptr) {
        take({.title = {}, .problem = tr("No project is open."), .sections = {}, .doubts = {}});
        return;
    }
    say(tr("Reading the schema…"));
    m_jobs.start(
        schemaSubject,
        this,
        [inspection = m_inspection,
         key = m_picker->key(),
         selected = context().selection.revision()](const RunContext&) {
            return outlineOf(schemaAt(*inspection, key, selected));
        },
        [this](SchemaOutline outline) { take(std::move(outline)); });
}

void SchemaPanel::take(SchemaOutline outline)
{
    m_outline = std::move(outline);
    fillTree();
    applyFilter();
    showDetails();
}

void SchemaPanel::sayWhatIsShown()
{
    if (!m_outline.problem.isEmpty()) {
        say(m_outline.problem);
    } else if (m_outline.sections.empty()) {
        say(m_outline.doubts.isEmpty()
                ? tr("There is nothing in this schema.")
                : tr("Nothing is known to be in this schema. %1").arg(m_outline.doubts.first()));
    } else if (!m_outline.doubts.isEmpty()) {
        say(doubtSign +
            tr("Not known for certain: %1").arg(m_outline.doubts.join(QStringLiteral("; "))));
    } else {
        say({});
    }
}

void SchemaPanel::fillTree()
{
    m_tree->clear();
    for (std::size_t i = 0; i < m_outline.sections.size(); ++i) {
        const SchemaSection& section = m_outline.sections[i];
        auto* top = new QTreeWidgetItem(
            m_tree, {QStringLiteral("%1 %2").arg(section.title).arg(section.objects.size())});
        for (std::size_t j = 0; j < section.objects.size(); ++j) {
            const SchemaObject& object = section.objects[j];
            auto* item = new QTreeWidgetItem(
                top,
                {(object.doubt.isEmpty() ? QString() : doubtSign) + object.name, object.remark});
            item->setData(0, sectionRole, static_cast<int>(i));
            item->setData(0, objectRole, static_cast<int>(j));
            if (!object.doubt.isEmpty())
                item->setToolTip(0, tr("Not known for certain: %1").arg(object.doubt));
            if (!object.parts.empty())
                item->setChildIndicatorPolicy(QTreeWidgetItem::ShowIndicator);
        }
        top->setExpanded(i == 0);
    }
    m_tree->setColumnWidth(0, 300);
}

const SchemaObject* SchemaPanel::objectOf(const QTreeWidgetItem* item) const
{
    if (item == nullptr || item->parent() == nullptr)
        return nullptr;
    const QTreeWidgetItem* const owner = item->data(0, partRole).isValid() ? item->parent() : item;
    const auto section = owner->data(0, sectionRole).toUInt();
    const auto object = owner->data(0, objectRole).toUInt();
    return &m_outline.sections[section].objects[object];
}

void SchemaPanel::addParts(QTreeWidgetItem* item)
{
    const SchemaObject* const object = objectOf(item);
    if (object == nullptr || item->childCount() > 0)
        return;
    for (std::size_t i = 0; i < object->parts.size(); ++i) {
        const SchemaPart& part = object->parts[i];
        const QString name = part.kind == tr("column")
                                 ? part.name
                                 : QStringLiteral("%1 %2").arg(part.kind, part.name);
        auto* child = new QTreeWidgetItem(
            item, {(part.doubt.isEmpty() ? QString() : doubtSign) + name, part.definition});
        child->setData(0, partRole, static_cast<int>(i));
        child->setToolTip(1, part.definition);
        if (!part.doubt.isEmpty())
            child->setToolTip(0, tr("Not known for certain: %1").arg(part.doubt));
    }
}

void SchemaPanel::applyFilter()
{
    const QString text = m_field->text().trimmed();
    int shown = 0;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const top = m_tree->topLevelItem(i);
        int below = 0;
        for (int j = 0; j < top->childCount(); ++j) {
            QTreeWidgetItem* const item = top->child(j);
            const bool fits =
                text.isEmpty() || objectOf(item)->searched.contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            below += fits ? 1 : 0;
        }
        top->setHidden(below == 0);
        if (!text.isEmpty())
            top->setExpanded(true);
        shown += below;
    }
    if (shown == 0 && !text.isEmpty() && !m_outline.sections.empty())
        say(tr("Nothing in this schema matches the filter."));
    else
        sayWhatIsShown();
}

void SchemaPanel::showDetails()
{
    const QTreeWidgetItem* const item = m_tree->currentItem();
    const SchemaObject* const object = objectOf(item);
    QString text;
    QString doubt;
    if (object != nullptr) {
        const QVariant part = item->data(0, partRole);
        if (part.isValid()) {
            const SchemaPart& shown = object->parts[part.toUInt()];
            text = QStringLiteral("%1 %2\n%3").arg(shown.kind, shown.name, shown.definition);
            doubt = shown.doubt;
        } else {
            text = object->definition;
            doubt = object->doubt;
        }
    }
    m_copy->setText(text);
    m_copy->setEnabled(!text.isEmpty());
    if (!doubt.isEmpty())
        text += QStringLiteral("\n\n") + doubtSign + tr("Not known for certain: %1").arg(doubt);
    m_details->setPlainText(text);
    m_details->setPlaceholderText(tr("Select an object to see its definition."));
}

void SchemaPanel::say(const QString& words)
{
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

void SchemaPanel::applyTheme()
{
    const ThemeColors& colors = context().theme.colors();
    m_details->setFont(plainCodeFont(context().theme));
    QPalette palette = m_details->palette();
    palette.setColor(QPalette::PlaceholderText, colors.dim);
    m_details->setPalette(palette);
}

} // namespace sightglass
