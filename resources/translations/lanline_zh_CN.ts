<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>lanline::app::Demo</name>
    <message>
        <source>The server for the demo could not start: %1</source>
        <translation>无法启动演示用的服务器：%1</translation>
    </message>
    <message>
        <source>The demo needs a temporary folder: %1</source>
        <translation>演示需要一个临时文件夹：%1</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>The demo could not open a second port on this computer.</source>
        <translation>演示无法在本机再打开一个端口。</translation>
    </message>
    <message>
        <source>Pull the primary cable</source>
        <translation>拔掉主网线</translation>
    </message>
    <message>
        <source>Plug it back</source>
        <translation>重新插上</translation>
    </message>
    <message>
        <source>Cuts the connection that carries Bob&apos;s messages right now.</source>
        <translation>切断此刻传送 Bob 消息的连接。</translation>
    </message>
</context>
<context>
    <name>lanline::app::Desktop</name>
    <message>
        <source>Try on this computer</source>
        <translation>在本机试用</translation>
    </message>
    <message>
        <source>%1&apos;s network</source>
        <translation>%1 的网络</translation>
    </message>
    <message>
        <source>Stop hosting?</source>
        <translation>要停止主机吗？</translation>
    </message>
    <message numerus="yes">
        <source>%n people are connected to this computer. If you quit, the chat stops for everyone.</source>
        <translation>
            <numerusform>有 %n 人连接到本机。如果退出，所有人的聊天都会中断。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep hosting</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Stop for everyone</source>
        <translation>仍要停止</translation>
    </message>
</context>
<context>
    <name>lanline::app::Tour</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>Good morning Bob! This window talks to yours through a server inside the app.</source>
        <translation>Bob，早上好！这个窗口正通过应用内置的服务器和你的窗口对话。</translation>
    </message>
    <message>
        <source>And no cloud in between. How fast is it?</source>
        <translation>中间不经过云端。有多快呢？</translation>
    </message>
    <message>
        <source>Open Diagnostics: every dot is one round trip, measured right now.</source>
        <translation>打开“诊断”看看：每个点都是刚刚测得的一次往返。</translation>
    </message>
    <message>
        <source>You are gone, Bob. I go on.</source>
        <translation>Bob，你掉线了，我接着写。</translation>
    </message>
    <message>
        <source>The host keeps this for you.</source>
        <translation>主机会替你留着这些消息。</translation>
    </message>
    <message>
        <source>And this.</source>
        <translation>还有这一条。</translation>
    </message>
    <message>
        <source>Written while the cable is out.</source>
        <translation>这条写于网线拔掉的时候。</translation>
    </message>
    <message>
        <source>Written while the server was away.</source>
        <translation>这条写于服务器停止的时候。</translation>
    </message>
    <message>
        <source>The report could not be written.</source>
        <translation>无法写入报告。</translation>
    </message>
    <message>
        <source>Next I pull my network cables. Keep writing: nothing will be lost.</source>
        <translation>接下来我要拔掉我的两根网线。你继续写：什么都不会丢。</translation>
    </message>
    <message>
        <source>Message %1 to Bob, who has two cables.</source>
        <translation>发给 Bob 的第 %1 条消息，他有两根网线。</translation>
    </message>
    <message>
        <source>Message %1 to Alice, over one of two cables.</source>
        <translation>发给 Alice 的第 %1 条消息，走两根网线中的一根。</translation>
    </message>
