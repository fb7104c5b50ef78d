#include "diagnosticsfixture.h"

namespace lanline::test {

using namespace Qt::Literals::StringLiterals;
using ui::DiagnosticsPanel;

void DiagnosticsFixture::cleanupTestCase()
{
    m_network.quit();
    m_network.wait();
}

void DiagnosticsFixture::init()
{
    m_themes = std::make_unique<lanline::ui::ThemeController>();
    m_session = std::make_unique<lanline::client::ChatSession>(lanline::client::Identity{u"Alice"_s, {}}, &m_network);
    m_record = std::make_unique<lanline::ui::DiagnosticsRecord>();
    m_record->follow(*m_session);
    m_panel = std::make_unique<DiagnosticsPanel>(*m_record, *m_themes);
    m_story = std::make_unique<LinkStory>(*m_session);
    m_panel->show();
}

void DiagnosticsFixture::cleanup()
{
    m_panel.reset();
    m_record.reset();
    m_session.reset();
    m_themes.reset();
}

void DiagnosticsFixture::beats(int count, std::chrono::microseconds rtt, double lastSecondsAgo)
{
    for (int i = count - 1; i >= 0; --i)
        m_story->roundTrip(lastSecondsAgo + i, rtt);
}

void DiagnosticsFixture::messages(int count, double stored, double lastSecondsAgo, double interval)
{
    for (int i = count - 1; i >= 0; --i)
        m_story->message(lastSecondsAgo + i * interval, true, {0.2, 0.3, 0.1, 0.1, 1, 0.1, 0.1, stored, 0.2, 1});
}

} // namespace lanline::test
