#include "ui/models/spantext.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Words)
};

template <class Duration>
int count(Duration duration)
{
    return int(duration.count());
}

} // namespace

QString spanText(std::chrono::seconds span)
{
    const auto minutes = std::chrono::floor<std::chrono::minutes>(span);
    const auto hours = std::chrono::floor<std::chrono::hours>(span);
    const auto days = std::chrono::floor<std::chrono::days>(span);

    QString larger;
    QString smaller;
    if (span < 1min) {
        smaller = Words::tr("%1 s").arg(count(span));
    } else if (span < 1h) {
        larger = Words::tr("%1 min").arg(count(minutes));
        smaller = span == minutes ? QString() : Words::tr("%1 s").arg(count(span - minutes));
    } else if (hours < 24h) {
        larger = Words::tr("%1 h").arg(count(hours));
        smaller = minutes == hours ? QString() : Words::tr("%1 min").arg(count(minutes - hours));
    } else {
        larger = Words::tr("%n day(s)", nullptr, count(days));
        smaller = Words::tr("%1 h").arg(count(hours - days));
    }
    // A figure and its unit never stand on two lines.
    larger.replace(u' ', QChar::Nbsp);
    smaller.replace(u' ', QChar::Nbsp);
    return larger.isEmpty() || smaller.isEmpty() ? larger + smaller : larger + u' ' + smaller;
}

QString windowText(std::chrono::seconds window)
{
    if (window < 1min)
        return spanText(window);
    return Words::tr("%1 min").arg(window / 1min).replace(u' ', QChar::Nbsp);
}

} // namespace lanline::ui
