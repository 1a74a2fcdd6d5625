// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/sql_page.h"

#include "core/render/render.h"
#include "ui/text.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/sql_view.h"
#include "ui/widgets/text_label.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sightglass {

QString sqlOf(const RevisionReading& reading)
{
    QString text;
    for (const RenderedStatement& statement : renderStatements(reading.operations)) {
        QString sql = toQString(statement.sql).trimmed();
        const bool comment = !statement.resolved && sql.startsWith(QStringLiteral("--"));
        if (!comment && !sql.endsWith(QLatin1Char(';')))
            sql += QLatin1Char(';');
        text += sql + QStringLiteral("\n\n");
    }
    return text.trimmed();
}

SqlPage::SqlPage(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_up(new ChipButton(theme, Tone::Accent))
    , m_down(new ChipButton(theme, Tone::Accent))
    , m_copy(new CopyButton(theme, tr("Copy all statements")))
    , m_pages(new QStackedWidget)
    , m_words(new TextLabel(theme, {.dim = true}))
    , m_view(new SqlView(theme, tr("SQL of the revision")))
{
    m_up->setObjectName(QStringLiteral("sqlUpgrade"));
    m_up->setText(tr("Upgrade"));
    m_down->setObjectName(QStringLiteral("sqlDowngrade"));
    m_down->setText(tr("Downgrade"));
    m_copy->setObjectName(QStringLiteral("copySql"));
    m_words->setObjectName(QStringLiteral("sqlWords"));
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_words->setContentsMargins(16, 12, 16, 16);
    auto* choice = new QButtonGroup(this);
    for (ChipButton* button : {m_up, m_down}) {
        button->setCheckable(true);
        choice->addButton(button);
    }
    m_up->setChecked(true);
    connect(choice, &QButtonGroup::buttonClicked, this, &SqlPage::refresh);
    m_pages->addWidget(m_words);
    m_pages->addWidget(m_view);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 8, 10, 4);
    bar->addWidget(m_up);
    bar->addWidget(m_down);
    bar->addStretch(1);
    bar->addWidget(m_copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
}

void SqlPage::showStatements(const QString& upgrade, const QString& downgrade)
{
    m_upgrade = upgrade;
    m_downgrade = downgrade;
    m_up->setEnabled(true);
    m_down->setEnabled(true);
    refresh();
}

void SqlPage::showWords(const QString& words)
{
    m_up->setEnabled(false);
    m_down->setEnabled(false);
    m_copy->setEnabled(false);
    m_words->setText(words);
    m_pages->setCurrentWidget(m_words);
}

bool SqlPage::showsDowngrade() const
{
    return m_down->isChecked();
}

void SqlPage::refresh()
{
    const QString& text = showsDowngrade() ? m_downgrade : m_upgrade;
    m_copy->setEnabled(!text.isEmpty());
    m_copy->setText(text);
    if (text.isEmpty()) {
        m_words->setText(showsDowngrade() ? tr("The downgrade sends no statement.")
                                          : tr("The upgrade sends no statement."));
        m_pages->setCurrentWidget(m_words);
        return;
    }
    m_view->setText(text + QLatin1Char('\n'));
    m_pages->setCurrentWidget(m_view);
}

} // namespace sightglass