</context>
<context>
    <name>lanline::app::Usage</name>
    <message>
        <source>Try it: a server on this computer and two windows.</source>
        <translation>试用：在本机运行服务器，并打开两个窗口。</translation>
    </message>
    <message>
        <source>With --demo: play a scripted visit unattended; leave its pictures and its report in &lt;dir&gt;.</source>
        <translation>与 --demo 合用：自动演示一遍，把截图和报告存入 &lt;dir&gt;。</translation>
    </message>
    <message>
        <source>Host for this network at once.</source>
        <translation>立即为本网络做主机。</translation>
    </message>
    <message>
        <source>With --host: the port to host on.</source>
        <translation>与 --host 合用：主机使用的端口。</translation>
    </message>
    <message>
        <source>Join the host at &lt;url&gt;: host, host:port, ws:// or lanline://.</source>
        <translation>加入位于 &lt;url&gt; 的主机：host、host:port、ws:// 或 lanline://。</translation>
    </message>
    <message>
        <source>How you want to be called.</source>
        <translation>你希望别人怎么称呼你。</translation>
    </message>
    <message>
        <source>Keep identity and settings in &lt;dir&gt;, apart from your own.</source>
        <translation>把身份和设置存入 &lt;dir&gt;，与平时所用的分开。</translation>
    </message>
    <message>
        <source>Lanline: chat for your local network, with its own server inside.</source>
        <translation>Lanline：内置服务器的局域网聊天工具。</translation>
    </message>
    <message>
        <source>Unexpected argument: %1</source>
        <translation>多余的参数：%1</translation>
    </message>
    <message>
        <source>--demo, --host and --join exclude each other.</source>
        <translation>--demo、--host 和 --join 不能同时使用。</translation>
    </message>
    <message>
        <source>--tour needs --demo and a folder.</source>
        <translation>--tour 需要与 --demo 合用，并指定文件夹。</translation>
    </message>
    <message>
        <source>--port needs --host and a number from 0 to 65535.</source>
        <translation>--port 需要与 --host 合用，并指定 0 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>Not an address of a host: %1</source>
        <translation>不是有效的主机地址：%1</translation>
    </message>
    <message>
        <source>With --join: the &lt;code&gt; that your other device shows, to be the same person.</source>
        <translation>与 --join 一起使用：你的另一台设备显示的 &lt;code&gt;，以同一人的身份加入。</translation>
    </message>
    <message>
        <source>--code needs --join.</source>
        <translation>--code 需要 --join。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::AddDeviceDialog</name>
    <message>
        <source>Add a device</source>
        <translation>添加设备</translation>
    </message>
    <message>
        <source>New code</source>
        <translation>新代码</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>2. Type the host’s address: %1</source>
        <translation>2. 输入主机的地址：%1</translation>
    </message>
    <message>
        <source>1. Start Lanline on the other device and choose Join.</source>
        <translation>1. 在另一台设备上启动 Lanline，选择“加入”。</translation>
    </message>
    <message>
        <source>3. Choose “Code from my other device”, type the code, and join.</source>
        <translation>3. 选择“来自我另一台设备的代码”，输入代码，然后加入。</translation>
    </message>
    <message>
        <source>There is no connection to the host. The code appears as soon as there is one.</source>
        <translation>没有到主机的连接。一旦连上，代码就会出现。</translation>
    </message>
    <message>
        <source>Asking the host for a code…</source>
        <translation>正在向主机索取代码…</translation>
    </message>
    <message>
        <source>This code has expired.</source>
        <translation>此代码已过期。</translation>
    </message>
    <message>
        <source>The host gives no code: guests have no other devices, and a busy host may have none left.</source>
        <translation>主机没有给出代码：访客没有其他设备，繁忙的主机也可能暂时没有代码了。</translation>
    </message>
    <message>
        <source>Your other device is connected. Both are you from now on.</source>
        <translation>你的另一台设备已连接。从现在起，两台都是你。</translation>
    </message>
    <message>
        <source>No code yet</source>
        <translation>还没有代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Let another computer of yours take part as you, with your name, rooms and drafts.</source>
        <translation>让你的另一台电脑以你的身份参与：同样的名字、房间和草稿。</translation>
    </message>
    <message>
        <source>2. Type the address that the host panel shows.</source>
        <translation>2. 输入主机面板上显示的地址。</translation>
    </message>
    <message>
        <source>Good once, for %1. Whoever has it can write as you.</source>
        <extracomment>%1: minutes and seconds that are left, like 4:07</extracomment>
        <translation>只能使用一次，有效期 %1。拿到它的人可以以你的身份写消息。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::AddressForm</name>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Address of the host</source>
        <translation>主机地址</translation>
    </message>
    <message>
        <source>Code from my other device</source>
        <translation>来自我另一台设备的代码</translation>
    </message>
    <message>
        <source>Lanline shows it there under “Add a device…”.</source>
        <translation>在那台设备的“添加设备…”中可以看到。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::AddressesCard</name>
    <message>
        <source>Ethernet</source>
        <translation>以太网</translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation>Wi-Fi</translation>
    </message>
    <message>
        <source>VPN</source>
        <translation>VPN</translation>
    </message>
    <message>
        <source>Virtual</source>
        <translation>虚拟网络</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>This computer is on no network at the moment.</source>
        <translation>本机目前没有接入任何网络。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制 %1</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Banner</name>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>Two whole sentences, one after the other</extracomment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ChartAxes</name>
    <message>
        <source>%1&#xa0;s</source>
        <translation>%1&#xa0;秒</translation>
    </message>
    <message>
        <source>%1&#xa0;ms</source>
        <translation>%1&#xa0;ms</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ChatWindow</name>
    <message>
        <source>Host panel</source>
        <translation>主机面板</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Other host…</source>
        <translation>更换主机…</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>(%1) %2</source>
        <extracomment>Window title: unread count, then what is open</extracomment>
        <translation>(%1) %2</translation>
    </message>
    <message>
        <source>Start screen</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>新窗口</translation>
    </message>
    <message>
        <source>Add a device…</source>
        <translation>添加设备…</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ClientsCard</name>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Nobody is connected yet. Send one of the addresses above to the others.</source>
        <translation>还没有人连接。把上面的任意一个地址发给其他人即可。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Composer</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>发消息到 %1</translation>
    </message>
    <message>
        <source>This message takes %1 bytes; the host accepts %2. Shorten it or send it in parts.</source>
        <translation>这条消息有 %1 字节，主机最多接受 %2 字节。请缩短，或分几次发送。</translation>
    </message>
    <message>
        <source>Editing a message</source>
        <translation>正在编辑消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Leave the message as it was (%1)</source>
        <translation>保留原来的消息（%1）</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ConversationModel</name>
    <message>
        <source>d MMM</source>
        <comment>date format</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>你：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation>草稿：</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread message(s)</source>
        <translation>
            <numerusform>%1，%n 条未读消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::DetailsPanel</name>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Leave room</source>
        <translation>退出房间</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 位成员</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::DiagnosticsPanel</name>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Window of time</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>P50</source>
        <translation>P50</translation>
    </message>
    <message>
        <source>Half of all round trips took at most this long.</source>
        <translation>半数往返不超过这一用时。</translation>
    </message>
    <message>
        <source>P95</source>
        <translation>P95</translation>
    </message>
    <message>
        <source>95 of 100 round trips took at most this long.</source>
        <translation>每 100 次往返中，有 95 次不超过这一用时。</translation>
    </message>
    <message>
        <source>P99</source>
        <translation>P99</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>How much one round trip differs from the one before it: the mean of the absolute differences.</source>
        <translation>相邻两次往返用时之差的绝对值的平均数。</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>Heartbeats that the host did not answer in time.</source>
        <translation>主机未能及时应答的心跳。</translation>
    </message>
    <message>
        <source>Round trips</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>刻度</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>已于 %1 暂停</translation>
    </message>
    <message>
        <source>n %1 · %2</source>
        <translation>n %1 · %2</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>99 of 100 round trips took at most this long.</source>
        <translation>每 100 次往返中，有 99 次不超过这一用时。</translation>
    </message>
    <message>
        <source>The slowest of all. Below 100 round trips a P99 would say little.</source>
        <translation>最慢的一次。往返不足 100 次时，P99 没有多少意义。</translation>
    </message>
    <message>
        <source>P99 from n 100</source>
        <translation>满 100 次显示 P99</translation>
    </message>
    <message numerus="yes">
        <source>of %n beat(s)</source>
        <translation>
            <numerusform>共 %n 次心跳</numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnostics · %1</source>
        <translation>诊断 · %1</translation>
    </message>
    <message>
        <source>active</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>待命</translation>
    </message>
