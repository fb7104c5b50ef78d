<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>lanline::app::Demo</name>
    <message>
        <source>The server for the demo could not start: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo needs a temporary folder: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo could not open a second port on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::app::Desktop</name>
    <message>
        <source>Try on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1&apos;s network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop hosting?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people are connected to this computer. If you quit, the chat stops for everyone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Keep hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop for everyone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::app::Tour</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good morning Bob! This window talks to yours through a server inside the app.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And no cloud in between. How fast is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Diagnostics: every dot is one round trip, measured right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next I pull my network cable. Keep writing: nothing will be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are gone, Bob. I go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host keeps this for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written while the cable is out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written while the server was away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::app::Usage</name>
    <message>
        <source>Try it: a server on this computer and two windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With --demo: play a scripted visit unattended; leave its pictures and its report in &lt;dir&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host for this network at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With --host: the port to host on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join the host at &lt;url&gt;: host, host:port, ws:// or lanline://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How you want to be called.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep identity and settings in &lt;dir&gt;, apart from your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lanline: chat for your local network, with its own server inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unexpected argument: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--demo, --host and --join exclude each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--tour needs --demo and a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--port needs --host and a number from 0 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not an address of a host: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::AddressForm</name>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the host</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::AddressesCard</name>
    <message>
        <source>Ethernet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VPN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Virtual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is on no network at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Banner</name>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::ChartAxes</name>
    <message>
        <source>%1&#xa0;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1&#xa0;ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::ChatWindow</name>
    <message>
        <source>Host panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other host…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(%1) %2</source>
        <extracomment>Window title: unread count, then what is open</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::ClientsCard</name>
    <message>
        <source>Clients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is connected yet. Send one of the addresses above to the others.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Composer</name>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This message takes %1 bytes; the host accepts %2. Shorten it or send it in parts.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::ConversationModel</name>
    <message>
        <source>d MMM</source>
        <comment>date format</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread message(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::DetailsPanel</name>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave room</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::DiagnosticsPanel</name>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P50</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half of all round trips took at most this long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P95</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 of 100 round trips took at most this long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P99</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much one round trip differs from the one before it: the mean of the absolute differences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heartbeats that the host did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round trips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heartbeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>99 of 100 round trips took at most this long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slowest of all. Below 100 round trips a P99 would say little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P99 from n 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>of %n beat(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnostics · %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::FirstRunWindow</name>
    <message>
        <source>Lanline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join by address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join %1 again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The landline for your LAN. No account, no cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two windows side by side, and a live plot of every round trip between them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host for this network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer carries the chat. Others join by its address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the address of a host, or paste a lanline:// link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host sees its address in its window and can send it to you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostClientsModel</name>
    <message>
        <source>What waits here because this client reads slowly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>App</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Joining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · guest</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostForm</name>
    <message>
        <source>Port %1 is in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 is in use. Use %2 instead?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system does not allow hosting on port %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder for the messages cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder for the messages cannot be used: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of this host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studio LAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer carries the chat: as long as it runs, others on the network can join by its address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostPanel</name>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host for this network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::InputFaults</name>
    <message>
        <source>Type the address that the host shows, for example 192.168.1.20:47100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address starts with lanline:// or ws://, or with neither.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no address. Try one like 192.168.1.20:47100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port behind the colon is a number from 1 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name needs at least one letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This name has characters that cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A port is a number from %1 to %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::JoinDialog</name>
    <message>
        <source>Join a host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host sees its address in its window and can send it to you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::JumpPill</name>
    <message numerus="yes">
        <source>Jump to latest, %n unread message(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::LatencyChart</name>
    <message>
        <source>Round trips over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no link %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Reconnected · %n replayed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Heartbeat missed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::LatencyVerdict</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n heartbeat(s) missed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Measuring goes on as soon as there is a link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No link since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No link yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow: half of all round trips take over %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uneven: one round trip in twenty takes over %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fair: half of all round trips take under %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast: half of all round trips take under %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slowest took %1, at %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All %n heartbeat(s) were answered.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not enough data: %n beat(s) in %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A heartbeat a second measures the round trip.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::MembersModel</name>
    <message>
        <source>%1 · guest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::NameForm</name>
    <message>
        <source>Change your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::NewRoomDialog</name>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms on this host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are in every room of this host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join a room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, such as design</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the new room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is about (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the new room is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or create one</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the room is about takes at most %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomBook</name>
    <message>
        <source>Reconnected · nothing missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Reconnected · %n message(s) caught up</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomHeader</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n online</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::SelfButton</name>
    <message>
        <source>%1 at %2, menu</source>
        <extracomment>The person&apos;s own name and the host&apos;s, on the button that opens the menu</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Sidebar</name>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Status</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <extracomment>Both figures: which attempt this is, and in how many seconds the next begins</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt %1, next in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last contact %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline since %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait here and will leave by themselves.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::StatusLine</name>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Tile</name>
    <message>
        <source>No data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::TimelineModel</name>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <comment>messages since the last visit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the parts of what a screen reader says of a message</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::TimelineView</name>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has written in %1 yet. Say hello.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lanline::ui::Words</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not an address that can be joined. Try one like 192.168.1.20:47100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No computer called %1 was found on this network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is hosting at %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something answers at %1, but it is not a Lanline host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a server of another kind, not a Lanline host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host at %1 runs another version of Lanline. Update the older of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name belongs to another device here. Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host does not accept this name: it is empty, too long or not printable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host does not accept the key of this device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of this device cannot be used: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host stopped answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host has stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host closed the connection: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host could not do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host did not understand this request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room called %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A room called %1 exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not in the room %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is over this host’s limit of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A room’s name is in lower case, without spaces, and takes at most %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This host has as many rooms as it allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another message with the same mark is stored already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host is busy. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host cannot write to its disk at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over this host’s %1 limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not in this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its mark is taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>date format</comment>
        <extracomment>A day of this year: day of the month and its name, in Qt&apos;s date format</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>date format</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <comment>date format</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Lanline is already open with this profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of this profile cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
