// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/shared_map.h"

#include <QTest>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace sightglass;

namespace {

using Plain = std::map<std::string, int>;
using Shared = SharedMap<std::string, int>;

bool same(const Shared& shared, const Plain& plain)
{
    if (shared.size() != plain.size() || shared.empty() != plain.empty())
        return false;
    auto other = plain.begin();
    for (const auto& [key, value] : shared) {
        if (other == plain.end() || other->first != key || other->second != value)
            return false;
        ++other;
    }
    return other == plain.end();
}

struct Pair
{
    Shared shared;
    Plain plain;
};

void changeAtRandom(Pair& pair, std::mt19937& random)
{
    const std::string key = "key" + std::to_string(random() % 400);
    const int value = static_cast<int>(random() % 1000);
    switch (random() % 4) {
    case 0:
        pair.shared[key] += value;
        pair.plain[key] += value;
        break;
    case 1:
        pair.shared.insert_or_assign(key, value);
        pair.plain.insert_or_assign(key, value);
        break;
    case 2:
        QCOMPARE(pair.shared.try_emplace(key, value), pair.plain.try_emplace(key, value).second);
        break;
    default:
        QCOMPARE(pair.shared.erase(key), pair.plain.erase(key) == 1);
    }
}

} // namespace

class SharedMapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void copiesChangeByThemselves()
    {
        std::mt19937 random(7);
        std::vector<Pair> versions(1);
        for (int step = 0; step < 4000; ++step) {
            changeAtRandom(versions[random() % versions.size()], random);
            if (step % 100 == 0)
                versions.push_back(versions[random() % versions.size()]);
        }
        for (const Pair& each : versions)
            QVERIFY(same(each.shared, each.plain));
    }

    void findsWhatIsThereAndWhereTheRestBelongs()
    {
        SharedMap<int, int> map;
        for (int key = 0; key < 1000; key += 2)
            map[key] = -key;
        for (int key = 0; key < 998; ++key) {
            QCOMPARE(map.contains(key), key % 2 == 0);
            QCOMPARE(map.value(key) != nullptr, key % 2 == 0);
            QCOMPARE(map.lower_bound(key)->first, key + key % 2);
        }
        QVERIFY(map.lower_bound(999) == map.end());
        QVERIFY(map.find(-1) == map.end());
    }

    void aSetKeepsEachElementOnce()
    {
        SharedSet<std::string> set;
        QVERIFY(set.insert("b"));
        QVERIFY(set.insert("a"));
        QVERIFY(!set.insert("b"));
        const SharedSet<std::string> before = set;
        QVERIFY(set.erase(std::string("b")));
        QVERIFY(!set.erase(std::string("b")));
        QCOMPARE(std::vector<std::string>(set.begin(), set.end()), std::vector<std::string>{"a"});
        QCOMPARE(before.size(), std::size_t{2});
    }

    void nothingIsLeftOfWhatWasErased()
    {
        SharedMap<int, int> map;
        for (int key = 0; key < 300; ++key)
            map[key] = key;
        for (int key = 0; key < 300; ++key)
            QVERIFY(map.erase(key));
        QVERIFY(map.empty());
        QVERIFY(map.begin() == map.end());
        map[5] = 6;
        QCOMPARE(map.begin()->second, 6);
    }
};

int shared_map_test(int argc, char** argv)
{
    SharedMapTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "shared_map_test.moc"