</context>
<context>
    <name>lanline::ui::FirstRunWindow</name>
    <message>
        <source>Lanline</source>
        <translation>Lanline</translation>
    </message>
    <message>
        <source>Join by address</source>
        <translation>按地址加入</translation>
    </message>
    <message>
        <source>Join %1 again</source>
        <translation>再次加入 %1</translation>
    </message>
    <message>
        <source>The landline for your LAN. No account, no cloud.</source>
        <translation>局域网里的固定电话。无需账号，不经云端。</translation>
    </message>
    <message>
        <source>Try on this computer</source>
        <translation>在本机试用</translation>
    </message>
    <message>
        <source>Two windows side by side, and a live plot of every round trip between them.</source>
        <translation>并排打开两个窗口，实时绘出其间的每一次往返。</translation>
    </message>
    <message>
        <source>Host for this network</source>
        <translation>为本网络做主机</translation>
    </message>
    <message>
        <source>This computer carries the chat. Others join by its address.</source>
        <translation>本机承载聊天，他人按地址加入。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Type the address of a host, or paste a lanline:// link.</source>
        <translation>输入主机地址，或粘贴以 lanline:// 开头的链接。</translation>
    </message>
    <message>
        <source>The host sees its address in its window and can send it to you.</source>
        <translation>主机的地址显示在对方的窗口中，可请对方发给你。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostClientsModel</name>
    <message>
        <source>What waits here because this client reads slowly</source>
        <translation>因该客户端接收较慢而在此等待的数据</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>App</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>正在加入</translation>
    </message>
    <message>
        <source>%1 · guest</source>
        <translation>%1 · 访客</translation>
    </message>
    <message>
        <source>A second link that takes over when the first one breaks</source>
        <translation>第二条链路，第一条中断时由它接替</translation>
    </message>
    <message>
        <source>Primary</source>
        <translation>主链路</translation>
    </message>
    <message>
        <source>Standby</source>
        <translation>备用链路</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 · heartbeat every %2</source>
        <extracomment>Tooltip of a link in the host&apos;s table: its address, how often it beats</extracomment>
        <translation>%1 · 每 %2 一次心跳</translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostForm</name>
    <message>
        <source>Port %1 is in use.</source>
        <translation>端口 %1 已被占用。</translation>
    </message>
    <message>
        <source>Port %1 is in use. Use %2 instead?</source>
        <translation>端口 %1 已被占用。改用 %2？</translation>
    </message>
    <message>
        <source>The system does not allow hosting on port %1.</source>
        <translation>系统不允许在端口 %1 上运行主机。</translation>
    </message>
    <message>
        <source>The folder for the messages cannot be used.</source>
        <translation>无法使用存放消息的文件夹。</translation>
    </message>
    <message>
        <source>The folder for the messages cannot be used: %1</source>
        <translation>无法使用存放消息的文件夹：%1</translation>
    </message>
    <message>
        <source>Start hosting</source>
        <translation>启动主机</translation>
    </message>
    <message>
        <source>Name of this host</source>
        <translation>主机名称</translation>
    </message>
    <message>
        <source>Studio LAN</source>
        <translation>工作室局域网</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>This computer carries the chat: as long as it runs, others on the network can join by its address.</source>
        <translation>聊天由本机承载：只要本机在运行，网络上的其他人就能按地址加入。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>使用端口 %1</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
