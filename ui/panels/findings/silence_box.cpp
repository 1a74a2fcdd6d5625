// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings/silence_box.h"

#include "ui/panels/findings/finding_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace sightglass {

SilenceBox::SilenceBox(const Theme& theme, const Finding& finding, QWidget* parent)
    : QWidget(parent)
    , m_finding(finding)
    , m_reason(new QLineEdit(this))
    , m_line(new TextLabel(theme, {.size = TextSize::Code}, this))
    , m_copy(new QPushButton(tr("Copy the comment"), this))
{
    m_reason->setObjectName(QStringLiteral("silenceReason"));
    m_reason->setAccessibleName(tr("Reason why this is accepted"));
    m_reason->setPlaceholderText(tr("Why is this safe here?"));
    m_line->setObjectName(QStringLiteral("silenceLine"));
    m_copy->setObjectName(QStringLiteral("copySilence"));
    m_copy->setProperty("kind", QStringLiteral("small"));
    m_copy->setMinimumHeight(24);
    auto* where = new TextLabel(
        theme,
        {.size = TextSize::Small, .dim = true},
        finding.span.line > 0
            ? tr("The comment goes above line %1 of the file. Nothing is written here.")
                  .arg(finding.span.line)
            : tr("The comment goes above the statement. Nothing is written here."));
    auto* row = new QHBoxLayout;
    row->addWidget(m_copy);
    row->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(m_reason);
    layout->addWidget(m_line);
    layout->addWidget(where);
    layout->addLayout(row);
    connect(m_reason, &QLineEdit::textChanged, this, &SilenceBox::refresh);
    connect(m_reason, &QLineEdit::returnPressed, m_copy, &QPushButton::click);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(silenceLine(m_finding, m_reason->text()));
        QToolTip::showText(m_copy->mapToGlobal(m_copy->rect().bottomLeft()), tr("Copied"), m_copy);
    });
    refresh();
}

void SilenceBox::begin()
{
    m_reason->setFocus();
}

void SilenceBox::refresh()
{
    // Without a reason the comment does nothing: it can't be copied then.
    const bool given = !m_reason->text().simplified().isEmpty();
    m_line->setText(silenceLine(m_finding, given ? m_reason->text() : tr("(reason)")));
    m_copy->setEnabled(given);
    m_copy->setToolTip(given ? QString() : tr("A comment without a reason has no effect."));
}

} // namespace sightglass
