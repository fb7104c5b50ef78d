<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lanline::app::Desktop</name>
    <message numerus="yes">
        <source>%n people are connected to this computer. If you quit, the chat stops for everyone.</source>
        <translation>
            <numerusform>%n person is connected to this computer. If you quit, the chat stops for everyone.</numerusform>
            <numerusform>%n people are connected to this computer. If you quit, the chat stops for everyone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::ConversationModel</name>
    <message numerus="yes">
        <source>%1, %n unread message(s)</source>
        <translation>
            <numerusform>%1, %n unread message</numerusform>
            <numerusform>%1, %n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::DetailsPanel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::Diagnosis</name>
    <message numerus="yes">
        <source>Not enough data: %n message(s) in %1</source>
        <translation>
            <numerusform>Not enough data: %n message in %1</numerusform>
            <numerusform>Not enough data: %n messages in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::FaultFrame</name>
    <message numerus="yes">
        <source>%n faults on purpose · %1</source>
        <extracomment>%1: a time such as 0:12</extracomment>
        <translation>
            <numerusform>%n fault on purpose · %1</numerusform>
            <numerusform>%n faults on purpose · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::FaultsTab</name>
    <message numerus="yes">
        <source>%n fault(s) are on</source>
        <translation>
            <numerusform>%n fault is on</numerusform>
            <numerusform>%n faults are on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::FigureTiles</name>
    <message numerus="yes">
        <source>of %n beat(s)</source>
        <translation>
            <numerusform>of %n beat</numerusform>
            <numerusform>of %n beats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>after %n resume(s)</source>
        <translation>
            <numerusform>after %n resume</numerusform>
            <numerusform>after %n resumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What came later, when the link was back. Since Lanline was started, %n message(s) were read in pages. Click for the ledgers.</source>
        <translation>
            <numerusform>What came later, when the link was back. Since Lanline was started, %n message was read in pages. Click for the ledgers.</numerusform>
            <numerusform>What came later, when the link was back. Since Lanline was started, %n messages were read in pages. Click for the ledgers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::JumpPill</name>
    <message numerus="yes">
        <source>Jump to latest, %n unread message(s)</source>
        <translation>
            <numerusform>Jump to latest, %n unread message</numerusform>
            <numerusform>Jump to latest, %n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LatencyChart</name>
    <message numerus="yes">
        <source>Reconnected · %n replayed</source>
        <translation>
            <numerusform>Reconnected · %n replayed</numerusform>
            <numerusform>Reconnected · %n replayed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LedgerDetails</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LedgerVerdict</name>
    <message numerus="yes">
        <source>%n message(s) got lost, by this computer&apos;s own count.</source>
        <translation>
            <numerusform>%n message got lost, by this computer&apos;s own count.</numerusform>
            <numerusform>%n messages got lost, by this computer&apos;s own count.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The host misses %n message(s) that it had stored.</source>
        <translation>
            <numerusform>The host misses %n message that it had stored.</numerusform>
            <numerusform>The host misses %n messages that it had stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n on the way</numerusform>
            <numerusform>%n on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are not stored by the host yet.</source>
        <translation>
            <numerusform>%n message is not stored by the host yet.</numerusform>
            <numerusform>%n messages are not stored by the host yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LinkWords</name>
    <message numerus="yes">
        <source>%n heartbeat(s) missed.</source>
        <translation>
            <numerusform>%n heartbeat missed.</numerusform>
            <numerusform>%n heartbeats missed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTest</name>
    <message numerus="yes">
        <source>%n message(s) did not reach everyone</source>
        <translation>
            <numerusform>%n message did not reach everyone</numerusform>
            <numerusform>%n messages did not reach everyone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::NewRoomDialog</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomBook</name>
    <message numerus="yes">
        <source>Reconnected · %n message(s) caught up</source>
        <translation>
            <numerusform>Reconnected · %n message caught up</numerusform>
            <numerusform>Reconnected · %n messages caught up</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomHeader</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n online</source>
        <translation>
            <numerusform>%n online</numerusform>
            <numerusform>%n online</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::Status</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait here and will leave by themselves.</source>
        <translation>
            <numerusform>%n message waits here and will leave by itself.</numerusform>
            <numerusform>%n messages wait here and will leave by themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::ThreadAccount</name>
    <message numerus="yes">
        <source>The %1 thread stalled %n time(s), for %2 at the longest, at %3.</source>
        <extracomment>&quot;The GUI thread stalled 2 times, the longest took 380 ms at 14:04:46.&quot;</extracomment>
        <translation>
            <numerusform>The %1 thread stalled once, for %2, at %3.</numerusform>
            <numerusform>The %1 thread stalled %n times, for %2 at the longest, at %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::Words</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n&#xa0;byte</numerusform>
            <numerusform>%n&#xa0;bytes</numerusform>
        </translation>
    </message>
</context>
</TS>
