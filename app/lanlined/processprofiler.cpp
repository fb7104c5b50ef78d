#include "processprofiler.h"

#ifdef LANLINE_GPERFTOOLS

#include <QFile>

#include <cstdlib>
#include <dlfcn.h>
#include <gperftools/malloc_extension.h>
#include <string>
#include <unistd.h>

namespace lanline {

namespace {

/// What the loader is to load, by the library's name.
constexpr auto library = LANLINE_GPERFTOOLS;
/// One sample of the heap per so many bytes that are asked for, as gperftools' manual suggests it.
constexpr auto samplingPeriod = "524288";

/// Null while the library is not loaded.
template <class Function>
Function *find(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_DEFAULT, name));
}

class ProcessProfiler final : public server::Profiler
{
public:
    static std::shared_ptr<ProcessProfiler> make()
    {
        auto profiler = std::make_shared<ProcessProfiler>();
        return profiler->m_start && profiler->m_stop && profiler->m_allocator ? profiler : nullptr;
    }

    bool startCpu(const QByteArray &file) override { return m_start(file.constData()) != 0; }
    void stopCpu() override { m_stop(); }

    Result<QByteArray, QByteArray> heap() override
    {
        std::string sample;
        m_allocator()->GetHeapSample(&sample);
        if (!QByteArrayView(sample).startsWith("heap profile:"))
            return unexpected(QByteArray("The heap is not sampled: TCMALLOC_SAMPLE_PARAMETER says so."));
        return QByteArray::fromStdString(sample);
    }

private:
    int (*m_start)(const char *) = find<int(const char *)>("ProfilerStart");
    void (*m_stop)() = find<void()>("ProfilerStop");
    MallocExtension *(*m_allocator)() = find<MallocExtension *()>("_ZN15MallocExtension8instanceEv");
};

} // namespace

void beginWithProfiler(char **argv)
{
    const QByteArray preloaded = qgetenv("LD_PRELOAD");
    // Should it be named and not be there, it could not be loaded; another time would be no better.
    if (find<int(const char *)>("ProfilerStart") || preloaded.contains(library))
        return;
    qputenv("LD_PRELOAD", preloaded.isEmpty() ? QByteArray(library) : library + (':' + preloaded));
    if (!qEnvironmentVariableIsSet("TCMALLOC_SAMPLE_PARAMETER"))
        qputenv("TCMALLOC_SAMPLE_PARAMETER", samplingPeriod);
    const QByteArray self = QFile::symLinkTarget(QStringLiteral("/proc/self/exe")).toLocal8Bit();
    ::execv(self.constData(), argv);
}

std::shared_ptr<server::Profiler> makeProcessProfiler()
{
    return ProcessProfiler::make();
}

} // namespace lanline

#else

namespace lanline {

void beginWithProfiler(char **) { }

std::shared_ptr<server::Profiler> makeProcessProfiler()
{
    return nullptr;
}

} // namespace lanline

#endif
