// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/compare/compare_panel.h"

#include "core/differences/differences.h"
#include "core/report/text_report.h"
#include "ui/panels/inspector/operations_html.h"
#include "ui/panels/inspector/schema_change_html.h"
#include "ui/panels/schema/schema_picker.h"
#include "ui/text.h"
#include "ui/widgets/copy_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {
const QString compareSubject = QStringLiteral("comparison");
constexpr std::size_t mostDoubts = 20;
/// On one page: laying out a page of thousands would stop the window.
constexpr std::size_t mostDifferences = 200;

bool matches(const Difference& difference, const QString& text)
{
    return text.isEmpty() || QStringLiteral("%1 %2 %3 %4 %5")
                                 .arg(toQString(difference.kind),
                                      toQString(toText(difference.object)),
                                      toQString(difference.part),
                                      toQString(difference.left),
                                      toQString(difference.right))
                                 .contains(text, Qt::CaseInsensitive);
}
} // namespace

/// What the page shows.
struct ComparePanel::Comparison
{
    QString left; ///< what is compared, in words
    QString right;
    QString problem; ///< why there is no comparison
    std::vector<Difference> differences;
    std::vector<QString> doubts;
    QString text; ///< all of it, to be copied

    /// cost  two schemas of the history; for a worker thread
    static Comparison of(const Inspection& inspection,
                         const QString& left,
                         const QString& right,
                         const QString& selected);
};

ComparePanel::~ComparePanel() = default;

ComparePanel::ComparePanel(const PanelContext& panelContext, JobRunner& jobs, QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
    , m_comparison(std::make_unique<Comparison>())
{
    setObjectName(QStringLiteral("comparePanel"));
    setAccessibleName(tr("Compare two schemas"));
    createLayout();
    connectSignals();
    compare();
}

void ComparePanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_left = new SchemaPicker(tr("Left schema"), QStringLiteral("selected"));
    m_left->setObjectName(QStringLiteral("compareLeft"));
    m_right = new SchemaPicker(tr("Right schema"), QStringLiteral("heads"));
    m_right->setObjectName(QStringLiteral("compareRight"));
    m_swap = new QToolButton;
    m_swap->setObjectName(QStringLiteral("compareSwap"));
    m_swap->setText(QStringLiteral("\u21C4"));
    m_swap->setToolTip(tr("Swap left and right"));
    m_swap->setAccessibleName(tr("Swap left and right"));
    m_swap->setFocusPolicy(Qt::StrongFocus);
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("compareFilter"));
    m_field->setAccessibleName(tr("Filter differences"));
    m_field->setPlaceholderText(tr("Filter: object, type…"));
    m_field->setClearButtonEnabled(true);
    m_copy = new CopyButton(context().theme, tr("Copy the differences as text"));
    m_copy->setObjectName(QStringLiteral("copyDifferences"));
    m_page = new QTextBrowser;
    m_page->setObjectName(QStringLiteral("differences"));
    m_page->setAccessibleName(tr("Differences"));
    m_page->setOpenLinks(false);
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->document()->setDocumentMargin(12);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_left, 2);
    bar->addWidget(m_swap);
    bar->addWidget(m_right, 2);
    bar->addWidget(m_field, 1);
    bar->addWidget(m_copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_page, 1);
}

void ComparePanel::connectSignals()
{
    connect(&context().selection, &Selection::changed, this, &ComparePanel::followSelection);
    for (SchemaPicker* picker : {m_left, m_right})
        connect(picker, &SchemaPicker::chosen, this, &ComparePanel::compare);
    connect(m_swap, &QToolButton::clicked, this, &ComparePanel::swap);
    connect(m_field, &QLineEdit::textChanged, this, &ComparePanel::showComparison);
    // The page carries colours in its markup.
    connect(&context().theme, &Theme::changed, this, &ComparePanel::showComparison);
}

void ComparePanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    refreshPlaces();
    compare();
}

void ComparePanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    if (m_selectionStale)
        followSelection();
}

void ComparePanel::followSelection()
{
    m_selectionStale = !isVisible();
    if (m_selectionStale)
        return;
    refreshPlaces();
    const QString selected = QStringLiteral("selected");
    if (m_left->key() == selected || m_right->key() == selected)
        compare();
}

void ComparePanel::refreshPlaces()
{
    const auto places = m_inspection == nullptr
                            ? std::vector<SchemaPlace>()
                            : schemaPlaces(*m_inspection, context().selection.revision());
    m_left->setPlaces(places);
    m_right->setPlaces(places);
}

void ComparePanel::swap()
{
    const QString left = m_left->key();
    {
        const QSignalBlocker once(m_left);
        m_left->choose(m_right->key());
    }
    m_right->choose(left);
}

