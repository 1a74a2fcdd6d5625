// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/md5.h"
#include "core/sqlalchemy/naming.h"

#include <QTest>

namespace sightglass::tests {

class NamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void md5IsThatOfTheRfc_data();
    void md5IsThatOfTheRfc();
    void aNameOf63CharactersStays();
    void aLongerNameEndsInItsDigest();
    void lettersCountNotBytes();
    void aPlainLongNameRaises();
    void aFinalNameIgnoresTheConvention();
    void anUnknownConventionLeavesTheNameUnknown();
    void anUnreadableTokenLeavesTheNameUnknown();
};

void NamesTest::md5IsThatOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("digest");
    const auto row = [](const char* text, const char* digest) {
        QTest::newRow(*text == '\0' ? "empty" : text) << QByteArray(text) << QByteArray(digest);
    };
    row("", "d41d8cd98f00b204e9800998ecf8427e");
    row("a", "0cc175b9c0f1b6a831c399e269772661");
    row("abc", "900150983cd24fb0d6963f7d28e17f72");
    row("message digest", "f96b697d7cb7938d525a2f31aaf161d0");
    row("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b");
    row("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "d174ab98d277d9f5a5611c2c9f419d9f");
    row("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "57edf4a22be3c955ac49da2e2107b67a");
}

void NamesTest::md5IsThatOfTheRfc()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, digest);
    QCOMPARE(QByteArray::fromStdString(md5Hex(text.toStdString())), digest);
}

void NamesTest::aNameOf63CharactersStays()
{
    const std::string name(63, 'n');
    QCOMPARE(shortenedName(name), name);
}

void NamesTest::aLongerNameEndsInItsDigest()
{
    QCOMPARE(QString::fromStdString(shortenedName(std::string(70, 'q'))),
             QString(55, QLatin1Char('q')) + QStringLiteral("_804c"));
}

void NamesTest::lettersCountNotBytes()
{
    std::string name;
    for (int i = 0; i < 63; ++i)
        name += "ä";
    QCOMPARE(shortenedName(name), name);
    const std::string cut = shortenedName(name + "ä");
    QCOMPARE(QString::fromStdString(cut).size(), 60);
}

void NamesTest::aPlainLongNameRaises()
{
    const GivenName given{.kind = GivenName::Kind::Plain, .text = std::string(64, 'n')};
    const auto name = finalName(given, "uq", {{}, "t"}, {"a"}, {}, {}, defaultNamingConvention());
    QVERIFY(!name);
    QCOMPARE(QString::fromStdString(name.error().type), QStringLiteral("IdentifierError"));
}

void NamesTest::aFinalNameIgnoresTheConvention()
{
    const NamingConvention convention{{"ck", std::string("ck_%(table_name)s_%(constraint_name)s")}};
    const GivenName given{.kind = GivenName::Kind::Final, .text = "mine"};
    const auto name = finalName(given, "ck", {{}, "t"}, {}, {}, {}, convention);
    QVERIFY(name);
    QVERIFY(*name == Known<std::string>(std::string("mine")));
}

void NamesTest::anUnknownConventionLeavesTheNameUnknown()
{
    const NamingConvention convention{{"uq", Unknown{"computed"}}};
    const auto name = finalName({}, "uq", {{}, "t"}, {"a"}, {}, {}, convention);
    QVERIFY(name && !name->isKnown());
    QCOMPARE(QString::fromStdString(name->reason()), QStringLiteral("computed"));
}

void NamesTest::anUnreadableTokenLeavesTheNameUnknown()
{
    const NamingConvention convention{{"uq", std::string("uq_%(mine)s")}};
    const auto name = finalName({}, "uq", {{}, "t"}, {"a"}, {}, {}, convention);
    QVERIFY(name && !name->isKnown());
}

} // namespace sightglass::tests

int names_test(int argc, char** argv)
{
    sightglass::tests::NamesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "names_test.moc"
