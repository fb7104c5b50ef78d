#include "core/crossing.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using lanline::Crossing;

namespace {

struct Note
{
    QString title;
    QList<QString> lines;
    std::shared_ptr<const QByteArray> payload;
};

Note makeNote(int number)
{
    const QString text = u"note %1, long enough to live on the heap"_s.arg(number);
    return {text, {text, u"second line of "_s + text}, std::make_shared<const QByteArray>(text.toUtf8())};
}

} // namespace

/// Lives in a thread of its own and sends back what it gets, changed.
class Echo final : public QObject
{
    Q_OBJECT

public:
    void onNote(const Crossing<Note> &note)
    {
        m_kept.append(note);
        Note answer = *note;
        answer.title += u" (seen)"_s;
        answer.lines.append(QString::fromUtf8(*answer.payload));
        Q_EMIT noteSeen(answer);
        // Now and then all goes at once, in this thread, though it was made in the other.
        if (m_kept.size() == 16)
            m_kept.clear();
    }
    void onLines(const Crossing<QList<QString>> &lines)
    {
        QList<QString> answer = lines.get();
        answer.append(QString::number(answer.size()));
        Q_EMIT linesSeen(std::move(answer));
    }

Q_SIGNALS:
    void noteSeen(const Crossing<Note> &note);
    void linesSeen(const Crossing<QList<QString>> &lines);

private:
    QList<Crossing<Note>> m_kept;
};

class TestCrossing final : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void noteSent(const Crossing<Note> &note);
    void linesSent(const Crossing<QList<QString>> &lines);

private Q_SLOTS:
    void init()
    {
        m_echo = new Echo;
        m_echo->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_echo, &QObject::deleteLater);
    }

    void cleanup()
    {
        // A thread that never ran would never delete what lives in it.
        m_thread.start();
        m_thread.quit();
        QVERIFY(m_thread.wait());
        QVERIFY(!m_echo);
        disconnect();
    }

    void isAValueLikeAnother()
    {
        Crossing<QString> first(u"one"_s);
        Crossing<QString> second = first;
        QCOMPARE(second.get(), u"one"_s);
        second = u"two"_s;
        QCOMPARE(*second, u"two"_s);
        QCOMPARE(first->size(), 3);
        first = second;
        QCOMPARE(*first, u"two"_s);
        const Crossing<QString> third = std::move(first);
        QCOMPARE(*third, u"two"_s);
        QCOMPARE(std::move(second).take(), u"two"_s);
        QCOMPARE(*Crossing<QString>(), QString());
    }

    void isKnownToTheMetaTypeSystem()
    {
        const auto type = QMetaType::fromType<Crossing<QList<QString>>>();
        QVERIFY(type.isValid());
        const QVariant variant = QVariant::fromValue(Crossing<QList<QString>>(QList<QString>{u"a"_s}));
        QCOMPARE(variant.value<Crossing<QList<QString>>>().get(), QList<QString>{u"a"_s});
    }

    void carriesValuesBothWays_data()
    {
        QTest::addColumn<bool>("startFirst");
        QTest::newRow("connected before the thread starts") << false;
        QTest::newRow("connected while the thread runs") << true;
    }
    void carriesValuesBothWays()
    {
        QFETCH(bool, startFirst);
        constexpr int count = 500;
        if (startFirst)
            m_thread.start();
        connect(this, &TestCrossing::noteSent, m_echo.get(), &Echo::onNote, Qt::QueuedConnection);
        connect(this, &TestCrossing::linesSent, m_echo.get(), &Echo::onLines, Qt::QueuedConnection);
        QList<Crossing<Note>> notes;
        QList<QString> lastLines;
        int answers = 0;
        const auto keepNote = [&notes](const Crossing<Note> &note) { notes.append(note); };
        const auto keepLines = [&lastLines, &answers](const Crossing<QList<QString>> &lines) {
            lastLines = *lines;
            ++answers;
        };
        connect(m_echo.get(), &Echo::noteSeen, this, keepNote, Qt::QueuedConnection);
        connect(m_echo.get(), &Echo::linesSeen, this, keepLines, Qt::QueuedConnection);
        m_thread.start();

        QList<QString> lines;
        for (int i = 0; i < count; ++i) {
            Note note = makeNote(i);
            Q_EMIT noteSent(note);
            // The sender's own copy goes on changing, and shares its data with the one on its way.
            note.lines[0] += u" changed"_s;
            lines.append(note.lines.at(0));
            Q_EMIT linesSent(lines);
        }
        QTRY_COMPARE(answers, count);

        QCOMPARE(notes.size(), count);
        QCOMPARE(notes.constLast()->title, makeNote(count - 1).title + u" (seen)"_s);
        QCOMPARE(notes.constLast()->lines.size(), 3);
        QCOMPARE(lastLines.size(), count + 1);
        QCOMPARE(lastLines.constLast(), QString::number(count));
        disconnect(m_echo.get(), nullptr, this, nullptr);
    }

    void mayBeDroppedUnread()
    {
        connect(this, &TestCrossing::noteSent, m_echo.get(), &Echo::onNote, Qt::QueuedConnection);
        for (int i = 0; i < 100; ++i)
            Q_EMIT noteSent(makeNote(i));
        // The thread ends with its queue full: Qt destroys the values without any slot having seen them.
        connect(&m_thread, &QThread::started, &m_thread, &QThread::quit, Qt::DirectConnection);
        m_thread.start();
        QVERIFY(m_thread.wait());
        disconnect(&m_thread, &QThread::started, nullptr, nullptr);
    }

    void carriesACall()
    {
        m_thread.start();
        QString answer;
        QThread *ranIn = nullptr;
        for (int i = 0; i < 100; ++i) {
            const Crossing<Note> note(makeNote(i));
            QMetaObject::invokeMethod(
                m_echo.get(), [note, echo = Crossing<Echo *>(m_echo.get())] { echo.get()->onNote(note); },
                Qt::QueuedConnection);
        }
        connect(
            m_echo.get(), &Echo::noteSeen, this,
            [&](const Crossing<Note> &note) {
                answer = note->title;
                ranIn = QThread::currentThread();
            },
            Qt::QueuedConnection);
        const Crossing<Note> last(makeNote(100));
        QMetaObject::invokeMethod(
            m_echo.get(), [last, echo = Crossing<Echo *>(m_echo.get())] { echo.get()->onNote(last); },
            Qt::QueuedConnection);
        QTRY_COMPARE(answer, makeNote(100).title + u" (seen)"_s);
        QCOMPARE(ranIn, thread());
        disconnect(m_echo.get(), nullptr, this, nullptr);
    }

private:
    QThread m_thread;
    QPointer<Echo> m_echo;
};

QTEST_GUILESS_MAIN(TestCrossing)
#include "tst_crossing.moc"
