#pragma once

#include "ui/models/ledgerverdict.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

class Tile;

/// What became of everything: a client's own count in large figures, the host's below each, and whether the two agree.
class LedgerTiles final : public QWidget
{
    Q_OBJECT

public:
    explicit LedgerTiles(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const LedgerAccount &account);

private:
    Tile *m_sent = nullptr;
    Tile *m_stored = nullptr;
    Tile *m_deduplicated = nullptr;
    Tile *m_delivered = nullptr;
    Tile *m_replayed = nullptr;
    Tile *m_lost = nullptr;
};

} // namespace lanline::ui
