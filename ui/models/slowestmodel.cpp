#include "ui/models/slowestmodel.h"

#include "ui/models/diagnosis.h"
#include "ui/words.h"

#include <algorithm>

namespace lanline::ui {

void SlowestModel::update(
    const DiagnosticsRecord &record, const TimeRange &range, const std::optional<MessageKey> &askedFor)
{
    QList<client::MessageTrace> traces = record.traces().slowest(range, most);
    if (askedFor) {
        const bool isHere = std::any_of(
            traces.begin(), traces.end(), [&](const auto &trace) { return MessageKey::of(trace) == *askedFor; });
        const client::MessageTrace *found = record.traces().find(askedFor->room, askedFor->seq);
        if (found && !isHere)
            traces.prepend(*found);
    }
    QList<Row> wanted;
    wanted.reserve(traces.size());
    for (const client::MessageTrace &trace : std::as_const(traces))
        wanted.append({trace, record.labelOf(trace)});
    set(wanted);
}

int SlowestModel::rowOf(const MessageKey &key) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return MessageKey::of(row.trace) == key; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

/// Row by row, so that whoever reads one of them keeps it.
void SlowestModel::set(const QList<Row> &wanted)
{
    for (int i = 0; i < int(wanted.size()); ++i) {
        const int held = rowOf(MessageKey::of(wanted[i].trace));
        if (held < 0) {
            beginInsertRows({}, i, i);
            m_rows.insert(i, wanted[i]);
            endInsertRows();
            continue;
        }
        if (held != i) {
            beginMoveRows({}, held, held, {}, held < i ? i + 1 : i);
            m_rows.move(held, i);
            endMoveRows();
        }
        if (m_rows[i] != wanted[i]) {
            m_rows[i] = wanted[i];
            Q_EMIT dataChanged(index(i), index(i), {Qt::DisplayRole, Qt::AccessibleTextRole});
        }
    }
    if (m_rows.size() > wanted.size()) {
        beginRemoveRows({}, int(wanted.size()), int(m_rows.size()) - 1);
        m_rows.resize(wanted.size());
        endRemoveRows();
    }
}

int SlowestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SlowestModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    if (role == Qt::DisplayRole)
        return row.label.preview;
    if (role != Qt::AccessibleTextRole)
        return {};
    const client::FamilyTimes families = row.trace.families();
    const auto largest = client::Family(std::max_element(families.begin(), families.end()) - families.begin());
    //: Spoken: author, room, text, how long it took, when, and what it was mostly
    return tr("%1 in %2, %3, %4 at %5, mostly %6")
        .arg(row.label.author, row.label.room, row.label.preview, durationText(row.trace.total()),
            timeWithSeconds(row.trace.wallAt), familyName(largest));
}

} // namespace lanline::ui