ComparePanel::Comparison ComparePanel::Comparison::of(const Inspection& inspection,
                                                      const QString& left,
                                                      const QString& right,
                                                      const QString& selected)
{
    const SchemaAtPlace one = schemaAt(inspection, left, selected);
    const SchemaAtPlace other = schemaAt(inspection, right, selected);
    Comparison comparison{.left = one.title, .right = other.title};
    for (const SchemaAtPlace* place : {&one, &other}) {
        if (!place->problem.isEmpty()) {
            comparison.problem = place->problem;
            return comparison;
        }
        for (const Doubt& doubt : place->replayed.doubts)
            comparison.doubts.push_back(
                QStringLiteral("%1, %2").arg(place->title, doubtText(doubt)));
    }
    // Alembic makes the version table, no revision does.
    const auto isVersionTable = [&table =
                                     inspection.diagnosis.versionTable](const QualifiedName& name) {
        return !table.name.empty() && name == table;
    };
    // What was not read of the database may be there.
    const bool withLive = inspection.live != nullptr &&
                          (left == QStringLiteral("live") || right == QStringLiteral("live"));
    const UnreadParts unread = withLive ? inspection.live->unread : UnreadParts();
    if (!unread.isEmpty())
        comparison.doubts.push_back(
            tr("Not compared, because not read: %1").arg(toQString(unreadText(unread))));
    comparison.differences = differencesBetween(asRead(one.replayed.schema, unread),
                                                asRead(other.replayed.schema, unread),
                                                {.leftOut = isVersionTable});
    comparison.text = toQString(
        diffText(toStd(comparison.left), toStd(comparison.right), comparison.differences, unread));
    return comparison;
}

void ComparePanel::compare()
{
    m_jobs.stop(compareSubject);
    *m_comparison = {};
    if (m_inspection == nullptr) {
        m_comparison->problem = tr("No project is open.");
        showComparison();
        return;
    }
    m_comparison->problem = tr("Comparing…");
    showComparison();
    m_jobs.start(
        compareSubject,
        this,
        [inspection = m_inspection,
         left = m_left->key(),
         right = m_right->key(),
         selected = context().selection.revision()](const RunContext&) {
            return Comparison::of(*inspection, left, right, selected);
        },
        [this](Comparison comparison) {
            *m_comparison = std::move(comparison);
            showComparison();
        });
}

void ComparePanel::showComparison()
{
    const bool known = m_comparison->problem.isEmpty();
    m_copy->setEnabled(known);
    m_copy->setText(known ? m_comparison->text : QString());
    m_page->setHtml(comparisonHtml());
}

QString ComparePanel::comparisonHtml() const
{
    QString body;
    const auto words = [&body](const QString& text) {
        body += QStringLiteral("<p class=\"o\">%1</p>").arg(text.toHtmlEscaped());
    };
    if (!m_comparison->problem.isEmpty()) {
        words(m_comparison->problem);
    } else {
        std::vector<Difference> shown;
        std::size_t count = 0;
        const QString text = m_field->text().trimmed();
        for (const Difference& difference : m_comparison->differences) {
            if (!matches(difference, text))
                continue;
            if (++count <= mostDifferences)
                shown.push_back(difference);
        }
        if (m_comparison->differences.empty())
            words(tr("No difference between %1 and %2.")
                      .arg(m_comparison->left, m_comparison->right));
        else if (shown.empty())
            words(tr("No difference matches the filter."));
        else
            words(count == 1 ? tr("1 difference. Left: %1. Right: %2.")
                                   .arg(m_comparison->left, m_comparison->right)
                             : tr("%1 differences. Left: %2. Right: %3.")
                                   .arg(count)
                                   .arg(m_comparison->left, m_comparison->right));
        body += differencesHtml(shown, DifferenceWords::Sides);
        if (count > shown.size())
            words(tr("and %1 more. Filter for what you look for, or copy all of them as text.")
                      .arg(count - shown.size()));
    }
    for (std::size_t i = 0; i < m_comparison->doubts.size() && i < mostDoubts; ++i)
        body +=
            QStringLiteral("<p class=\"warning\">%1 %2</p>")
                .arg(QChar(u'\u25C6'))
                .arg(tr("Not known for certain: %1").arg(m_comparison->doubts[i]).toHtmlEscaped());
    if (m_comparison->doubts.size() > mostDoubts)
        words(tr("and %1 more doubts").arg(m_comparison->doubts.size() - mostDoubts));
    return QStringLiteral("<html><head><style>%1</style></head><body>%2</body></html>")
        .arg(inspectorStyle(context().theme), body);
}

} // namespace sightglass
