#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>

namespace lanline::ctl {

/// One line of JSON whose keys keep the order in which they were added.
class JsonLine
{
public:
    JsonLine &add(QLatin1StringView key, const QString &value);
    JsonLine &add(QLatin1StringView key, quint64 value);
    JsonLine &add(QLatin1StringView key, bool value);
    /// `json` is JSON already.
    JsonLine &addRaw(QLatin1StringView key, const QByteArray &json);

    QByteArray object() const { return '{' + m_members + '}'; }

private:
    QByteArray m_members;
};

/// Standard output, a whole line at a time. A reader who went away is noticed, not died of.
class Output
{
public:
    /// From now on writing to a closed pipe is an error instead of the end of the process.
    Output();

    /// False when nobody reads any more.
    bool writeLine(const QByteArray &line);
    bool isClosed() const { return m_isClosed; }

private:
    bool m_isClosed = false;
};

/// "lanlinectl: <sentence>" on standard error.
void complain(const QString &sentence);

} // namespace lanline::ctl
