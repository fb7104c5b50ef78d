#pragma once

#include "app/page/svgplot.h"
#include "core/result.h"
#include "machine.h"
#include "plot.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace lanline::bench {

/// What a figure is held against.
struct Goal
{
    enum class Kind : quint8 { AtMost, AtLeast };

    QString name; ///< key in JSON
    QString title;
    double value = 0;
    Kind kind = Kind::AtMost;
    double limit = 0;
    QString unit;

    bool isMet() const { return kind == Kind::AtMost ? value <= limit : value >= limit; }
};

struct Table
{
    QStringList header; ///< the first column is text, the others are numbers
    QList<QStringList> rows;
};

/// What a run of a scenario has found.
struct Report
{
    QString scenario;
    Machine machine;
    QStringList conditions; ///< sentences on how it was measured
    QList<Table> tables;
    QList<Goal> goals;
    QList<Plot> plots; ///< for the HTML report
    QJsonObject figures; ///< of the tables, for programs
    QJsonObject settings;
};

QString toText(const Report &report);
/// Replaces the file as a whole. The error is a sentence.
Result<void, QString> writeJson(const Report &report, const QString &path);

using page::number;
using page::shortNumber;

} // namespace lanline::bench
