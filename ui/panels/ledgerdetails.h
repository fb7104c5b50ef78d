#pragma once

#include "ui/models/ledgerverdict.h"

#include <QFrame>
#include <QHash>

class QGridLayout;
class QLabel;

namespace lanline::ui {

/// What became of everything, in a popup: a client's own count, the host's beside it, and whether the two agree.
class LedgerDetails final : public QFrame
{
    Q_OBJECT

public:
    explicit LedgerDetails(QWidget *parent);

    void show(const LedgerAccount &account);
    void openBelow(const QWidget &tile);

private:
    struct Row
    {
        QLabel *here;
        QLabel *host;
    };
    Row addRow(QGridLayout &table, const QString &objectName, const QString &name, const QString &explanation);

    QLabel *m_sentence;
    Row m_sent;
    Row m_stored;
    Row m_deduplicated;
    Row m_delivered;
    Row m_replayed;
    Row m_lost;
};

} // namespace lanline::ui