</context>
<context>
    <name>lanline::ui::HostPanel</name>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>停止主机</translation>
    </message>
    <message>
        <source>Host for this network</source>
        <translation>为本网络做主机</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>Up %1 · %2</source>
        <translation>已运行 %1 · %2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::InputFaults</name>
    <message>
        <source>Type the address that the host shows, for example 192.168.1.20:47100.</source>
        <translation>请输入主机显示的地址，例如 192.168.1.20:47100。</translation>
    </message>
    <message>
        <source>An address starts with lanline:// or ws://, or with neither.</source>
        <translation>地址可以 lanline:// 或 ws:// 开头，也可以都不带。</translation>
    </message>
    <message>
        <source>This is no address. Try one like 192.168.1.20:47100.</source>
        <translation>这不是有效地址。请参照 192.168.1.20:47100 的格式。</translation>
    </message>
    <message>
        <source>The port behind the colon is a number from 1 to 65535.</source>
        <translation>冒号后的端口应为 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>A name needs at least one letter.</source>
        <translation>名字至少要有一个字符。</translation>
    </message>
    <message>
        <source>This name has characters that cannot be shown.</source>
        <translation>这个名字含有无法显示的字符。</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>这个名字太长。</translation>
    </message>
    <message>
        <source>A port is a number from %1 to %2.</source>
        <translation>端口应为 %1 到 %2 之间的数字。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::JoinDialog</name>
    <message>
        <source>Join a host</source>
        <translation>加入主机</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>The host sees its address in its window and can send it to you.</source>
        <translation>主机的地址显示在对方的窗口中，可请对方发给你。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
