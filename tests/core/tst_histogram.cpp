#include "core/histogram.h"
#include "core/rollinghistogram.h"

#include <QTest>

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace std::chrono_literals;
using lanline::Histogram;
using lanline::RollingHistogram;
using lanline::SteadyTime;
using Duration = Histogram::Duration;

namespace {

constexpr qint64 twoHours = std::chrono::duration_cast<Duration>(2h).count();

/// Values spread over all magnitudes, as latencies are.
rc::Gen<std::vector<qint64>> values()
{
    const auto value = rc::gen::mapcat(rc::gen::inRange(0, 33),
        [](int bits) { return rc::gen::inRange<qint64>(0, std::min(qint64(1) << bits, twoHours) + 1); });
    return rc::gen::nonEmpty(rc::gen::container<std::vector<qint64>>(value));
}

Histogram histogramOf(const std::vector<qint64> &values)
{
    Histogram histogram;
    for (const qint64 value : values)
        histogram.record(Duration(value));
    return histogram;
}

/// Nearest rank, in whole numbers.
qint64 truePercentile(std::vector<qint64> values, size_t tenthsOfPercent)
{
    std::sort(values.begin(), values.end());
    const size_t rank = std::max<size_t>((tenthsOfPercent * values.size() + 999) / 1000, 1);
    return values[rank - 1];
}

bool isWithinOnePercent(Duration found, qint64 truth)
{
    return std::abs(double(found.count() - truth)) <= 0.01 * double(truth);
}

SteadyTime at(std::chrono::milliseconds time)
{
    return SteadyTime(time);
}

} // namespace

