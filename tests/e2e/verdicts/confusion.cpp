#include "confusion.h"

#include <algorithm>

namespace lanline::verdicts {

using namespace Qt::Literals::StringLiterals;
using client::Family;

void Confusion::add(const Outcome &outcome)
{
    const auto row = std::find(causes.begin(), causes.end(), outcome.cause) - causes.begin();
    const int column = outcome.blamed ? int(*outcome.blamed) : columns - 1;
    ++m_counts.at(std::size_t(row)).at(std::size_t(column));
    ++m_count;
    const auto expected = familyOf(outcome.cause);
    m_right += outcome.isSlow && outcome.blamed == expected ? 1 : 0;
    for (int i = 0; i < client::familyCount; ++i) {
        if (outcome.isSlow && Family(i) != *expected)
            m_highestWrongShare = std::max(m_highestWrongShare, outcome.shares.at(std::size_t(i)));
    }
}

bool Confusion::isGood() const
{
    return m_count > 0 && m_right * 100 >= m_count * partsPerHundredRight && m_highestWrongShare <= mostShareOfAnother;
}

QByteArray Confusion::table() const
{
    const auto line = [](const QString &name, const QStringList &cells) {
        QString text = name.leftJustified(16);
        for (const QString &cell : cells)
            text += cell.rightJustified(14);
        return text + u'\n';
    };
    QString table = line(u"broken"_s, {u"network"_s, u"threads"_s, u"I/O"_s, u"back-pressure"_s, u"nobody"_s});
    for (std::size_t row = 0; row < causes.size(); ++row) {
        QStringList cells;
        for (const int count : m_counts.at(row))
            cells.append(QString::number(count));
        table += line(nameOf(causes.at(row)), cells);
    }
    return table.toUtf8();
}

} // namespace lanline::verdicts