</context>
<context>
    <name>lanline::ui::JumpPill</name>
    <message numerus="yes">
        <source>Jump to latest, %n unread message(s)</source>
        <translation>
            <numerusform>跳到最新消息，%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LatencyChart</name>
    <message>
        <source>Round trips over time</source>
        <translation>往返时间走势</translation>
    </message>
    <message>
        <source>no link</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>no link %1</source>
        <translation>断开 %1</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>连接断开</translation>
    </message>
    <message>
        <source>Reconnected</source>
        <translation>已重新连接</translation>
    </message>
    <message numerus="yes">
        <source>Reconnected · %n replayed</source>
        <translation>
            <numerusform>已重新连接 · 补收 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Heartbeat missed</source>
        <translation>心跳未应答</translation>
    </message>
    <message>
        <source>Primary</source>
        <translation>主链路</translation>
    </message>
    <message>
        <source>Standby</source>
        <translation>备用链路</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>active</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>under 1&#xa0;ms</source>
        <translation>不到 1&#xa0;ms</translation>
    </message>
    <message>
        <source>No answer · failover %1</source>
        <translation>无应答 · %1后切换</translation>
    </message>
    <message>
        <source>Cut · failover %1</source>
        <translation>断线 · %1后切换</translation>
    </message>
    <message>
        <source>Standby ready</source>
        <translation>备用链路就绪</translation>
    </message>
    <message>
        <source>Standby lost</source>
        <translation>备用链路中断</translation>
    </message>
    <message>
        <source>%1: %2 since %3</source>
        <extracomment>Tooltip of a lane&apos;s bar: its name, its state, since when</extracomment>
        <translation>%1：自 %3 起%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LatencyVerdict</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message numerus="yes">
        <source>%n heartbeat(s) missed.</source>
        <translation>
            <numerusform>%n 次心跳未应答。</numerusform>
        </translation>
    </message>
    <message>
        <source>Measuring goes on as soon as there is a link.</source>
        <translation>恢复连接后将继续测量。</translation>
    </message>
    <message>
        <source>No link since %1</source>
        <translation>连接已于 %1 断开</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>No link yet</source>
        <translation>尚未连接</translation>
    </message>
    <message>
        <source>Slow: half of all round trips take over %1</source>
        <translation>较慢：半数往返超过 %1</translation>
    </message>
    <message>
        <source>Uneven: one round trip in twenty takes over %1</source>
        <translation>不稳：每二十次往返就有一次超过 %1</translation>
    </message>
    <message>
        <source>Fair: half of all round trips take under %1</source>
        <translation>一般：半数往返低于 %1</translation>
    </message>
    <message>
        <source>Fast: half of all round trips take under %1</source>
        <translation>很快：半数往返低于 %1</translation>
    </message>
    <message>
        <source>The slowest took %1, at %2.</source>
        <translation>最慢的一次用时 %1，出现在 %2。</translation>
    </message>
    <message numerus="yes">
        <source>All %n heartbeat(s) were answered.</source>
        <translation>
            <numerusform>%n 次心跳全部得到应答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not enough data: %n beat(s) in %1</source>
        <translation>
            <numerusform>数据不足：%1内只有 %n 次心跳</numerusform>
        </translation>
    </message>
    <message>
        <source>A heartbeat a second measures the round trip.</source>
        <translation>每秒一次心跳，用来测量往返时间。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>Two whole sentences, one after the other</extracomment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LedgerTiles</name>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>What was written here for this host: messages, edits, deletions.</source>
        <translation>在这里写给此主机的内容：消息、编辑和删除。</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>Of what was sent, what the host confirmed to have on its disk. Below: what it has stored of everyone.</source>
        <translation>已发送的内容中，主机确认已写入磁盘的数量。下方：主机为所有人存储的数量。</translation>
    </message>
    <message>
        <source>Deduplicated</source>
        <translation>已去重</translation>
    </message>
    <message>
        <source>What was sent again after a cut although the host had it. It is stored once. Below: of everyone.</source>
        <translation>断线后重新发送、而主机其实已有的内容，只存储一次。下方：所有人的数量。</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>What was read live since Lanline was started. Below: what the host wrote to everyone since its own start.</source>
        <translation>Lanline 启动以来实时收到的数量。下方：主机自启动以来发给所有人的数量。</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>已补发</translation>
    </message>
    <message>
        <source>What was read later, in pages. Below: what the host wrote to everyone since its own start.</source>
        <translation>事后分页读取的数量。下方：主机自启动以来发给所有人的数量。</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>host: %1</source>
        <translation>主机：%1</translation>
    </message>
    <message>
        <source>host: not asked</source>
        <translation>主机：未询问</translation>
    </message>
    <message>
        <source>%1 refused · %2 withdrawn</source>
        <translation>%1 条被拒 · %2 条已撤回</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 条等待中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::LedgerVerdict</name>
    <message>
        <source>counted here</source>
        <translation>本机统计</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) got lost, by this computer&apos;s own count.</source>
        <translation>
            <numerusform>据本机统计，丢失了 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>counted by the host</source>
        <translation>主机统计</translation>
    </message>
    <message numerus="yes">
        <source>The host misses %n message(s) that it had stored.</source>
        <translation>
            <numerusform>主机缺失 %n 条曾经存储的消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>ledgers differ</source>
        <translation>账目不符</translation>
    </message>
    <message>
        <source>The host confirmed %1 messages from here, but has stored only %2 in all.</source>
        <translation>主机确认了来自本机的 %1 条消息，但总共只存储了 %2 条。</translation>
    </message>
    <message>
        <source>The host confirmed %1 repeated messages from here, but counts only %2 in all.</source>
        <translation>主机确认了来自本机的 %1 条重复消息，但总共只统计到 %2 条。</translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n 条在途</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are not stored by the host yet.</source>
        <translation>
            <numerusform>主机尚未存储 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>The host has not been asked yet.</source>
        <translation>尚未询问主机。</translation>
    </message>
    <message>
        <source>ledger agrees</source>
        <translation>账目相符</translation>
    </message>
    <message>
        <source>Nothing lost: this computer&apos;s count and the host&apos;s agree.</source>
        <translation>没有丢失：本机与主机的统计一致。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::MembersModel</name>
    <message>
        <source>%1 · guest</source>
        <translation>%1 · 访客</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::NameForm</name>
    <message>
        <source>Change your name</source>
        <translation>更改名字</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>你显示的名字</translation>
    </message>
    <message>
        <source>Keep this name</source>
        <translation>保存名字</translation>
    </message>
