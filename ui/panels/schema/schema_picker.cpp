// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/schema/schema_picker.h"

#include <QAbstractItemView>
#include <QSignalBlocker>
#include <QStandardItemModel>

namespace sightglass {

SchemaPicker::SchemaPicker(const QString& accessibleName, const QString& key, QWidget* parent)
    : QComboBox(parent)
    , m_key(key)
{
    setAccessibleName(accessibleName);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(18);
    setMaxVisibleItems(20);
    view()->setTextElideMode(Qt::ElideRight);
    connect(this, &QComboBox::activated, this, [this](int row) {
        m_key = itemData(row).toString();
        Q_EMIT chosen();
    });
}

void SchemaPicker::setPlaces(const std::vector<SchemaPlace>& places)
{
    const QSignalBlocker quiet(this);
    // A model of its own: adding rows to a combo one by one takes seconds at 10,000 revisions.
    auto* model = new QStandardItemModel(static_cast<int>(places.size()), 1, this);
    for (int row = 0; row < model->rowCount(); ++row) {
        const SchemaPlace& place = places[static_cast<std::size_t>(row)];
        auto* item = new QStandardItem(place.title);
        item->setData(place.key, Qt::UserRole);
        item->setToolTip(place.title);
        model->setItem(row, item);
    }
    setModel(model); // deletes the one before, whose parent is the combo
    showKey();
}

void SchemaPicker::choose(const QString& key)
{
    m_key = key;
    showKey();
    Q_EMIT chosen();
}

void SchemaPicker::showKey()
{
    setCurrentIndex(findData(m_key));
    setToolTip(currentText());
}

} // namespace sightglass
