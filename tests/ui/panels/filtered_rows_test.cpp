// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class FilteredRowsTest : public QObject
{
    Q_OBJECT
};

int filtered_rows_test(int argc, char** argv)
{
    FilteredRowsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "filtered_rows_test.moc"