</context>
<context>
    <name>lanline::ui::NewRoomDialog</name>
    <message>
        <source>New conversation</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Rooms on this host</source>
        <translation>此主机上的房间</translation>
    </message>
    <message>
        <source>You are in every room of this host.</source>
        <translation>你已加入此主机上的所有房间。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Join a room</source>
        <translation>加入房间</translation>
    </message>
    <message>
        <source>Name, such as design</source>
        <translation>名称，例如 design</translation>
    </message>
    <message>
        <source>Name of the new room</source>
        <translation>新房间的名称</translation>
    </message>
    <message>
        <source>What it is about (optional)</source>
        <translation>房间主题（可选）</translation>
    </message>
    <message>
        <source>What the new room is about</source>
        <translation>新房间的主题</translation>
    </message>
    <message>
        <source>Create room</source>
        <translation>创建房间</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Or create one</source>
        <translation>或新建一个</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 位成员</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>What the room is about takes at most %1.</source>
        <translation>房间主题最多 %1。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::RedundancyMenu</name>
    <message>
        <source>Second connection</source>
        <translation>第二条连接</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Where it takes another way than the first one.</source>
        <translation>有另一条路径可走时保持。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Always, over the same network if there is only one.</source>
        <translation>始终保持；只有一个网络时也走同一网络。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>When the connection breaks, messages wait for the next one.</source>
        <translation>连接中断时，消息等待下一次连接。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomBook</name>
    <message>
        <source>Reconnected · nothing missed</source>
        <translation>已重新连接 · 没有错过消息</translation>
    </message>
    <message numerus="yes">
        <source>Reconnected · %n message(s) caught up</source>
        <translation>
            <numerusform>已重新连接 · 补收 %n 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::RoomHeader</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 位成员</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n online</source>
        <translation>
            <numerusform>%n 人在线</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
