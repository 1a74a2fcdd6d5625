// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/kept_fields.h"
#include "core/history/reading_bytes.h"

#include <QTest>

#include <set>
#include <utility>

using namespace sightglass;
using namespace sightglass::kept;

namespace {

/// Gives every field of a value, however deep, something that no other field has.
class Filler
{
public:
    void fill(bool& value) { value = true; }

    void fill(std::string& value) { value = "text " + std::to_string(++m_count); }

    void fill(std::filesystem::path& value) { value = "/a/b" + std::to_string(++m_count); }

    template <typename T>
    requires std::is_integral_v<T>

    void fill(T& value)
    {
        ++m_count;
        value = static_cast<T>(m_count % 2 == 0 ? m_count * 1'000'003 : m_count);
        if constexpr (std::is_signed_v<T>)
            value = static_cast<T>(-value);
    }

    template <typename T>
    requires std::is_enum_v<T>

    void fill(T& value) { value = lastOf<T>; }

    template <typename T>
    void fill(Known<T>& value)
    {
        T inner{};
        fill(inner);
        value = ++m_count % 2 == 0 ? Known<T>(inner) : Known<T>(Unknown{"why " + inner});
    }

    void fill(std::optional<SqlText>& value) { fill(value.emplace(SqlText(std::string()))); }

    template <typename T>
    void fill(std::optional<T>& value)
    {
        fill(value.emplace());
    }

    template <typename T>
    void fill(std::vector<T>& value)
    {
        for (int i = 0; i < 2; ++i)
            fill(value.emplace_back());
    }

    template <typename First, typename Second>
    void fill(std::pair<First, Second>& value)
    {
        fill(value.first);
        fill(value.second);
    }

    /// The alternatives in turn.
    void fill(Change& value)
    {
        fillAlternative(value, std::make_index_sequence<std::variant_size_v<AnyChange>>());
    }

    template <typename T>

    requires(fieldCountOf<T>() > 0) void fill(T& value)
    {
        visitFields(value, [this](auto&... fields) { (fill(fields), ...); });
    }

private:
    template <std::size_t... indexes>
    void fillAlternative(Change& value, std::index_sequence<indexes...>)
    {
        const std::size_t wanted = m_alternative++ % sizeof...(indexes);
        ((indexes == wanted ? fillWith<std::variant_alternative_t<indexes, AnyChange>>(value)
                            : void()),
         ...);
    }

    template <typename Alternative>
    void fillWith(Change& value)
    {
        Alternative filled;
        fill(filled);
        value = std::move(filled);
    }

    int m_count = 0;
    std::size_t m_alternative = 0;
};

KeptReading everything()
{
    KeptReading kept;
    Filler filler;
    filler.fill(kept);
    kept.reading.upgrade.operations.resize(std::variant_size_v<AnyChange>);
    for (Operation& operation : kept.reading.upgrade.operations) {
        operation = {};
        filler.fill(operation);
    }
    return kept;
}

} // namespace

class ReadingBytesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void givesBackEveryKindOfChangeWithEveryField()
    {
        const KeptReading before = everything();
        const std::string bytes = bytesOf(before);
        const auto after = keptReadingFrom(bytes);
        QVERIFY(after);
        // Bytes are made of every field, so equal bytes are equal values.
        QCOMPARE(bytesOf(*after), bytes);
        std::set<std::size_t> kinds;
        for (const Operation& operation : after->reading.upgrade.operations)
            kinds.insert(operation.change.index());
        QCOMPARE(kinds.size(), std::variant_size_v<AnyChange>);
        QCOMPARE(after->head.lookups, before.head.lookups);
        QCOMPARE(after->reading.upgrade.files, before.reading.upgrade.files);
        QCOMPARE(after->reading.downgrade.raised, before.reading.downgrade.raised);
    }

    void givesOtherBytesForEachFieldThatDiffers()
    {
        const std::string plain = bytesOf(KeptReading());
        KeptReading other;
        other.reading.downgrade.transactionAborted = "x";
        QVERIFY(bytesOf(other) != plain);
        other = {};
        other.reading.upgrade.operations.emplace_back();
        QVERIFY(bytesOf(other) != plain);
    }

    void keepsSpansInSeveralFilesApart()
    {
        KeptReading kept;
        for (const char* file : {"a", "a", "b", "a"}) {
            Operation operation;
            operation.span = {.file = file, .begin = 300, .end = 70'000, .line = 12};
            kept.reading.upgrade.operations.push_back(operation);
        }
        const auto after = keptReadingFrom(bytesOf(kept));
        QVERIFY(after);
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(after->reading.upgrade.operations[i].span,
                     kept.reading.upgrade.operations[i].span);
    }

    void givesBackARun()
    {
        KeptRun run;
        Filler().fill(run);
        const std::string bytes = bytesOf(run);
        const auto after = keptRunFrom(bytes);
        QVERIFY(after);
        QCOMPARE(bytesOf(*after), bytes);
        QCOMPARE(after->freshRun.error, run.freshRun.error);
        QCOMPARE(after->revisions.size(), run.revisions.size());
    }

    void refusesBytesThatEndTooEarlyOrTooLate()
    {
        KeptReading small;
        Filler().fill(small);
        const std::string bytes = bytesOf(small);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY2(!keptReadingFrom(std::string_view(bytes).substr(0, size)),
                     std::to_string(size).c_str());
        QVERIFY(!keptReadingFrom(bytes + '\0'));
    }

    void bearsAnyByteBeingWrong()
    {
        KeptReading small;
        Filler().fill(small);
        const std::string bytes = bytesOf(small);
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            for (const char wrong : {'\x00', '\x7f', '\x80', '\xff'}) {
                std::string damaged = bytes;
                damaged[at] = wrong;
                // What is read of it is some value or none; it is never more than the bytes hold.
                if (const auto read = keptReadingFrom(damaged))
                    QVERIFY(bytesOf(*read).size() <= 2 * damaged.size());
            }
        }
    }

    void trustsNoSize()
    {
        QVERIFY(!keptReadingFrom("\xff\xff\xff\xff\xff\xff\xff\xff\x7f"));
        QVERIFY(!keptRunFrom(std::string(64, '\xff')));
    }

    void tellsSurroundingsApart()
    {
        const Surroundings plain;
        Surroundings other;
        other.offline = true;
        QVERIFY(bytesOf(other) != bytesOf(plain));
        other = {};
        other.types["Money"] = "numeric";
        QVERIFY(bytesOf(other) != bytesOf(plain));
        other = {};
        other.limits.steps = 7;
        QVERIFY(bytesOf(other) != bytesOf(plain));
    }
};

int reading_bytes_test(int argc, char** argv)
{
    ReadingBytesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reading_bytes_test.moc"
