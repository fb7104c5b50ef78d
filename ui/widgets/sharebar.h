#pragma once

#include "client/trace.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

#include <array>

namespace lanline::ui {

using FamilyShares = std::array<double, client::familyCount>;

/// The shares as one bar with 2 px between them, the largest first. Shares without a pixel are left out.
void paintShares(QPainter &painter, const QRectF &where, const FamilyShares &shares, const Theme &theme);

/// What the time of messages goes to: a bar of shares, and under it each family's word and figure.
class ShareBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ShareBar(const ThemeController &themes, QWidget *parent = nullptr);

    /// Together 1; all zero: nothing is drawn.
    void setShares(const FamilyShares &shares);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    FamilyShares m_shares{};
};

} // namespace lanline::ui
