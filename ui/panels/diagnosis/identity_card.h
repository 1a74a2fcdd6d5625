// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/outlook.h"
#include "ui/widgets/card.h"

#include <QString>
#include <QUrl>

#include <functional>

namespace sightglass {

/// "25 October 2026, 14:03" in local time, out of RFC 3339; the text itself where it is none.
QString visitTime(const std::string& time);

/// What earlier visits noticed of a database and nobody has put aside; empty: nothing.
QString noticedSentence(const DatabaseVisit& visit);

/// Which environment and which database this is: the one of the last visit, or what is not as it
/// was then. Where something was noticed, a button takes the database for the one that was meant.
class IdentityCard : public Card
{
    Q_OBJECT

public:
    IdentityCard(const Theme& theme,
                 const Inspection& inspection,
                 const DatabaseVisit& visit,
                 const std::function<void(const QUrl&)>& open,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    void rememberAsked();
};

} // namespace sightglass
