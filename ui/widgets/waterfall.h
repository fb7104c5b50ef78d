#pragma once

#include "client/trace.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QAbstractItemModel;
class QListView;

namespace lanline::ui {

class WaterfallAxis;
class WaterfallModel;

/// The way of one message, hop by hop on one common scale: whose computer each was on, how long it took, and how sure
/// that is. One row, and one accessible item, for each.
class Waterfall final : public QWidget
{
    Q_OBJECT

public:
    explicit Waterfall(const ThemeController &themes, QWidget *parent = nullptr);

    /// `author`: by name; computers are called after people.
    void show(const client::MessageTrace &trace, const QString &author);
    const QAbstractItemModel &rows() const;

private:
    WaterfallModel *m_model;
    QListView *m_view;
    WaterfallAxis *m_axis;
};

} // namespace lanline::ui
