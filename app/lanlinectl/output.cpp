#include "output.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace lanline::ctl {

JsonLine &JsonLine::add(QLatin1StringView key, const QString &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return addRaw(key, list.sliced(1, list.size() - 2));
}

JsonLine &JsonLine::add(QLatin1StringView key, quint64 value)
{
    return addRaw(key, QByteArray::number(value));
}

JsonLine &JsonLine::add(QLatin1StringView key, bool value)
{
    return addRaw(key, value ? "true" : "false");
}

JsonLine &JsonLine::addRaw(QLatin1StringView key, const QByteArray &json)
{
    if (!m_members.isEmpty())
        m_members += ',';
    m_members += '"' + QByteArray(key.data(), key.size()) + "\":" + json;
    return *this;
}

Output::Output()
{
    std::signal(SIGPIPE, SIG_IGN);
}

bool Output::writeLine(const QByteArray &line)
{
    if (m_isClosed)
        return false;
    const QByteArray bytes = line + '\n';
    for (qsizetype written = 0; written < bytes.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.constData() + written, size_t(bytes.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            m_isClosed = true;
            return false;
        }
        written += count;
    }
    return true;
}

void complain(const QString &sentence)
{
    std::fprintf(stderr, "lanlinectl: %s\n", qUtf8Printable(sentence));
}

} // namespace lanline::ctl
