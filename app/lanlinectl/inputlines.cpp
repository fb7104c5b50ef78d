#include "inputlines.h"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

/// More without an end of line is no text for a chat.
constexpr qsizetype longestLine = 1024 * 1024;

} // namespace

InputLines::InputLines()
    : m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &InputLines::onReadable);
}

void InputLines::setWanted(bool isWanted)
{
    m_notifier.setEnabled(isWanted);
}

void InputLines::onReadable()
{
    // One read per turn: it does not block, for the notifier has seen that there is something.
    std::array<char, 16 * 1024> bytes;
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count < 0) {
        if (errno == EINTR || errno == EAGAIN)
            return;
        m_notifier.setEnabled(false);
        Q_EMIT failed(u"cannot read standard input: %1"_s.arg(qt_error_string(errno)));
        return;
    }
    if (count == 0) {
        m_notifier.setEnabled(false);
        if (!m_buffer.isEmpty())
            Q_EMIT lineRead(std::exchange(m_buffer, {}));
        Q_EMIT ended();
        return;
    }
    m_buffer.append(bytes.data(), count);
    takeLines();
}

void InputLines::takeLines()
{
    qsizetype begin = 0;
    for (qsizetype end = 0; (end = m_buffer.indexOf('\n', begin)) >= 0; begin = end + 1) {
        const bool hasReturn = end > begin && m_buffer.at(end - 1) == '\r';
        Q_EMIT lineRead(m_buffer.sliced(begin, end - begin - (hasReturn ? 1 : 0)));
    }
    m_buffer.remove(0, begin);
    if (m_buffer.size() > longestLine) {
        m_notifier.setEnabled(false);
        Q_EMIT failed(u"a line of standard input is longer than a megabyte"_s);
    }
}

} // namespace lanline::ctl
