#include "ui/models/waterfallmodel.h"

#include "ui/models/diagnosis.h"
#include "ui/words.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int standsOutFrom = 3; // a third of all
constexpr auto worthNaming = 1ms;

} // namespace

client::Family WaterfallModel::Row::family() const
{
    return leg.stalled * 2 > leg.duration ? client::Family::Threads : leg.family;
}

void WaterfallModel::setTrace(const client::MessageTrace &trace, const QString &author)
{
    QList<Row> rows;
    std::chrono::microseconds begin{};
    for (const client::Leg &leg : trace.legs) {
        rows.append({leg, begin, hopName(leg.hop), hopPlace(leg.hop, trace, author), false});
        begin += leg.duration;
    }
    const auto longest = std::max_element(
        rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.leg.duration < b.leg.duration; });
    if (longest != rows.end() && longest->leg.duration >= worthNaming && longest->leg.duration * standsOutFrom >= begin)
        longest->isGuilty = true;
    if (rows == m_rows)
        return;
    m_total = begin;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    m_rows = rows;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {Qt::DisplayRole, Qt::AccessibleTextRole});
}

std::chrono::microseconds WaterfallModel::clockError() const
{
    std::chrono::microseconds largest{};
    for (const Row &row : m_rows)
        largest = std::max(largest, row.leg.error);
    return largest;
}

int WaterfallModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString WaterfallModel::describe(const Row &row) const
{
    QStringList parts{row.place.isEmpty() ? row.name : tr("%1 (%2)").arg(row.name, row.place),
        row.leg.error > 0us ? u"%1 ±\u00a0%2"_s.arg(durationText(row.leg.duration), durationText(row.leg.error))
                            : durationText(row.leg.duration),
        familyName(row.family())};
    if (row.leg.stalled > 0us)
        parts.append(tr("a thread stood still for %1 of it").arg(durationText(row.leg.stalled)));
    if (row.isGuilty)
        parts.append(tr("the longest"));
    return parts.join(u", "_s);
}

QVariant WaterfallModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return describe(row);
    default:
        return {};
    }
}

} // namespace lanline::ui