class TestHistogram final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isZeroWhenEmpty()
    {
        const Histogram histogram;
        QVERIFY(histogram.isEmpty());
        QCOMPARE(histogram.percentile(50), 0us);
        QCOMPARE(histogram.min(), 0us);
        QCOMPARE(histogram.max(), 0us);
        QCOMPARE(histogram.mean(), 0us);
    }

    void agreesWithTheSortedValues()
    {
        QVERIFY(rc::check("any percentile is within 1 % of the true one", [] {
            const auto all = *values();
            const auto tenths = *rc::gen::inRange<size_t>(0, 1001);
            const Histogram histogram = histogramOf(all);
            RC_ASSERT(isWithinOnePercent(histogram.percentile(double(tenths) / 10), truePercentile(all, tenths)));
        }));
        QVERIFY(rc::check("count, min, max and mean are exact", [] {
            const auto all = *values();
            const Histogram histogram = histogramOf(all);
            RC_ASSERT(histogram.count() == all.size());
            RC_ASSERT(histogram.min().count() == *std::min_element(all.begin(), all.end()));
            RC_ASSERT(histogram.max().count() == *std::max_element(all.begin(), all.end()));
            const qint64 sum = std::accumulate(all.begin(), all.end(), qint64(0));
            RC_ASSERT(histogram.mean().count() == sum / qint64(all.size()));
        }));
        QVERIFY(rc::check("percentiles never fall as the percent rises", [] {
            const Histogram histogram = histogramOf(*values());
            Duration last{};
            for (int tenths = 0; tenths <= 1000; ++tenths) {
                const Duration next = histogram.percentile(tenths / 10.0);
                RC_ASSERT(next >= last);
                last = next;
            }
        }));
    }

    void mergesAsIfRecordedTogether()
    {
        QVERIFY(rc::check("merged parts equal the whole", [] {
            const auto first = *rc::gen::oneOf(values(), rc::gen::just(std::vector<qint64>{}));
            const auto second = *rc::gen::oneOf(values(), rc::gen::just(std::vector<qint64>{}));
            auto both = first;
            both.insert(both.end(), second.begin(), second.end());

            Histogram merged = histogramOf(first);
            merged.merge(histogramOf(second));
            const Histogram whole = histogramOf(both);
            RC_ASSERT(merged.count() == whole.count());
            RC_ASSERT(merged.min() == whole.min());
            RC_ASSERT(merged.max() == whole.max());
            RC_ASSERT(merged.mean() == whole.mean());
            for (const double percent : {0.0, 1.0, 50.0, 95.0, 99.0, 99.9, 100.0})
                RC_ASSERT(merged.percentile(percent) == whole.percentile(percent));
        }));
    }

    void ranksLikeAStatistician()
    {
        Histogram histogram;
        for (int i = 1; i <= 100; ++i)
            histogram.record(Duration(i));
        QCOMPARE(histogram.percentile(0), 1us);
        QCOMPARE(histogram.percentile(1), 1us);
        QCOMPARE(histogram.percentile(50), 50us);
        QCOMPARE(histogram.percentile(99), 99us);
        QCOMPARE(histogram.percentile(99.9), 100us);
        QCOMPARE(histogram.percentile(100), 100us);
    }

    void endures_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<qint64>("counted");
        QTest::newRow("negative") << qint64(-5) << qint64(0);
        QTest::newRow("nothing") << qint64(0) << qint64(0);
        QTest::newRow("the last exact value") << qint64(127) << qint64(127);
        QTest::newRow("the first shared bucket") << qint64(128) << qint64(128);
        QTest::newRow("two hours") << twoHours << twoHours;
        QTest::newRow("longer than it tells apart") << (qint64(1) << 40) << (qint64(1) << 40);
        QTest::newRow("the longest there is")
            << std::numeric_limits<qint64>::max() << std::numeric_limits<qint64>::max();
    }
    void endures()
    {
        QFETCH(qint64, value);
        QFETCH(qint64, counted);
        Histogram histogram;
        histogram.record(Duration(value));
        for (const double percent : {-1.0, 0.0, 50.0, 100.0, 101.0})
            QCOMPARE(histogram.percentile(percent).count(), counted);
        QCOMPARE(histogram.percentile(std::nan("")).count(), qint64(0));
        histogram.clear();
        QVERIFY(histogram.isEmpty());
        QCOMPARE(histogram.max(), 0us);
    }

    void rollingForgetsWhatIsOlderThanTheWindow()
    {
        RollingHistogram rolling(10s, 1s);
        rolling.record(at(100'500ms), 7us);
        QCOMPARE(rolling.at(at(100'500ms)).count(), 1u);
        QCOMPARE(rolling.at(at(110'500ms)).count(), 1u);
        QCOMPARE(rolling.at(at(110'999ms)).count(), 1u);
        QCOMPARE(rolling.at(at(111'000ms)).count(), 0u);
        // Asking changes nothing.
        QCOMPARE(rolling.at(at(100'999ms)).max(), 7us);
        QCOMPARE(rolling.at(at(99'999ms)).count(), 0u);
        rolling.clear();
        QCOMPARE(rolling.at(at(100'500ms)).count(), 0u);
    }

    void countsUpToAValue()
    {
        QCOMPARE(Histogram().countAtMost(1h), 0u);
        QVERIFY(rc::check("between those at most the value and those at most 1.6 % more, and never less for more", [] {
            const auto all = *values();
            const auto bounds =
                *rc::gen::pair(rc::gen::inRange<qint64>(0, 200'000'000), rc::gen::inRange<qint64>(0, 9000));
            const Histogram histogram = histogramOf(all);
            const auto countUpTo = [&all](double most) {
                return quint64(std::count_if(all.begin(), all.end(), [most](qint64 v) { return double(v) <= most; }));
            };
            quint64 before = 0;
            for (const qint64 bound : {std::min(bounds.first, bounds.second), std::max(bounds.first, bounds.second)}) {
                const quint64 counted = histogram.countAtMost(std::chrono::microseconds(bound));
                RC_ASSERT(counted >= countUpTo(double(bound)));
                RC_ASSERT(counted <= countUpTo(double(bound) * 1.016));
                RC_ASSERT(counted >= before);
                before = counted;
            }
            RC_ASSERT(histogram.countAtMost(histogram.max()) == histogram.count());
        }));
    }

    void rollingTakesValuesOutOfOrder()
    {
        RollingHistogram rolling(3s, 1s);
        rolling.record(at(10s), 1us);
        rolling.record(at(8s), 2us);
        QCOMPARE(rolling.at(at(10s)).count(), 2u);
        // The ring has moved on past 6 s: its slice now holds 10 s.
        rolling.record(at(6s), 3us);
        QCOMPARE(rolling.at(at(10s)).count(), 2u);
        QCOMPARE(rolling.at(at(10s)).max(), 2us);
    }

    void rollingCountsAtLeastTheWindowAndAtMostASliceMore()
    {
        QVERIFY(rc::check("as documented, for any window, slice and times in order", [] {
            const auto window = *rc::gen::inRange<qint64>(1, 5000);
            const auto slice = *rc::gen::inRange<qint64>(1, 2000);
            auto times = *rc::gen::container<std::vector<qint64>>(rc::gen::inRange<qint64>(0, 20'000));
            std::sort(times.begin(), times.end());
            const qint64 now = times.empty() ? 0 : times.back();

            RollingHistogram rolling{std::chrono::milliseconds(window), std::chrono::milliseconds(slice)};
            for (const qint64 time : times)
                rolling.record(at(std::chrono::milliseconds(time)), 1us);
            const auto countSince = [&times](qint64 oldest) {
                return quint64(std::count_if(times.begin(), times.end(), [oldest](qint64 t) { return t >= oldest; }));
            };
            const quint64 counted = rolling.at(at(std::chrono::milliseconds(now))).count();
            const qint64 slices = (std::max(window, slice) + slice - 1) / slice;
            RC_ASSERT(counted >= countSince(now - window));
            RC_ASSERT(counted == countSince((now / slice - slices) * slice));
        }));
    }
};

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
