#pragma once

#include "core/fault.h"

#include <QList>
#include <QString>

#include <chrono>

namespace lanline::ui {

/// Faults that belong together, in the order in which they are shown.
struct FaultGroup
{
    QString name;
    QList<FaultKind> kinds;
};
QList<FaultGroup> faultGroups();

QString faultName(FaultKind kind);
/// As part of a sentence.
QString faultNameWithin(FaultKind kind);
/// What it does, and where that shows.
QString faultSentence(FaultKind kind);
/// Whether there is an amount to choose.
bool hasAmount(FaultKind kind);
/// What is proposed.
std::chrono::milliseconds usualAmount(FaultKind kind);
/// As 1:05, rounded up.
QString countdownText(std::chrono::milliseconds left);

} // namespace lanline::ui
