// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/schema/schema_place.h"

#include <QComboBox>

namespace sightglass {

/// Chooses where a schema is read from. Keeps its choice over a new inspection.
class SchemaPicker : public QComboBox
{
    Q_OBJECT

public:
    SchemaPicker(const QString& accessibleName, const QString& key, QWidget* parent = nullptr);

    void setPlaces(const std::vector<SchemaPlace>& places);

    const QString& key() const { return m_key; }

    /// Chooses as a person would; a key that there is not stays chosen until there is.
    void choose(const QString& key);

Q_SIGNALS:
    void chosen();

private:
    void showKey();

    QString m_key;
};

} // namespace sightglass
