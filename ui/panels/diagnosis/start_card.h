// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/outlook.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pill.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <optional>

namespace sightglass {

/// Whether an upgrade could begin now, as a light with a shape for each answer: a disc with a tick,
/// a triangle, a square with a bar, an empty ring.
class StartLight : public QWidget
{
    Q_OBJECT

public:
    StartLight(const Theme& theme, std::optional<StartAnswer> answer, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    std::optional<StartAnswer> m_answer;
};

/// What the light says.
struct StartWords
{
    Tone tone = Tone::Neutral;
    QString mark;     ///< "free", "wait", "do not start", "not known"
    QString sentence; ///< the whole
    QString more;     ///< what it does not mean; empty: nothing to add
};

StartWords startWords(const StartCheck& check);

/// The light in one line: "\u2713 locks: free".
Pill startPill(const StartCheck& check);

/// The check of an inspection where an upgrade is something to start; null: there is none.
const StartCheck* startCheckToShow(const Inspection& inspection);

/// The light, each session that stands in the way with what to do about it, and what is not known.
class StartCard : public Card
{
    Q_OBJECT

public:
    StartCard(const Theme& theme,
              const Inspection& inspection,
              const StartCheck& check,
              const std::function<void(const QUrl&)>& open,
              QWidget* parent = nullptr);
};

} // namespace sightglass
