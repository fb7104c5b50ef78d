#pragma once

#include "client/trace.h"

#include <QAbstractListModel>

#include <optional>

namespace lanline::ui {

/// The legs of one message's way, in their order.
class WaterfallModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Row
    {
        client::Leg leg;
        std::chrono::microseconds begin{}; ///< since the message's own
        QString name;
        QString place;
        bool isGuilty = false; ///< the longest, where one stands out
        /// What most of its time counts for.
        client::Family family() const;
        friend bool operator==(const Row &, const Row &) = default;
    };

    using QAbstractListModel::QAbstractListModel;

    void setTrace(const client::MessageTrace &trace, const QString &author);
    const Row &row(int row) const { return m_rows[row]; }
    std::chrono::microseconds total() const { return m_total; }
    /// How far the clocks of two computers may be apart; zero: no leg needs to know.
    std::chrono::microseconds clockError() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString describe(const Row &row) const;

    QList<Row> m_rows;
    std::chrono::microseconds m_total{};
};

} // namespace lanline::ui
