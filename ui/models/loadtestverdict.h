#pragma once

#include "ui/loadtestcontroller.h"

#include <array>

namespace lanline::ui {

/// The rules of a load test, which the engine follows and the face explains; docs/load-test.md tells why.
namespace loadrule {
using namespace std::chrono_literals;

/// The ramp: shares of the wished load, all for the same time.
inline constexpr std::array ramp{0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0};

/// A step is uncomfortable when its P95 is more than `slower` times that of the first step and over `slowAtLeast`, or
/// over `slowAnyhow`,
inline constexpr double slower = 4;
inline constexpr std::chrono::milliseconds slowAtLeast = 20ms;
inline constexpr std::chrono::milliseconds slowAnyhow = 250ms;
/// or less than this share of its messages succeeded,
inline constexpr double leastSuccess = 0.99;
/// or less than this share of what was offered was stored in its time.
inline constexpr double leastThroughput = 0.9;
/// A message succeeds when it is stored within this time, and delivered to everybody when the step is over.
inline constexpr std::chrono::milliseconds inTime = 1000ms;
/// The generator's own thread at its limit: what it measures is itself.
inline constexpr double generatorFull = 0.9;
/// Members suffer when their round trip is over this many times what it was, and over this long,
inline constexpr double membersSlower = 5;
inline constexpr std::chrono::milliseconds membersSlowAtLeast = 50ms;
/// for as many beats in a row; or when no beat has been answered for so long;
inline constexpr int membersBeats = 2;
inline constexpr std::chrono::milliseconds membersSilence = 4000ms;
/// or when the server's own thread is busy for more than this share of its time, for so long. (That of the store may
/// be: it takes together what has come while it wrote.)
inline constexpr double serverFull = 0.8;
inline constexpr std::chrono::milliseconds serverFullFor = 2000ms;
} // namespace loadrule

/// Why a step is not comfortable.
enum class LoadDiscomfort : quint8 { None, Slow, Failing, Behind };
LoadDiscomfort discomfortOf(const LoadTestStep &step, const LoadTestStep &first);

/// The last comfortable step; none: not even the first was.
std::optional<int> comfortableStep(const LoadTestReport &report);
/// The step whose figures stand for the run: that of the wished load, else the last before it. None of no steps.
std::optional<int> shownStep(const LoadTestReport &report);

struct LoadTestVerdict
{
    enum class Mood : quint8 { Good, Limited, Bad };

    Mood mood = Mood::Good;
    QString sentence;
    QString detail; ///< one line
};
LoadTestVerdict loadTestVerdict(const LoadTestReport &report);

/// Bytes of text that a run leaves with the host, if all of its ramp is comfortable.
qint64 mostTextOf(const LoadTestPlan &plan);

/// "Generator and server share this machine ...", or that they do not.
QString loadTestMachineText(const LoadTestReport &report);
/// "3,400"
QString rateText(double perSecond);
/// "99.9 %", never rounded up to 100.
QString shareText(double share);
/// "49.9 k/s"
QString throughputText(double perSecond);
/// "2.1 µs", "0.9 ms"
QString cpuText(std::chrono::nanoseconds time);

/// A histogram on a logarithmic axis: how many lie in [from, the next one's from). The last one has none, and ends it.
struct LoadTestColumn
{
    std::chrono::microseconds from{};
    quint64 count = 0;
};
QList<LoadTestColumn> loadTestColumns(const Histogram &histogram);

} // namespace lanline::ui