</context>
<context>
    <name>lanline::ui::SelfButton</name>
    <message>
        <source>%1 at %2, menu</source>
        <extracomment>The person&apos;s own name and the host&apos;s, on the button that opens the menu</extracomment>
        <translation>%1，位于 %2，菜单</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Sidebar</name>
    <message>
        <source>New conversation</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search rooms</source>
        <translation>搜索房间</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Status</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 条待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <extracomment>Both figures: which attempt this is, and in how many seconds the next begins</extracomment>
        <translation>正在重新连接</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>正在连接 %1</translation>
    </message>
    <message>
        <source>attempt %1, next in %2</source>
        <translation>第 %1 次尝试，%2后重试</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>正在补收</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1 条</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>last contact %1</source>
        <translation>最后联系于 %1</translation>
    </message>
    <message>
        <source>Offline since %1.</source>
        <translation>自 %1 起离线。</translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation>未能连接到 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait here and will leave by themselves.</source>
        <translation>
            <numerusform>%n 条消息在本机等待，恢复连接后会自动发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer cannot keep messages right now.</source>
        <translation>本机目前无法保存消息。</translation>
    </message>
    <message>
        <source>The host cannot save messages right now.</source>
        <translation>主机目前无法保存消息。</translation>
    </message>
    <message>
        <source>What you write waits here and leaves by itself.</source>
        <translation>你写的内容会在这里等待，之后自动发出。</translation>
    </message>
    <message>
        <source>Switching to standby</source>
        <translation>正在切换到备用链路</translation>
    </message>
    <message>
        <source>standby on the same network</source>
        <translation>备用链路在同一网络</translation>
    </message>
    <message>
        <source>standby ready</source>
        <translation>备用链路就绪</translation>
    </message>
    <message>
        <source>Nothing lost</source>
        <translation>没有丢失</translation>
    </message>
    <message>
        <source>%1 sent, %2 stored</source>
        <extracomment>Follows &quot;Nothing lost&quot;; both are counts of messages</extracomment>
        <translation>已发送 %1，已存储 %2</translation>
    </message>
    <message>
        <source>Switched to standby</source>
        <translation>已切换到备用链路</translation>
    </message>
    <message>
        <source>nothing lost</source>
        <translation>没有丢失</translation>
    </message>
    <message>
        <source>Second connection is off</source>
        <translation>第二条连接已关闭</translation>
    </message>
    <message>
        <source>No standby: one interface</source>
        <translation>没有备用链路：只有一个网络接口</translation>
    </message>
</context>
<context>
    <name>lanline::ui::StatusLine</name>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Tile</name>
    <message>
        <source>No data</source>
        <translation>无数据</translation>
    </message>
