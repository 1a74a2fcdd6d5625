// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/message_bar.h"

#include "core/base/error.h"
#include "ui/main_window/marks.h"
#include "ui/text.h"

#include <QHBoxLayout>

namespace sightglass {

QString shownText(const Error& error)
{
    return toQString(toText(error));
}

MessageBar::MessageBar(const Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_close(new QPushButton(QStringLiteral("Dismiss"), this))
{
    setObjectName(name);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("role", QStringLiteral("message"));
    m_text->setObjectName(name + QStringLiteral("Text"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_button->setObjectName(name + QStringLiteral("Button"));
    m_close->setObjectName(name + QStringLiteral("Dismiss"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    connect(m_button, &QPushButton::clicked, this, &MessageBar::buttonPressed);
    connect(m_close, &QPushButton::clicked, this, &MessageBar::dismissed);
    connect(&theme, &Theme::changed, this, &MessageBar::refreshIcon);
    hide();
}

void MessageBar::setMessage(Tone tone, const QString& text, const QString& buttonText)
{
    m_tone = tone;
    m_text->setText(text);
    setAccessibleName(text);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    setStyleProperty(this,
                     "tone",
                     tone == Tone::Danger ? QStringLiteral("danger")
                                          : (tone == Tone::Warning ? QStringLiteral("warning")
                                                                   : QStringLiteral("accent")));
    refreshIcon();
    setVisible(!text.isEmpty());
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::refreshIcon()
{
    const QString name =
        m_tone == Tone::Accent ? QStringLiteral("info") : QStringLiteral("warning");
    m_icon->setPixmap(m_theme.icon(name, m_tone).pixmap(QSize(18, 18), devicePixelRatioF()));
}

} // namespace sightglass
