#pragma once

#include "linkstory.h"
#include "part.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/widgets/tile.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace lanline::test {

/// A diagnostics panel over the record of a session that the test tells stories of.
class DiagnosticsFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void init();
    void cleanup();

protected:
    QString value(const QString &tile) { return part<ui::Tile>(*m_panel, tile).value(); }
    void beats(int count, std::chrono::microseconds rtt, double lastSecondsAgo = 0.5);
    /// Of one's own, all of them stored for that long.
    void messages(int count, double stored, double lastSecondsAgo, double interval = 1);
    QWidget &chart() { return part<QWidget>(*m_panel, QStringLiteral("latencyChart")); }
    quint64 messagesCounted() { return m_record->traces().summary(m_panel->range()).count; }

    QThread m_network;
    std::unique_ptr<ui::ThemeController> m_themes;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<ui::DiagnosticsRecord> m_record;
    std::unique_ptr<ui::DiagnosticsPanel> m_panel;
    std::unique_ptr<LinkStory> m_story;
};

} // namespace lanline::test
