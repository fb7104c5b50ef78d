#pragma once

#include "figures.h"
#include "report.h"

#include <functional>
#include <vector>

namespace lanline::bench {

/// What is measured once a round: a row of the table.
struct Cell
{
    QString key; ///< in JSON
    QString title;
    std::function<Measured(std::chrono::milliseconds)> measure;
    QList<Sample> rounds{};
};

/// Cells that are measured in turns, so that what disturbs the machine for a while disturbs all of them.
class Turns
{
public:
    /// `duration`: of all measuring together.
    Turns(int rounds, std::chrono::milliseconds duration)
        : m_rounds(rounds)
        , m_duration(duration)
    { }

    /// They take their turns, and stand in the table, in this order.
    void add(const QString &key, const QString &title, std::function<Measured(std::chrono::milliseconds)> measure);
    void setMeasure(const QString &key, std::function<Measured(std::chrono::milliseconds)> measure);
    /// All rounds, behind one to warm up that does not count: of every cell, or of those whose key ends so. The error
    /// is a sentence.
    Result<void, QString> take(const QString &suffix = {});

    std::chrono::milliseconds cellTime() const;
    const std::vector<Cell> &cells() const { return m_cells; }
    bool has(const QString &key) const { return find(key) != nullptr; }
    /// None for a key that is not there.
    QList<Sample> roundsOf(const QString &key) const;

    /// "Medians of 5 rounds of 1.5 s each, in turns."
    QString describe() const;
    /// Every cell's figures and the settings that are the turns' own.
    void addTo(Report &report) const;
    /// All cells, or those whose key begins so. `first` and `cost` are headers: what is measured, and the server's CPU
    /// time for each of it.
    Table table(const QString &first, const QString &cost, const QString &prefix = {}) const;

private:
    const Cell *find(const QString &key) const;

    int m_rounds;
    std::chrono::milliseconds m_duration;
    std::vector<Cell> m_cells;
};

/// "1.234"
QString inMs(Histogram::Duration time);

} // namespace lanline::bench
