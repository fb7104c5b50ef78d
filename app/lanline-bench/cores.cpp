#include "cores.h"

#include <QStringList>

#include <sched.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

CoreSplit splitCores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    Cores usable;
    if (::sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int core = 0; core < CPU_SETSIZE; ++core) {
            if (CPU_ISSET(core, &set))
                usable.append(core);
        }
    }
    if (usable.size() < 2)
        return {usable, usable};
    const qsizetype half = usable.size() / 2;
    return {usable.first(half), usable.sliced(half)};
}

void pinThisThread(const Cores &cores)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int core : cores)
        CPU_SET(core, &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

QString toText(const Cores &cores)
{
    QStringList names;
    for (const int core : cores)
        names.append(QString::number(core));
    return names.join(u", "_s);
}

} // namespace lanline::bench
