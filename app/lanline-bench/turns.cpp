#include "turns.h"

#include <cstdio>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto shortestCell = 100ms;
constexpr auto warmUp = 500ms;
constexpr double bytesPerMib = 1024.0 * 1024.0;

} // namespace

QString inMs(Histogram::Duration time)
{
    return number(std::chrono::duration<double, std::milli>(time).count(), 3);
}

void Turns::add(const QString &key, const QString &title, std::function<Measured(milliseconds)> measure)
{
    m_cells.push_back({key, title, std::move(measure)});
}

void Turns::setMeasure(const QString &key, std::function<Measured(milliseconds)> measure)
{
    const auto found = std::find_if(m_cells.begin(), m_cells.end(), [&](const Cell &cell) { return cell.key == key; });
    if (found != m_cells.end())
        found->measure = std::move(measure);
}

milliseconds Turns::cellTime() const
{
    return std::max<milliseconds>(m_duration / (m_rounds * qsizetype(m_cells.size())), shortestCell);
}

Result<void, QString> Turns::take(const QString &suffix)
{
    for (int round = 0; round <= m_rounds; ++round) {
        const bool isWarmUp = round == 0;
        for (Cell &cell : m_cells) {
            if (!cell.key.endsWith(suffix))
                continue;
            auto sample = cell.measure(isWarmUp ? std::min<milliseconds>(warmUp, cellTime()) : cellTime());
            if (!sample)
                return unexpected(u"%1: %2"_s.arg(cell.title, sample.error()));
            if (!isWarmUp)
                cell.rounds.append(*sample);
        }
        if (!isWarmUp)
            std::fprintf(stderr, "round %d of %d\n", round, m_rounds);
    }
    return {};
}

const Cell *Turns::find(const QString &key) const
{
    const auto found = std::find_if(m_cells.begin(), m_cells.end(), [&](const Cell &cell) { return cell.key == key; });
    return found == m_cells.end() ? nullptr : &*found;
}

QList<Sample> Turns::roundsOf(const QString &key) const
{
    const Cell *cell = find(key);
    return cell ? cell->rounds : QList<Sample>();
}

QString Turns::describe() const
{
    return u"Medians of %1 rounds of %2 s each, in turns."_s.arg(m_rounds).arg(
        number(std::chrono::duration<double>(cellTime()).count(), 2));
}

void Turns::addTo(Report &report) const
{
    for (const Cell &cell : m_cells)
        report.figures[cell.key] = toJson(figuresOf(cell.rounds));
    report.plots += plotsOf(m_cells);
    report.settings[u"rounds"_s] = m_rounds;
    report.settings[u"round_ms"_s] = qint64(cellTime().count());
}

Table Turns::table(const QString &first, const QString &cost, const QString &prefix) const
{
    Table table;
    table.header = {first, u"per second"_s, u"P50 ms"_s, u"P95 ms"_s, u"P99 ms"_s, u"P99.9 ms"_s, u"max ms"_s,
        u"success"_s, cost, u"memory MiB"_s};
    for (const Cell &cell : m_cells) {
        if (!cell.key.startsWith(prefix))
            continue;
        const Figures figures = figuresOf(cell.rounds);
        table.rows.append({cell.title, number(figures.perSecond), inMs(figures.p50), inMs(figures.p95),
            inMs(figures.p99), inMs(figures.p999), inMs(figures.longest), number(figures.success, 4),
            figures.serverCpuUs > 0 ? number(figures.serverCpuUs, figures.serverCpuUs < 10 ? 3 : 1) : u"-"_s,
            figures.serverBytes > 0 ? number(double(figures.serverBytes) / bytesPerMib, 1) : u"-"_s});
    }
    return table;
}

} // namespace lanline::bench
