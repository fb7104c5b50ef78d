#pragma once

#include "ui/statustext.h"
#include "ui/theme/themecontroller.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace lanline::ui {

/// Between header and timeline: that there has been no connection for a while, and what becomes of the messages.
class Banner final : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(const ThemeController &themes, QWidget *parent = nullptr);
    /// nullopt hides it.
    void setText(const std::optional<BannerText> &text);

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QLabel *m_words;
    QPushButton *m_retry;
};

} // namespace lanline::ui