</context>
<context>
    <name>lanline::ui::TimelineEntry</name>
    <message>
        <source>Message deleted</source>
        <translation>消息已删除</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the parts of what a screen reader says of a message</extracomment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>lanline::ui::TimelineModel</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>New</source>
        <comment>messages since the last visit</comment>
        <translation>新消息</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>lanline::ui::TimelineView</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Nobody has written in %1 yet. Say hello.</source>
        <translation>%1 里还没有人发言，先打个招呼吧。</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Words</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not an address that can be joined. Try one like 192.168.1.20:47100.</source>
        <translation>“%1”不是可以加入的地址。请参照 192.168.1.20:47100 的格式。</translation>
    </message>
    <message>
        <source>No computer called %1 was found on this network.</source>
        <translation>在本网络中找不到名为 %1 的计算机。</translation>
    </message>
    <message>
        <source>Nobody is hosting at %1.</source>
        <translation>%1 上没有主机在运行。</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 未能及时应答。</translation>
    </message>
    <message>
        <source>Something answers at %1, but it is not a Lanline host.</source>
        <translation>%1 有应答，但不是 Lanline 主机。</translation>
    </message>
    <message>
        <source>%1 is a server of another kind, not a Lanline host.</source>
        <translation>%1 是其他类型的服务器，不是 Lanline 主机。</translation>
    </message>
    <message>
        <source>The host at %1 runs another version of Lanline. Update the older of the two.</source>
        <translation>%1 上的主机运行着另一版本的 Lanline。请更新较旧的一方。</translation>
    </message>
    <message>
        <source>Your name belongs to another device here. Choose another name.</source>
        <translation>你的名字在这里已属于另一台设备，请换一个名字。</translation>
    </message>
    <message>
        <source>The host does not accept this name: it is empty, too long or not printable.</source>
        <translation>主机不接受这个名字：名字为空、过长，或含有无法显示的字符。</translation>
    </message>
    <message>
        <source>The host does not accept the key of this device.</source>
        <translation>主机不接受此设备的密钥。</translation>
    </message>
    <message>
        <source>The key of this device cannot be used: %1.</source>
        <translation>无法使用此设备的密钥：%1。</translation>
    </message>
    <message>
        <source>The host stopped answering.</source>
        <translation>主机不再应答。</translation>
    </message>
    <message>
        <source>The host has stopped.</source>
        <translation>主机已停止。</translation>
    </message>
    <message>
        <source>The host is full.</source>
        <translation>主机人数已满。</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>连接已断开。</translation>
    </message>
    <message>
        <source>The host closed the connection.</source>
        <translation>主机关闭了连接。</translation>
    </message>
    <message>
        <source>The host closed the connection: %1.</source>
        <translation>主机关闭了连接：%1。</translation>
    </message>
    <message>
        <source>The host could not do this.</source>
        <translation>主机无法完成此操作。</translation>
    </message>
    <message>
        <source>The host did not understand this request.</source>
        <translation>主机无法识别此请求。</translation>
    </message>
    <message>
        <source>There is no room called %1.</source>
        <translation>没有名为 %1 的房间。</translation>
    </message>
    <message>
        <source>A room called %1 exists already.</source>
        <translation>已有名为 %1 的房间。</translation>
    </message>
    <message>
        <source>You are not in the room %1.</source>
        <translation>你不在房间 %1 中。</translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation>消息为空。</translation>
    </message>
    <message>
        <source>The message is over this host’s limit of %1.</source>
        <translation>消息超过了此主机 %1的上限。</translation>
    </message>
    <message>
        <source>A room’s name is in lower case, without spaces, and takes at most %1.</source>
        <translation>房间名须为小写、不含空格，最多 %1。</translation>
    </message>
    <message>
        <source>This host has as many rooms as it allows.</source>
        <translation>此主机的房间数已达上限。</translation>
    </message>
    <message>
        <source>Another message with the same mark is stored already.</source>
        <translation>已存有一条标识相同的消息。</translation>
    </message>
    <message>
        <source>The host is busy. Try again in a moment.</source>
        <translation>主机正忙，请稍后再试。</translation>
    </message>
    <message>
        <source>The host cannot write to its disk at the moment.</source>
        <translation>主机目前无法写入磁盘。</translation>
    </message>
    <message>
        <source>Over this host’s %1 limit</source>
        <translation>超过此主机 %1的上限</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>内容为空</translation>
    </message>
    <message>
        <source>The room is gone</source>
        <translation>房间已不存在</translation>
    </message>
    <message>
        <source>You are not in this room</source>
        <translation>你不在此房间中</translation>
    </message>
    <message>
        <source>Its mark is taken</source>
        <translation>消息标识已被占用</translation>
    </message>
    <message>
        <source>Refused by the host</source>
        <translation>被主机拒绝</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>away</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Waiting on this computer</source>
        <translation>在本机等待</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation>秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n&#xa0;字节</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>date format</comment>
        <extracomment>A day of this year: day of the month and its name, in Qt&apos;s date format</extracomment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>date format</comment>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <comment>date format</comment>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>Only its author can change or delete a message.</source>
        <translation>只有作者本人可以修改或删除消息。</translation>
    </message>
    <message>
        <source>This message is not there any more.</source>
        <translation>这条消息已不存在。</translation>
    </message>
    <message>
        <source>The host does not keep messages from that far back.</source>
        <translation>主机不保留那么久以前的消息。</translation>
    </message>
    <message>
        <source>The code of your other device is wrong, or it has expired. Let it show a new one.</source>
        <translation>另一台设备的代码有误或已过期，请让它显示一个新代码。</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Lanline is already open with this profile.</source>
        <translation>Lanline 已经用此配置打开。</translation>
    </message>
    <message>
        <source>The folder of this profile cannot be used.</source>
        <translation>无法使用此配置的文件夹。</translation>
    </message>
    <message>
        <source>Lanline is already open with this profile; its window is shown.</source>
        <translation>此配置的 Lanline 已经打开，已显示其窗口。</translation>
    </message>
</context>
</TS>
