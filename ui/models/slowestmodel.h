#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/messagekey.h"
#include "ui/models/timerange.h"

#include <QAbstractListModel>

#include <optional>

namespace lanline::ui {

/// The slowest messages of a range, the slowest first; and above them one that was asked for, if it is not among them.
class SlowestModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr qsizetype most = 20;
    struct Row
    {
        client::MessageTrace trace;
        MessageLabel label;
        friend bool operator==(const Row &, const Row &) = default;
    };

    using QAbstractListModel::QAbstractListModel;

    void update(const DiagnosticsRecord &record, const TimeRange &range, const std::optional<MessageKey> &askedFor);
    const Row &row(int row) const { return m_rows[row]; }
    /// -1: not here.
    int rowOf(const MessageKey &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void set(const QList<Row> &wanted);

    QList<Row> m_rows;
};

} // namespace lanline::ui
