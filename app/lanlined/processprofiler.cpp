#include "processprofiler.h"

#ifdef LANLINE_HAS_GPERFTOOLS

#include <QFile>

#include <cstdlib>
#include <gperftools/malloc_extension.h>
#include <gperftools/profiler.h>
#include <string>
#include <unistd.h>

namespace lanline {

namespace {

constexpr auto samplingVariable = "TCMALLOC_SAMPLE_PARAMETER";
/// One sample per so many bytes that are asked for, as gperftools' manual suggests it.
constexpr auto samplingPeriod = "524288";

class ProcessProfiler final : public server::Profiler
{
public:
    bool startCpu(const QByteArray &file) override { return ProfilerStart(file.constData()) != 0; }
    void stopCpu() override { ProfilerStop(); }

    Result<QByteArray, QByteArray> heap() override
    {
        std::string sample;
        MallocExtension::instance()->GetHeapSample(&sample);
        if (!QByteArrayView(sample).startsWith("heap profile:"))
            return unexpected(QByteArray("The heap is not sampled: start with TCMALLOC_SAMPLE_PARAMETER=524288."));
        return QByteArray::fromStdString(sample);
    }
};

} // namespace

std::shared_ptr<server::Profiler> makeProcessProfiler()
{
    return std::make_shared<ProcessProfiler>();
}

void sampleHeapFromTheStart(char **argv)
{
    if (std::getenv(samplingVariable))
        return;
    ::setenv(samplingVariable, samplingPeriod, 1);
    const QByteArray self = QFile::symLinkTarget(QStringLiteral("/proc/self/exe")).toLocal8Bit();
    ::execv(self.constData(), argv);
}

} // namespace lanline

#else

namespace lanline {

std::shared_ptr<server::Profiler> makeProcessProfiler()
{
    return nullptr;
}

void sampleHeapFromTheStart(char **) { }

} // namespace lanline

#endif
