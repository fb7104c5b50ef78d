// A disk whose flushes fail: loaded with LD_PRELOAD, fsync and fdatasync give EIO while the file exists that the
// variable FAILSYNC_FLAG names. Every failure adds a byte to the file of that name with .hits: proof that something was
// hit.

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace {

using Sync = int (*)(int);

int syncUnlessBroken(int file, const char *name)
{
    // Nobody writes the environment.
    const char *flag = std::getenv("FAILSYNC_FLAG"); // NOLINT(concurrency-mt-unsafe)
    if (!flag || access(flag, F_OK) != 0)
        return reinterpret_cast<Sync>(dlsym(RTLD_NEXT, name))(file);

    const std::string path = std::string(flag) + ".hits";
    const int hits = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (hits < 0 || write(hits, "x", 1) != 1)
        std::abort();
    close(hits);
    errno = EIO;
    return -1;
}

} // namespace

extern "C" int fsync(int file)
{
    return syncUnlessBroken(file, "fsync");
}

extern "C" int fdatasync(int file)
{
    return syncUnlessBroken(file, "fdatasync");
}
