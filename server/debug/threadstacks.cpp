#include "server/debug/threadstacks.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <execinfo.h>
#include <semaphore.h>
#include <span>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr size_t mostFrames = 96;
constexpr std::chrono::milliseconds patience{100};

/// What the handler and whoever sent the signal share. A signal's handler knows of nothing but globals; this is the
/// only one, and it serves one thread at a time.
struct Capture
{
    std::atomic<int> wanted{0}; ///< the thread that is to answer; taken by the first to come
    std::array<void *, mostFrames> frames{};
    int count = 0;
    void *interrupted = nullptr; ///< where the thread was
    sem_t isDone{};
};
Capture capture; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

int threadId()
{
    return int(::syscall(SYS_gettid));
}

void *instructionOf(const void *context)
{
    const auto &machine = static_cast<const ucontext_t *>(context)->uc_mcontext;
#if defined(__x86_64__)
    return reinterpret_cast<void *>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
    return reinterpret_cast<void *>(machine.pc);
#else
    Q_UNUSED(machine);
    return nullptr;
#endif
}

/// Async-signal-safe: backtrace() allocates nothing once it has been called before.
void onSignal(int, siginfo_t *, void *context)
{
    const int error = errno;
    int self = threadId();
    // One that comes when nobody waits any more finds another's name, or none.
    if (capture.wanted.compare_exchange_strong(self, 0)) {
        capture.interrupted = instructionOf(context);
        capture.count = ::backtrace(capture.frames.data(), int(mostFrames));
        ::sem_post(&capture.isDone);
    }
    errno = error;
}

int prepareSignal()
{
    std::array<void *, 2> frames{};
    ::backtrace(frames.data(), int(frames.size())); // loads what it needs
    ::sem_init(&capture.isDone, 0, 0);
    const int number = SIGRTMIN + 4;
    struct sigaction action = {};
    action.sa_sigaction = onSignal;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(number, &action, nullptr);
    return number;
}

bool waitUntilDone()
{
    timespec until{};
    ::clock_gettime(CLOCK_REALTIME, &until);
    const auto nanoseconds = until.tv_nsec + std::chrono::nanoseconds(patience).count();
    until.tv_sec += nanoseconds / 1'000'000'000;
    until.tv_nsec = nanoseconds % 1'000'000'000;
    int result = 0;
    do
        result = ::sem_timedwait(&capture.isDone, &until);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

std::vector<quint64> stackOf(int thread, int signal)
{
    capture.wanted.store(thread);
    if (::syscall(SYS_tgkill, ::getpid(), thread, signal) != 0) {
        capture.wanted.store(0);
        return {};
    }
    if (!waitUntilDone()) {
        // Too late for it, unless it is in the middle of answering.
        int expected = thread;
        if (capture.wanted.compare_exchange_strong(expected, 0))
            return {};
        while (::sem_wait(&capture.isDone) != 0 && errno == EINTR) { }
    }
    const std::span<void *const> frames(capture.frames.data(), size_t(std::max(capture.count, 0)));
    // What lies within is the handler's own.
    const auto begin = std::ranges::find(frames, capture.interrupted);
    std::vector<quint64> addresses;
    for (auto frame = begin == frames.end() ? frames.begin() : begin; frame != frames.end(); ++frame)
        addresses.push_back(quint64(reinterpret_cast<quintptr>(*frame)));
    return addresses;
}

} // namespace

std::vector<ThreadStack> readThreadStacks()
{
    static const int signal = prepareSignal();
    const QDir tasks(u"/proc/self/task"_s);
    std::vector<ThreadStack> stacks;
    for (const QString &entry : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const int thread = entry.toInt();
        QFile name(tasks.filePath(entry + u"/comm"_s));
        stacks.push_back({thread, name.open(QIODevice::ReadOnly) ? name.readAll().trimmed() : QByteArray(),
            stackOf(thread, signal)});
    }
    std::ranges::sort(stacks, {}, &ThreadStack::id);
    return stacks;
}

} // namespace lanline::server
