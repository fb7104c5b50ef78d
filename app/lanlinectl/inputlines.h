#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace lanline::ctl {

/// Standard input, line by line, as it comes. Reads only while someone wants more.
class InputLines final : public QObject
{
    Q_OBJECT

public:
    InputLines();

    /// False: nothing more is read until it is true again. False at first.
    void setWanted(bool isWanted);

Q_SIGNALS:
    /// Without its end. Several may come after setWanted(false), of what was read before.
    void lineRead(const QByteArray &line);
    /// After the last line.
    void ended();
    /// `why` is a sentence.
    void failed(const QString &why);

private:
    void onReadable();
    void takeLines();

    QSocketNotifier m_notifier;
    QByteArray m_buffer;
};

} // namespace lanline::ctl
