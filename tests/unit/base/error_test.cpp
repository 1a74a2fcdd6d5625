// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <QTest>

using namespace sightglass;

class ErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOneLineWhateverTheTextHolds()
    {
        const Error error{.message = "Can't read a\nb\x1b[31m.", .nextStep = "Rename it.", .file = "x.py", .line = 3};
        QCOMPARE(toText(error), std::string("x.py:3: Can't read a\\nb\\x1b[31m. Rename it."));
    }

    void showsInvalidUtf8AsEscapes()
    {
        QCOMPARE(printable("caf\xe9"), std::string("caf\\xe9"));
        QCOMPARE(printable("caf\xc3\xa9"), std::string("caf\xc3\xa9"));
        QCOMPARE(printable("\xed\xa0\x80"), std::string("\\xed\\xa0\\x80"));
        QCOMPARE(printable(std::string_view("a\0b", 3)), std::string("a\\x00b"));
    }
};

int error_test(int argc, char** argv)
{
    ErrorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "error_test.moc"
