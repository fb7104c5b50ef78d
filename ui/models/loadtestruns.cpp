#include "ui/models/loadtestruns.h"

#include "ui/models/loadtestverdict.h"
#include "ui/theme/type.h"
#include "ui/words.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qsizetype longestNote = 80;

/// "14:09", and the day if it was another one.
QString whenText(WallTime time)
{
    const QDateTime local = localTime(time);
    const QString clock = timeText(time);
    return local.date() == QDate::currentDate() ? clock
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + clock;
}

} // namespace

void LoadTestRuns::setReports(const QList<LoadTestReport> &reports)
{
    if (!m_reports.isEmpty()) {
        beginRemoveRows({}, 0, int(m_reports.size()) - 1);
        m_reports.clear();
        endRemoveRows();
    }
    if (!reports.isEmpty()) {
        beginInsertRows({}, 0, int(reports.size()) - 1);
        m_reports = reports;
        endInsertRows();
    }
}

const LoadTestReport *LoadTestRuns::report(int row) const
{
    return row >= 0 && row < m_reports.size() ? &m_reports.at(row) : nullptr;
}

int LoadTestRuns::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_reports.size());
}

int LoadTestRuns::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LoadTestRuns::textOf(const LoadTestReport &report, int column) const
{
    if (column == Run)
        return report.note.isEmpty() ? whenText(report.beganAt) : whenText(report.beganAt) + u" · "_s + report.note;
    if (column == Clients)
        return QLocale().toString(report.plan.clients);
    if (column == Lost)
        return QLocale().toString(report.lost);
    const auto shown = shownStep(report);
    if (!shown)
        return u"–"_s;
    const LoadTestStep &step = report.steps.at(*shown);
    switch (column) {
    case Rate:
        return rateText(step.offered);
    case P50:
        return durationText(step.delivery.percentile(50));
    case P95:
        return durationText(step.delivery.percentile(95));
    case P99:
        return durationText(step.delivery.percentile(99));
    case Success:
        return shareText(step.success());
    default:
        return {};
    }
}

QVariant LoadTestRuns::data(const QModelIndex &index, int role) const
{
    const LoadTestReport *report = this->report(index.row());
    if (!report)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*report, index.column());
    case Qt::EditRole:
        return index.column() == Run ? QVariant(report->note) : QVariant();
    case Qt::ToolTipRole:
        return loadTestVerdict(*report).sentence;
    case Qt::TextAlignmentRole:
        return int((index.column() == Run ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant LoadTestRuns::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Run ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Run:
        return tr("Run");
    case Clients:
        return tr("Clients");
    case Rate:
        return tr("Messages/s");
    case P50:
        return u"P50"_s;
    case P95:
        return u"P95"_s;
    case P99:
        return u"P99"_s;
    case Success:
        return tr("Success");
    case Lost:
        return tr("Lost");
    default:
        return {};
    }
}

Qt::ItemFlags LoadTestRuns::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == Run ? flags | Qt::ItemIsEditable : flags;
}

bool LoadTestRuns::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!report(index.row()) || index.column() != Run || role != Qt::EditRole)
        return false;
    LoadTestReport &report = m_reports[index.row()];
    report.note = value.toString().simplified().left(longestNote);
    Q_EMIT dataChanged(index, index, {Qt::DisplayRole, Qt::EditRole});
    Q_EMIT noteEdited(report.beganAt, report.note);
    return true;
}

} // namespace lanline::ui
