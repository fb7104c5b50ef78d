#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/slowestmodel.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListView;

namespace lanline::ui {

class Waterfall;

/// Which messages took longest in a range of time, and where the time of the chosen one went.
class SlowestTab final : public QWidget
{
    Q_OBJECT

public:
    explicit SlowestTab(ThemeController &themes, QWidget *parent = nullptr);

    void show(const DiagnosticsRecord &record, const TimeRange &range);
    /// This one, whether it was slow or not; with the next show().
    void choose(const MessageKey &message);
    std::optional<MessageKey> chosen() const;

Q_SIGNALS:
    /// What the server knows of it would tell more; once for each that is chosen.
    void detailWanted(const lanline::client::MessageTrace &trace);

private:
    void showChosen();
    void showEmptiness(const DiagnosticsRecord &record);

    SlowestModel *m_model;
    QListView *m_list;
    QLabel *m_note;
    Waterfall *m_waterfall;
    QLabel *m_empty;
    QWidget *m_content;
    std::optional<MessageKey> m_askedFor; ///< until another is chosen by hand
    std::optional<MessageKey> m_held; ///< chosen by hand; none: the slowest is shown, whichever that is
    std::optional<MessageKey> m_detailAskedOf;
    bool m_isUpdating = false;
};

} // namespace lanline::ui
