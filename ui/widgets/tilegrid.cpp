#include "ui/widgets/tilegrid.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/tile.h"

namespace lanline::ui {

namespace {

constexpr int narrowestTile = 88;

int widthOf(int tiles, int tileWidth)
{
    return tiles * tileWidth + (tiles - 1) * space::gap;
}

} // namespace

TileGrid::TileGrid(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

Tile *TileGrid::addTile(Tile *tile)
{
    tile->setParent(this);
    m_tiles.append(tile);
    updateGeometry();
    return tile;
}

int TileGrid::tilesPerRow(int width) const
{
    const int count = int(m_tiles.size());
    return width >= widthOf(count, narrowestTile) ? qMax(count, 1) : (count + 1) / 2;
}

int TileGrid::tileHeight() const
{
    return m_tiles.isEmpty() ? 0 : m_tiles.first()->sizeHint().height();
}

QSize TileGrid::sizeHint() const
{
    const int wide = m_tiles.isEmpty() ? 0 : m_tiles.first()->sizeHint().width();
    return {widthOf(int(m_tiles.size()), wide), tileHeight()};
}

QSize TileGrid::minimumSizeHint() const
{
    return {widthOf((int(m_tiles.size()) + 1) / 2, narrowestTile), tileHeight()};
}

int TileGrid::heightForWidth(int width) const
{
    const int perRow = tilesPerRow(width);
    const int rows = (int(m_tiles.size()) + perRow - 1) / perRow;
    return rows * tileHeight() + (rows - 1) * space::gap;
}

void TileGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int perRow = tilesPerRow(width());
    const int height = tileHeight();
    const qreal step = (width() + space::gap) / qreal(perRow);
    for (int i = 0; i < m_tiles.size(); ++i) {
        const int left = qRound(i % perRow * step);
        const int right = qRound((i % perRow + 1) * step) - space::gap;
        const QRect place(left, i / perRow * (height + space::gap), right - left, height);
        m_tiles[i]->setGeometry(
            layoutDirection() == Qt::RightToLeft ? place.translated(width() - left - right, 0) : place);
    }
}

} // namespace lanline::ui
