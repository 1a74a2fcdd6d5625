// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start_page/start_page.h"

#include "ui/main_window/actions.h"
#include "ui/main_window/activity_line.h"
#include "ui/main_window/key_caps.h"
#include "ui/main_window/marks.h"
#include "ui/widgets/pill.h"

#include <QDir>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr int pageWidth = 960;
constexpr std::size_t recentShown = 5;
constexpr std::size_t demosShown = 3;

QString shortPath(const QString& path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size())
                                                    : path;
}

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QFrame* createRule(QWidget* parent)
{
    auto* rule = new QFrame(parent);
    rule->setProperty("role", QStringLiteral("rule"));
    rule->setFixedHeight(1);
    return rule;
}

QLabel* createLabel(const QString& text, const QString& role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", role);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

QString daysAgoText(const QDateTime& then, const QDateTime& now)
{
    const qint64 days = then.daysTo(now);
    if (!then.isValid() || days < 0)
        return {};
    if (days == 0)
        return QStringLiteral("today");
    return days == 1 ? QStringLiteral("yesterday") : QStringLiteral("%1 days ago").arg(days);
}

StartPage::StartPage(const Theme& theme,
                     Requests& requests,
                     JobRunner& runner,
                     const Actions& actions,
                     QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_requests(requests)
    , m_logo(new QLabel(this))
{
    setObjectName(QStringLiteral("startPage"));
    auto* page = new QWidget(this);
    page->setObjectName(QStringLiteral("startContent"));
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(12, 62, 12, 24);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(18);
    grid->addWidget(createHeader(), 0, 0, 1, 2);
    grid->addWidget(
        createActionCard(
            QStringLiteral("Open a migrations folder"),
            QStringLiteral("An Alembic project, its alembic.ini, or a folder of revision "
                           "files. Files are read, nothing in them is run."),
            actions.find(QStringLiteral("openFolder")),
            true),
        1,
        0);
    grid->addWidget(createActionCard(
                        QStringLiteral("Connect to a database"),
                        QStringLiteral("Read-only. A postgresql:// address, a service name, or the "
                                       "project’s own setting."),
                        actions.find(QStringLiteral("connect")),
                        false),
                    1,
                    1);
    grid->addWidget(
        createCard(QStringLiteral("recentCard"), QStringLiteral("Recent"), m_recentRows), 2, 0);
    grid->addWidget(createCard(QStringLiteral("demoCard"),
                               QStringLiteral("Learn on a real incident"),
                               m_demoRows),
                    2,
                    1);
    grid->addWidget(
        new ActivityLine(runner, requests, std::chrono::milliseconds(300), page), 3, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(4, 1);
    page->setMaximumWidth(pageWidth + 24);

    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("startScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto* centre = new QWidget(scroll);
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(page, 100);
    row->addStretch(1);
    scroll->setWidget(centre);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&theme, &Theme::changed, this, &StartPage::refreshLogo);
    refreshLogo();
    fillRecent();
    fillDemos();
}

QWidget* StartPage::createHeader()
{
    auto* header = new QWidget(this);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(2, 6, 0, 14);
    layout->setSpacing(14);
    layout->addWidget(m_logo);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(createLabel(QStringLiteral("Sightglass"), QStringLiteral("hero"), header));
    words->addWidget(
        createLabel(QStringLiteral("See the chain. Know where the database is. Find the way back."),
                    QStringLiteral("dim"),
                    header));
    layout->addLayout(words, 1);
    return header;
}

QFrame* StartPage::createCard(const QString& name, const QString& title, QVBoxLayout*& content)
{
    auto* card = new QFrame(this);
    card->setObjectName(name);
    card->setProperty("role", QStringLiteral("card"));
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(6);
    layout->addWidget(createLabel(title, QStringLiteral("cardTitle"), card));
    content = new QVBoxLayout;
    content->setSpacing(0);
    layout->addLayout(content);
    layout->addStretch(1);
    return card;
}

QWidget*
StartPage::createActionCard(const QString& title, const QString& text, QAction* action, bool main)
{
    QVBoxLayout* content = nullptr;
    QFrame* card = createCard(action->objectName() + QStringLiteral("Card"), title, content);
    QLabel* words = createLabel(text, QStringLiteral("dim"), card);
    words->setWordWrap(true);
    content->addWidget(words);
    content->addSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    auto* button = new ActionButton(action, card);
    button->setOwnText(main ? QStringLiteral("Open folder…") : QStringLiteral("Connect…"));
    button->setProperty("kind", main ? QStringLiteral("main") : QString());
    row->addWidget(button);
    row->addWidget(new KeyCaps(action->shortcut(), card));
    row->addStretch(1);
    content->addLayout(row);
    return card;
}

void StartPage::setRecent(const std::vector<RecentProject>& recent)
{
    m_recent = recent;
    fillRecent();
}

void StartPage::setDemos(const std::vector<DemoChoice>& demos, const QString& missing)
{
    m_demos = demos;
    m_noDemos = missing;
    fillDemos();
}

void StartPage::fillRecent()
{
    clear(m_recentRows);
    if (m_recent.empty()) {
        QLabel* none = createLabel(
            QStringLiteral("Projects that you open are listed here."), QStringLiteral("dim"), this);
        m_recentRows->addWidget(none);
        return;
    }
    const std::size_t count = std::min(m_recent.size(), recentShown);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            m_recentRows->addWidget(createRule(this));
        m_recentRows->addWidget(recentRow(m_recent[i]));
    }
}

QWidget* StartPage::recentRow(const RecentProject& project)
{
    auto* row = new QPushButton(this);
    row->setObjectName(QStringLiteral("recent:") + project.path);
    row->setProperty("kind", QStringLiteral("row"));
    row->setAccessibleName(QStringLiteral("Open %1, %2").arg(project.name, project.path));
    row->setToolTip(project.path);
    row->setCursor(Qt::PointingHandCursor);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 8, 0, 8);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    auto* top = new QHBoxLayout;
    top->setSpacing(6);
    top->addWidget(createLabel(project.name, QStringLiteral("strong"), row));
    if (!project.target.isEmpty()) {
        auto* badge = new EnvironmentBadge(row);
        badge->setEnvironment(project.environment);
        top->addWidget(badge);
    }
    top->addStretch(1);
    words->addLayout(top);
    auto* place = new ElidedLabel(row);
    place->setText(project.target.isEmpty() ? shortPath(project.path) : project.target);
    words->addWidget(place);
    layout->addLayout(words, 1);
    if (!project.state.isEmpty()) {
        auto* state = new PillLabel(m_theme, row);
        const QString age = daysAgoText(project.lastOpened, QDateTime::currentDateTime());
        state->setPill({.text = age.isEmpty() || age == QStringLiteral("today")
                                    ? project.state.toLower()
                                    : QStringLiteral("%1, %2").arg(project.state.toLower(), age),
                        .tone = project.tone});
        layout->addWidget(state);
    }
    row->setFixedHeight(layout->sizeHint().height());
    connect(row, &QPushButton::clicked, this, [this, project] {
        m_requests.ask(OpenProject{.path = project.path, .section = project.section});
    });
    return row;
}

void StartPage::fillDemos()
{
    clear(m_demoRows);
    QLabel* words = createLabel(
        m_demos.empty()
            ? m_noDemos
            : QStringLiteral("Each starts its own private PostgreSQL and leaves nothing behind."),
        QStringLiteral("dim"),
        this);
    words->setWordWrap(true);
    m_demoRows->addWidget(words);
    const std::size_t count = m_allDemos ? m_demos.size() : std::min(m_demos.size(), demosShown);
    for (std::size_t i = 0; i < count; ++i) {
        m_demoRows->addWidget(demoRow(m_demos[i]));
        m_demoRows->addWidget(createRule(this));
    }
    if (count == m_demos.size())
        return;
    auto* more = new QPushButton(QStringLiteral("%1 more").arg(m_demos.size() - count), this);
    more->setObjectName(QStringLiteral("moreDemos"));
    more->setProperty("kind", QStringLiteral("link"));
    more->setAccessibleName(QStringLiteral("Show %1 more incidents").arg(m_demos.size() - count));
    connect(more, &QPushButton::clicked, this, [this] {
        m_allDemos = true;
        fillDemos();
    });
    m_demoRows->addSpacing(8);
    m_demoRows->addWidget(more, 0, Qt::AlignLeft);
}

QWidget* StartPage::demoRow(const DemoChoice& demo)
{
    auto* row = new QWidget(this);
    row->setToolTip(demo.summary);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 9, 0, 9);
    auto* title = new ElidedLabel(row);
    title->setText(demo.title);
    title->setProperty("role", QStringLiteral("plain"));
    title->setToolTip(demo.summary);
    layout->addWidget(title, 1);
    auto* open = new QPushButton(QStringLiteral("Open"), row);
    open->setObjectName(QStringLiteral("demo:") + demo.name);
    open->setAccessibleName(QStringLiteral("Open the demo: %1").arg(demo.title));
    open->setToolTip(demo.summary);
    connect(open, &QPushButton::clicked, this, [this, name = demo.name] {
        m_requests.ask(StartDemoIncident{name});
    });
    layout->addWidget(open);
    return row;
}

void StartPage::refreshLogo()
{
    m_logo->setPixmap(m_theme.icon(QStringLiteral("logo"), Tone::Accent)
                          .pixmap(QSize(42, 42), devicePixelRatioF()));
    m_logo->setAccessibleName(QStringLiteral("Sightglass"));
}

} // namespace sightglass
