#pragma once

#include "ui/loadtestcontroller.h"

#include <QAbstractTableModel>

namespace lanline::ui {

/// The runs of this profile, newest first. The first column is when it was, with the person's own words behind it,
/// which can be edited.
class LoadTestRuns final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Run, Clients, Rate, P50, P95, P99, Success, Lost, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setReports(const QList<LoadTestReport> &reports);
    const LoadTestReport *report(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A note; noteEdited() follows.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void noteEdited(lanline::WallTime beganAt, const QString &note);

private:
    QString textOf(const LoadTestReport &report, int column) const;

    QList<LoadTestReport> m_reports;
};

} // namespace lanline::ui
