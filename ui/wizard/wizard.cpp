// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/wizard.h"

#include "ui/main_window/marks.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/text_label.h"
#include "ui/wizard/step_list.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sightglass {

namespace {
constexpr QSize usualSize(900, 620);
constexpr int edge = 22;
} // namespace

WizardPage::WizardPage(const Theme& theme, const QString& name, const QString& title)
    : m_theme(theme)
    , m_name(name)
    , m_title(new TextLabel(theme, {.size = TextSize::Title, .strong = true}))
    , m_summary(new TextLabel(theme, {.dim = true}))
{
    setAccessibleName(name);
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_summary->setObjectName(QStringLiteral("pageSummary"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    setHeading(title, {});
}

void WizardPage::showIn(PageArea& area, QWidget* content)
{
    area.setWidget(content);
    // The ground is the wizard's, also where the page scrolls.
    content->setAutoFillBackground(false);
    area.viewport()->setAutoFillBackground(false);
}

QString WizardPage::nextText() const
{
    return tr("Continue");
}

void WizardPage::setHeading(const QString& title, const QString& summary)
{
    m_title->setText(title);
    m_summary->setText(summary);
    m_summary->setVisible(!summary.isEmpty());
}

Wizard::Wizard(const Theme& theme, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("wizard"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    createLayout(title);
    resize(usualSize);
}

void Wizard::createLayout(const QString& title)
{
    m_steps = new StepList(m_theme, title, this);
    m_stack = new QStackedWidget(this);
    m_copy = new QPushButton(tr("Copy as commands"), this);
    m_copy->setObjectName(QStringLiteral("wizardCopy"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(QStringLiteral("wizardCancel"));
    m_back = new QPushButton(tr("Back"), this);
    m_back->setObjectName(QStringLiteral("wizardBack"));
    m_next = new QPushButton(this);
    m_next->setObjectName(QStringLiteral("wizardNext"));
    m_next->setProperty("kind", QStringLiteral("main"));
    for (QPushButton* button : {m_copy, m_cancel, m_back, m_next})
        button->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, &Wizard::copyCommands);
    connect(m_cancel, &QPushButton::clicked, this, &Wizard::reject);
    connect(m_back, &QPushButton::clicked, this, &Wizard::back);
    connect(m_next, &QPushButton::clicked, this, &Wizard::next);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(edge, edge, edge, edge - 4);
    right->setSpacing(14);
    right->addWidget(m_stack, 1);
    right->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_steps);
    layout->addLayout(right, 1);
}

void Wizard::addPage(WizardPage* page)
{
    m_steps->addStep(page->name());
    m_stack->addWidget(page);
    connect(page, &WizardPage::changed, this, &Wizard::refresh);
}

WizardPage& Wizard::page(int index) const
{
    return *qobject_cast<WizardPage*>(m_stack->widget(index));
}

void Wizard::begin()
{
    goTo(0);
}

int Wizard::currentStep() const
{
    return m_stack->currentIndex();
}

void Wizard::goTo(int step)
{
    const bool forward = step > currentStep();
    m_stack->setCurrentIndex(step);
    m_steps->setCurrent(step);
    entered(step, forward);
    refresh();
    if (QWidget* const first = page(step).focusProxy(); first != nullptr)
        first->setFocus();
}

void Wizard::next()
{
    if (!page(currentStep()).isComplete())
        return;
    if (currentStep() + 1 >= m_stack->count())
        accept();
    else
        goTo(currentStep() + 1);
}

void Wizard::entered(int, bool) {}

void Wizard::back()
{
    if (currentStep() > 0 && page(currentStep()).canGoBack())
        goTo(currentStep() - 1);
}

void Wizard::reject()
{
    // While something runs the page offers to stop it; the window stays to say what became of it.
    if (page(currentStep()).canLeave())
        QDialog::reject();
}

void Wizard::refresh()
{
    if (m_stack->count() == 0)
        return;
    const WizardPage& shown = page(currentStep());
    const bool isLast = currentStep() + 1 >= m_stack->count();
    m_next->setText(shown.nextText());
    m_next->setEnabled(shown.isComplete());
    m_next->setDefault(!shown.actsOnNext());
    m_back->setVisible(currentStep() > 0 && shown.canGoBack());
    m_cancel->setVisible(!isLast);
    m_cancel->setEnabled(shown.canLeave());
    m_copy->setVisible(!shown.commands().isEmpty());
}

void Wizard::copyCommands()
{
    QGuiApplication::clipboard()->setText(page(currentStep()).commands());
    m_copy->setText(tr("Copied"));
}

} // namespace sightglass
