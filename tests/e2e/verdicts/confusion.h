#pragma once

#include "trial.h"

#include <QByteArray>
#include <QList>

namespace lanline::verdicts {

/// What was blamed for what, over many trials.
class Confusion
{
public:
    static constexpr int partsPerHundredRight = 95;
    static constexpr double mostShareOfAnother = 0.6;

    void add(const Outcome &outcome);

    int count() const { return m_count; }
    int right() const { return m_right; }
    /// The highest share that a diagnosis ever gave to a family that was not to blame.
    double highestWrongShare() const { return m_highestWrongShare; }
    bool isGood() const;
    QByteArray table() const;

private:
    static constexpr int columns = client::familyCount + 1; ///< the last: nobody

    std::array<std::array<int, columns>, causes.size()> m_counts{};
    int m_count = 0;
    int m_right = 0;
    double m_highestWrongShare = 0;
};

} // namespace lanline::verdicts
