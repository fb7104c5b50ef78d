#pragma once

#include <QList>
#include <QWidget>

namespace lanline::ui {

class Tile;

/// Tiles beside each other, all as wide as each other; in two rows where there is no room for one.
class TileGrid : public QWidget
{
    Q_OBJECT

public:
    explicit TileGrid(QWidget *parent = nullptr);

    /// Takes the tile; gives it back for the caller to fill.
    Tile *addTile(Tile *tile);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int tilesPerRow(int width) const;
    int tileHeight() const;

    QList<Tile *> m_tiles;
};

} // namespace lanline::ui
