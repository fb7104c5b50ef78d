#pragma once

#include "client/trace.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

/// A family of causes in a pill: its icon and its word on its tint.
class FamilyChip final : public QWidget
{
    Q_OBJECT

public:
    explicit FamilyChip(const ThemeController &themes, QWidget *parent = nullptr);

    void setFamily(client::Family family);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    client::Family m_family = client::Family::Network;
    QString m_word;
};

} // namespace lanline::ui
