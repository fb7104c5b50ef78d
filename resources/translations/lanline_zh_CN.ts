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
    <name>lanline::app::FaultInjector</name>
    <message>
        <source>Only a host that this program runs itself can be killed.</source>
        <translation>只有由本程序运行的主机才能被终止。</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>没有连接。</translation>
    </message>
    <message>
        <source>Only a host on this computer can be asked for it.</source>
        <translation>只能要求本机上的主机这样做。</translation>
    </message>
    <message>
        <source>There is no standby link.</source>
        <translation>没有备用链路。</translation>
    </message>
    <message>
        <source>The host does not allow it. It has to be started with --allow-faults.</source>
        <translation>主机不允许。需要用 --allow-faults 启动它。</translation>
    </message>
</context>
<context>
    <name>lanline::app::Replay</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>%1 cannot be shown. %2</source>
        <translation>无法显示 %1。%2</translation>
    </message>
</context>
<context>
    <name>lanline::app::Seat</name>
    <message>
        <source>Load test</source>
        <translation>负载测试</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
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
    <message>
        <source>Message %1, while the host’s disk is slow.</source>
        <translation>第 %1 条消息，主机的磁盘很慢。</translation>
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
    <message>
        <source>Show the recording &lt;file&gt; of a diagnostics panel.</source>
        <translation>显示诊断面板的记录 &lt;file&gt;。</translation>
    </message>
    <message>
        <source>--demo, --replay, --host and --join exclude each other.</source>
        <translation>--demo、--replay、--host 和 --join 互斥。</translation>
    </message>
    <message>
        <source>--replay needs a file.</source>
        <translation>--replay 需要一个文件。</translation>
    </message>
</context>
<context>
    <name>lanline::loadtest::LoadPage</name>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>于 %1</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>%1 of %2 stored and delivered in time</source>
        <translation>%2 条中有 %1 条及时存储并送达</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>deliveries</source>
        <translation>次送达</translation>
    </message>
    <message>
        <source>Server CPU</source>
        <translation>服务器 CPU</translation>
    </message>
    <message>
        <source>per delivery</source>
        <translation>每次送达</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>acknowledged, not delivered</source>
        <translation>已确认而未送达</translation>
    </message>
    <message>
        <source>Delivery time at %1 messages/s, logarithmic</source>
        <translation>每秒 %1 条消息时的送达用时（对数）</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Delivery time over load</source>
        <translation>送达用时随负载的变化</translation>
    </message>
    <message>
        <source>messages/s</source>
        <translation>条/秒</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>拐点</translation>
    </message>
    <message>
        <source>Messages/s</source>
        <translation>条/秒</translation>
    </message>
    <message>
        <source>Stored/s</source>
        <translation>存储/秒</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>Server thread</source>
        <translation>服务器线程</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>负载发生器</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>测试要求</translation>
    </message>
    <message>
        <source>%1 clients, %2 messages/s each, %3 of text, a ramp of %4</source>
        <translation>%1 个客户端，各每秒 %2 条消息，文本 %3，%4 内逐步加压</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>%1, on the same machine</source>
        <translation>%1，在同一台机器上</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>round trip %1 before, %2 during (median), %3 at worst</source>
        <translation>往返：之前 %1，期间 %2（中位数），最差 %3</translation>
    </message>
    <message>
        <source>A delivery is timed from the moment a client hands its message to its socket until another client, or the same, has read the event: one clock, stored before it is told.</source>
        <translation>送达用时从客户端把消息交给套接字算起，到另一客户端（或同一客户端）读到该事件为止：同一时钟，先存储后告知。</translation>
    </message>
    <message>
        <source>The knee is the last step before P95 is over %1 times that of the first step and over %2, or less than %3 of the messages succeed, or the host stores less than %4 of what is offered.</source>
        <translation>拐点是此前最后一级：再往后，P95 超过第一级的 %1 倍且超过 %2，或成功的消息不足 %3，或主机存储的不足所发的 %4。</translation>
    </message>
    <message>
        <source>A message succeeds when it is stored within %1 and delivered to every client.</source>
        <translation>消息在 %1 内存储并送达每个客户端才算成功。</translation>
    </message>
    <message>
        <source>The test stops by itself when the members’ round trip is over %1 times what it was and over %2, twice in a row, or the server’s thread is over %3 busy for %4.</source>
        <translation>如果成员的往返时间连续两次超过原来的 %1 倍且超过 %2，或服务器线程的占用在 %4 内超过 %3，测试会自行停止。</translation>
    </message>
    <message>
        <source>How it was measured</source>
        <translation>测量方法</translation>
    </message>
    <message>
        <source>Load test, %1</source>
        <translation>负载测试，%1</translation>
    </message>
    <message>
        <source>Load test of %1, %2</source>
        <translation>%1 的负载测试，%2</translation>
    </message>
</context>
<context>
    <name>lanline::loadtest::LoadTester</name>
    <message>
        <source>There is no connection to a host.</source>
        <translation>没有与主机的连接。</translation>
    </message>
    <message>
        <source>Load test</source>
        <extracomment>What the guests of a load test are called, with a number behind it
----------
The title of the room in which load tests happen</extracomment>
        <translation>负载测试</translation>
    </message>
    <message>
        <source>The report was not saved. %1</source>
        <translation>报告未能保存。%1</translation>
    </message>
    <message>
        <source>The host does not let the clients in: %1</source>
        <translation>主机不让客户端进入：%1</translation>
    </message>
    <message>
        <source>The test could not go on: %1</source>
        <translation>测试无法继续：%1</translation>
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
    <name>lanline::ui::ChartCard</name>
    <message>
        <source>heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>P50</source>
        <translation>P50</translation>
    </message>
    <message>
        <source>P95</source>
        <translation>P95</translation>
    </message>
    <message>
        <source>active</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
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
        <source>Delivery time</source>
        <translation>送达用时</translation>
    </message>
    <message>
        <source>Round trips</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>message</source>
        <translation>消息</translation>
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
    <name>lanline::ui::Diagnosis</name>
    <message>
        <source>Slow: %1 % of P95 is the network</source>
        <translation>慢：P95 的 %1 % 用在网络上</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for the host&apos;s disk</source>
        <translation>慢：P95 的 %1 % 在等主机的磁盘</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for this computer&apos;s disk</source>
        <translation>慢：P95 的 %1 % 在等本机的磁盘</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for the sender&apos;s disk</source>
        <translation>慢：P95 的 %1 % 在等发送者的磁盘</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for the host&apos;s server thread</source>
        <translation>慢：P95 的 %1 % 在等主机的服务器线程</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for this window</source>
        <translation>慢：P95 的 %1 % 在等这个窗口</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is waiting for this computer&apos;s network thread</source>
        <translation>慢：P95 的 %1 % 在等本机的网络线程</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 is spent on the sender&apos;s computer</source>
        <translation>慢：P95 的 %1 % 用在发送者的电脑上</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 waits because this computer reads too slowly</source>
        <translation>慢：P95 的 %1 % 因本机读取太慢而等待</translation>
    </message>
    <message>
        <source>Slow: %1 % of P95 waits until the host takes more</source>
        <translation>慢：P95 的 %1 % 在等主机接收更多</translation>
    </message>
    <message>
        <source>Try a cable instead of Wi-Fi, or a place nearer to the access point.</source>
        <translation>请改用网线代替 Wi-Fi，或离接入点近一些。</translation>
    </message>
    <message>
        <source>Move the host&apos;s data folder to a faster disk.</source>
        <translation>请把主机的数据文件夹移到更快的磁盘上。</translation>
    </message>
    <message>
        <source>Move this profile to a faster disk.</source>
        <translation>请把此配置移到更快的磁盘上。</translation>
    </message>
    <message>
        <source>The sender&apos;s profile lies on a slow disk.</source>
        <translation>发送者的配置在一块慢磁盘上。</translation>
    </message>
    <message>
        <source>The host&apos;s computer is too busy: see Threads for what it was doing.</source>
        <translation>主机的电脑太忙：在“线程”里看它在做什么。</translation>
    </message>
    <message>
        <source>This window was too busy to show them: see Threads for what it was doing.</source>
        <translation>这个窗口太忙，来不及显示：在“线程”里看它在做什么。</translation>
    </message>
    <message>
        <source>This computer is too busy: see Threads for what it was doing.</source>
        <translation>本机太忙：在“线程”里看它在做什么。</translation>
    </message>
    <message>
        <source>Trace one of the messages to see what held it up there.</source>
        <translation>追踪其中一条消息，看它在那里因何耽搁。</translation>
    </message>
    <message>
        <source>More comes in than this computer takes up. Close what keeps it busy.</source>
        <translation>来的比本机处理得了的多。请关闭占用它的程序。</translation>
    </message>
    <message>
        <source>More is sent than the host can store. Send less at a time.</source>
        <translation>发送的比主机能存储的多。请一次少发一些。</translation>
    </message>
    <message>
        <source>The slowest took %1, at %2.</source>
        <translation>最慢的用了 %1，于 %2。</translation>
    </message>
    <message>
        <source>Slow: no single cause</source>
        <translation>慢：没有单一原因</translation>
    </message>
    <message>
        <source>%1 %2 %, %3 %4 %. %5</source>
        <extracomment>Two families and their shares: &quot;Network 40 %, threads 35 %. ...&quot;</extracomment>
        <translation>%1 %2 %，%3 %4 %。%5</translation>
    </message>
    <message>
        <source>%1 of %2 are spent there. %3</source>
        <extracomment>&quot;120 ms of 148 ms are spent there. Move ...&quot;</extracomment>
        <translation>%2 中有 %1 用在那里。%3</translation>
    </message>
    <message numerus="yes">
        <source>Not enough data: %n message(s) in %1</source>
        <translation>
            <numerusform>数据不足：%1 内 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Fast: half of all messages arrive within %1</source>
        <translation>快：半数消息在 %1 内送达</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>Back-pressure</source>
        <translation>背压</translation>
    </message>
    <message>
        <source>sender</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>composed</source>
        <translation>写成</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>留存</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>encoded</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>in line</source>
        <translation>候盘</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>fan-out</source>
        <translation>分发</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>held</source>
        <translation>滞留</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>in model</source>
        <translation>入列</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>绘出</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>It takes %1 messages. %2</source>
        <extracomment>%2: a whole sentence about heartbeats</extracomment>
        <translation>需要 %1 条消息。%2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::DiagnosticsHeader</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Window of time</source>
        <translation>时间窗口</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
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
        <source>Show all of it again (Esc)</source>
        <translation>重新显示全部 (Esc)</translation>
    </message>
</context>
<context>
    <name>lanline::ui::DiagnosticsPanel</name>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Slowest messages</source>
        <translation>最慢的消息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Recording of %1</source>
        <extracomment>Of a recording&apos;s title: the day and the time, as QLocale writes them</extracomment>
        <translation>%1 的记录</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <translation>M月d日 HH:mm</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>lanline::ui::DiagnosticsRecord</name>
    <message>
        <source>it is over an hour old</source>
        <translation>它已超过一小时</translation>
    </message>
    <message>
        <source>it came before Lanline was opened</source>
        <translation>它在打开 Lanline 之前就到了</translation>
    </message>
    <message>
        <source>it was not followed on its way</source>
        <translation>它的途中没有被跟踪</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ExportMenu</name>
    <message>
        <source>Messages as a table (CSV)…</source>
        <translation>消息表格 (CSV)…</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Figures for programs (JSON)…</source>
        <translation>供程序使用的数据 (JSON)…</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Picture of this panel (PNG)…</source>
        <translation>此面板的图片 (PNG)…</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Recording that Lanline can show again…</source>
        <translation>可由 Lanline 重新显示的记录…</translation>
    </message>
    <message>
        <source>Lanline recordings (*.lanline)</source>
        <translation>Lanline 记录 (*.lanline)</translation>
    </message>
    <message>
        <source>With the texts of messages</source>
        <translation>包含消息文本</translation>
    </message>
    <message>
        <source>A recording is often handed on: by itself it says who wrote when, not what.</source>
        <translation>记录常会转交他人：默认只说明谁在何时写过，不含内容。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The file could not be written: %1.</source>
        <translation>无法写入文件：%1。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::FaultFrame</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Fault on purpose: %1 · %2</source>
        <extracomment>%1: the name of a fault, such as slow disk; %2: a time such as 0:12</extracomment>
        <translation>人为故障：%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n faults on purpose · %1</source>
        <extracomment>%1: a time such as 0:12</extracomment>
        <translation>
            <numerusform>%n 个人为故障 · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanline::ui::FaultRow</name>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>How much, in ms</source>
        <translation>大小（ms）</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>How long, in seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop: %1</source>
        <extracomment>%1: the name of a fault</extracomment>
        <translation>停止：%1</translation>
    </message>
    <message>
        <source>Start: %1</source>
        <translation>开始：%1</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Faults</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Drop heartbeats</source>
        <translation>丢弃心跳</translation>
    </message>
    <message>
        <source>Stall the GUI thread</source>
        <translation>停顿界面线程</translation>
    </message>
    <message>
        <source>Stall the network thread</source>
        <translation>停顿网络线程</translation>
    </message>
    <message>
        <source>Stall the server thread</source>
        <translation>停顿服务器线程</translation>
    </message>
    <message>
        <source>Stall the storage thread</source>
        <translation>停顿存储线程</translation>
    </message>
    <message>
        <source>Slow disk</source>
        <translation>磁盘变慢</translation>
    </message>
    <message>
        <source>Slow reader</source>
        <translation>读取变慢</translation>
    </message>
    <message>
        <source>Cut the primary link</source>
        <translation>切断主链路</translation>
    </message>
    <message>
        <source>Cut the standby link</source>
        <translation>切断备用链路</translation>
    </message>
    <message>
        <source>Kill and restart the server</source>
        <translation>终止并重启服务器</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>dropped heartbeats</source>
        <translation>丢弃心跳</translation>
    </message>
    <message>
        <source>stalled GUI thread</source>
        <translation>界面线程停顿</translation>
    </message>
    <message>
        <source>stalled network thread</source>
        <translation>网络线程停顿</translation>
    </message>
    <message>
        <source>stalled server thread</source>
        <translation>服务器线程停顿</translation>
    </message>
    <message>
        <source>stalled storage thread</source>
        <translation>存储线程停顿</translation>
    </message>
    <message>
        <source>slow disk</source>
        <translation>磁盘变慢</translation>
    </message>
    <message>
        <source>slow reader</source>
        <translation>读取变慢</translation>
    </message>
    <message>
        <source>cut primary link</source>
        <translation>主链路切断</translation>
    </message>
    <message>
        <source>cut standby link</source>
        <translation>备用链路切断</translation>
    </message>
    <message>
        <source>killed server</source>
        <translation>服务器被终止</translation>
    </message>
    <message>
        <source>Everything this client sends leaves that much later.</source>
        <translation>此客户端发出的一切都晚这么久离开。</translation>
    </message>
    <message>
        <source>Everything this client sends leaves up to that much later, in order.</source>
        <translation>此客户端发出的一切最多晚这么久离开，顺序不变。</translation>
    </message>
    <message>
        <source>This client sends none, until the link counts as dead.</source>
        <translation>此客户端不再发送心跳，直到链路被判定失效。</translation>
    </message>
    <message>
        <source>Once a second the windows stand still.</source>
        <translation>窗口每秒停顿一次。</translation>
    </message>
    <message>
        <source>Once a second this client&apos;s links stand still.</source>
        <translation>此客户端的链路每秒停顿一次。</translation>
    </message>
    <message>
        <source>Once a second the server stands still for everyone.</source>
        <translation>服务器每秒对所有人停顿一次。</translation>
    </message>
    <message>
        <source>Once a second nothing is stored.</source>
        <translation>每秒有一段时间不存储任何内容。</translation>
    </message>
    <message>
        <source>Every transaction waits that much longer for the disk.</source>
        <translation>每个事务多等磁盘这么久。</translation>
    </message>
    <message>
        <source>Each frame that comes waits that long before it is taken.</source>
        <translation>每个到来的帧等这么久才被取走。</translation>
    </message>
    <message>
        <source>It ends now, and each that is opened in its place.</source>
        <translation>它立即断开，替代它的每一条也会断开。</translation>
    </message>
    <message>
        <source>It goes without a goodbye, and is back after that time.</source>
        <translation>它不告而别，过这段时间后回来。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::FaultsTab</name>
    <message>
        <source>Stop all</source>
        <translation>全部停止</translation>
    </message>
    <message>
        <source>Nothing is broken on purpose</source>
        <translation>没有人为故障</translation>
    </message>
    <message>
        <source>Start a fault to see what it does to messages. Each ends by itself.</source>
        <translation>启动一个故障，看它对消息的影响。每个都会自行结束。</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) are on</source>
        <translation>
            <numerusform>%n 个故障正在进行</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is as it was in %1, or as soon as you stop it.</source>
        <extracomment>%1: a time such as 0:12</extracomment>
        <translation>%1 后一切复原，或在你停止时立即复原。</translation>
    </message>
</context>
<context>
    <name>lanline::ui::FigureTiles</name>
    <message>
        <source>P50</source>
        <translation>P50</translation>
    </message>
    <message>
        <source>P95</source>
        <translation>P95</translation>
    </message>
    <message>
        <source>P99</source>
        <translation>P99</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>错过</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>补收</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>How much one round trip differs from the one before it: the mean of the absolute differences.</source>
        <translation>一次往返与前一次相差多少：绝对差的平均值。</translation>
    </message>
    <message>
        <source>Heartbeats that the host did not answer in time.</source>
        <translation>主机未及时应答的心跳。</translation>
    </message>
    <message>
        <source>n %1 · %2</source>
        <translation>n %1 · %2</translation>
    </message>
    <message>
        <source>max · n &lt; 100</source>
        <translation>最大 · n &lt; 100</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>于 %1</translation>
    </message>
    <message>
        <source>Half of all messages took at most this long.</source>
        <translation>半数消息最多用了这么久。</translation>
    </message>
    <message>
        <source>Half of all round trips took at most this long.</source>
        <translation>半数往返最多用了这么久。</translation>
    </message>
    <message>
        <source>95 of 100 messages took at most this long.</source>
        <translation>100 条消息中有 95 条最多用了这么久。</translation>
    </message>
    <message>
        <source>95 of 100 round trips took at most this long.</source>
        <translation>100 次往返中有 95 次最多用了这么久。</translation>
    </message>
    <message>
        <source>99 of 100 messages took at most this long.</source>
        <translation>100 条消息中有 99 条最多用了这么久。</translation>
    </message>
    <message>
        <source>99 of 100 round trips took at most this long.</source>
        <translation>100 次往返中有 99 次最多用了这么久。</translation>
    </message>
    <message>
        <source>The slowest of all. Below 100 messages a P99 would say little.</source>
        <translation>最慢的一条。不足 100 条消息时，P99 说明不了什么。</translation>
    </message>
    <message>
        <source>The slowest of all. Below 100 round trips a P99 would say little.</source>
        <translation>最慢的一次。不足 100 次往返时，P99 说明不了什么。</translation>
    </message>
    <message>
        <source>The slowest message.</source>
        <translation>最慢的消息。</translation>
    </message>
    <message>
        <source>The slowest round trip.</source>
        <translation>最慢的往返。</translation>
    </message>
    <message>
        <source>n %1 beats</source>
        <translation>n %1 次心跳</translation>
    </message>
    <message numerus="yes">
        <source>of %n beat(s)</source>
        <translation>
            <numerusform>共 %n 次心跳</numerusform>
        </translation>
    </message>
    <message>
        <source>no resume</source>
        <translation>没有恢复</translation>
    </message>
    <message numerus="yes">
        <source>after %n resume(s)</source>
        <translation>
            <numerusform>%n 次恢复后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What came later, when the link was back. Since Lanline was started, %n message(s) were read in pages. Click for the ledgers.</source>
        <translation>
            <numerusform>链路恢复后补来的消息。Lanline 启动以来，按页读取了 %n 条消息。点击查看账目。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 Click for the ledgers.</source>
        <translation>%1点击查看账目。</translation>
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
    <name>lanline::ui::HeatStrips</name>
    <message>
        <source>%1: P95 %2, longest %3, busy %4 %</source>
        <extracomment>&quot;GUI: P95 3.1 ms, longest 380 ms, busy 9 %&quot;</extracomment>
        <translation>%1：P95 %2，最长 %3，占用 %4 %</translation>
    </message>
    <message>
        <source>Event-loop wait</source>
        <translation>事件循环等待</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 ms</translation>
    </message>
    <message>
        <source>1–4</source>
        <translation>1–4</translation>
    </message>
    <message>
        <source>4–16</source>
        <translation>4–16</translation>
    </message>
    <message>
        <source>16–64</source>
        <translation>16–64</translation>
    </message>
    <message>
        <source>&gt; 64 ms</source>
        <translation>&gt; 64 ms</translation>
    </message>
    <message>
        <source>P95</source>
        <translation>P95</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>%1 at %2: %3</source>
        <translation>%1 于 %2：%3</translation>
    </message>
</context>
<context>
    <name>lanline::ui::HistogramPlot</name>
    <message>
        <source>Delivery time</source>
        <translation>送达用时</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>Half within %1, 95 % within %2, 99 % within %3, the longest %4</source>
        <translation>半数在 %1 内，95 % 在 %2 内，99 % 在 %3 内，最长 %4</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
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
    <message>
        <source>GUI stall %1</source>
        <translation>界面停顿 %1</translation>
    </message>
    <message>
        <source>Network thread stall %1</source>
        <translation>网络线程停顿 %1</translation>
    </message>
    <message>
        <source>Server stall %1</source>
        <translation>服务器停顿 %1</translation>
    </message>
    <message>
        <source>Storage stall %1</source>
        <translation>存储停顿 %1</translation>
    </message>
    <message>
        <source>Delivery time of messages</source>
        <translation>消息的送达用时</translation>
    </message>
    <message>
        <source>Drag: choose a range
Wheel, + and −: nearer and farther
← →: move, with Shift: choose
Esc: all of it again
Space: pause
1 to 4: window of time
L: linear or logarithmic
Click a dot: what took it so long</source>
        <translation>拖动：选择一段时间
滚轮、+ 和 −：放大和缩小
← →：移动，加 Shift：选择
Esc：重新显示全部
空格：暂停
1 至 4：时间窗口
L：线性或对数
点击圆点：看它为何用了这么久</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LedgerDetails</name>
    <message>
        <source>Ledgers</source>
        <translation>账目</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Host, of everyone</source>
        <translation>主机，所有人</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>What was written here for this host: messages, edits, deletions.</source>
        <translation>在此为该主机写下的：消息、编辑、删除。</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>Of what was sent, what the host confirmed to have on its disk.</source>
        <translation>已发送的之中，主机确认已写入磁盘的。</translation>
    </message>
    <message>
        <source>Deduplicated</source>
        <translation>已去重</translation>
    </message>
    <message>
        <source>What was sent again after a cut although the host had it. It is stored once.</source>
        <translation>断线后重发、而主机其实已有的。只存储一份。</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>What was read live since Lanline was started; of the host: what it wrote since its own start.</source>
        <translation>Lanline 启动以来实时读到的；主机：自它启动以来写出的。</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>补收</translation>
    </message>
    <message>
        <source>What was read later, in pages; of the host: what it wrote since its own start.</source>
        <translation>之后按页读到的；主机：自它启动以来写出的。</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未询问</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 条等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 refused · %2 withdrawn</source>
        <translation>%1 条被拒绝 · %2 条已撤回</translation>
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
    <name>lanline::ui::LinkWords</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
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
    <message numerus="yes">
        <source>%n heartbeat(s) missed.</source>
        <translation>
            <numerusform>%n 次心跳未应答。</numerusform>
        </translation>
    </message>
    <message>
        <source>A heartbeat a second measures the round trip.</source>
        <translation>每秒一次心跳，用来测量往返时间。</translation>
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
</context>
<context>
    <name>lanline::ui::LoadPlot</name>
    <message>
        <source>Delivery time over load</source>
        <translation>送达用时随负载的变化</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>拐点</translation>
    </message>
    <message>
        <source>%1 messages/s: P95 %2</source>
        <translation>每秒 %1 条：P95 %2</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>没有数据</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTest</name>
    <message>
        <source>%1 messages/s from %2 clients, %3 deliveries/s.</source>
        <extracomment>Both numbers with their thousands separated</extracomment>
        <translation>%2 个客户端每秒 %1 条消息，每秒 %3 次送达。</translation>
    </message>
    <message>
        <source>P95 goes from %1 to %2</source>
        <extracomment>Of a latency, two durations with their units</extracomment>
        <translation>P95 从 %1 升到 %2</translation>
    </message>
    <message>
        <source>behind it only %1 of the messages arrive in time</source>
        <translation>再往后只有 %1 的消息及时送达</translation>
    </message>
    <message>
        <source>behind it the host stores %1 of %2 messages/s</source>
        <extracomment>Two numbers of messages per second</extracomment>
        <translation>再往后主机每秒只存储 %2 条中的 %1 条</translation>
    </message>
    <message>
        <source>Too much already at %1 messages/s: P95 is %2</source>
        <translation>每秒 %1 条已经太多：P95 为 %2</translation>
    </message>
    <message>
        <source>Too much already at %1 messages/s: only %2 of them arrive in time</source>
        <translation>每秒 %1 条已经太多：只有 %2 及时送达</translation>
    </message>
    <message>
        <source>Too much already at %1 messages/s: the host stores %2</source>
        <translation>每秒 %1 条已经太多：主机存储 %2</translation>
    </message>
    <message>
        <source>The load test could not run</source>
        <translation>负载测试无法进行</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) did not reach everyone</source>
        <translation>
            <numerusform>%n 条消息没有到达所有人</numerusform>
        </translation>
    </message>
    <message>
        <source>The host has acknowledged them, and not delivered them to a client that was there.</source>
        <translation>主机已确认它们，却没有送达在场的某个客户端。</translation>
    </message>
    <message>
        <source>Stopped: the host’s server thread was %1 busy</source>
        <translation>已停止：主机的服务器线程占用 %1</translation>
    </message>
    <message>
        <source>Stopped: members’ round trip went from %1 to %2</source>
        <translation>已停止：成员的往返时间从 %1 升到 %2</translation>
    </message>
    <message>
        <source>Comfortable up to %1 messages/s; then members came first.</source>
        <translation>每秒 %1 条以内从容；之后以成员为先。</translation>
    </message>
    <message>
        <source>No step was comfortable; members came first.</source>
        <translation>没有哪一级从容；以成员为先。</translation>
    </message>
    <message>
        <source>The knee is at %1 messages/s: %2</source>
        <extracomment>A number of messages per second, and what changes behind it</extracomment>
        <translation>拐点在每秒 %1 条：%2</translation>
    </message>
    <message>
        <source>Comfortable: room for about %1 times this load</source>
        <translation>从容：约可承受此负载的 %1 倍</translation>
    </message>
    <message>
        <source>Comfortable, with little to spare</source>
        <translation>从容，但余量不多</translation>
    </message>
    <message>
        <source>Comfortable up to %1 messages/s; this computer could not make more</source>
        <translation>每秒 %1 条以内从容；本机无法产生更多</translation>
    </message>
    <message>
        <source>Comfortable: room for at least %1 times this load</source>
        <translation>从容：至少可承受此负载的 %1 倍</translation>
    </message>
    <message>
        <source>More than %1 messages/s was not tried.</source>
        <translation>未尝试每秒 %1 条以上。</translation>
    </message>
    <message>
        <source>Comfortable up to %1 messages/s; more was not tried</source>
        <translation>每秒 %1 条以内从容；未尝试更多</translation>
    </message>
    <message>
        <source>Stopped before anything was measured</source>
        <translation>尚未测到任何数据就已停止</translation>
    </message>
    <message>
        <source>Generator and server share this machine: the figures are of both.</source>
        <translation>负载发生器与服务器共用这台机器：数据是两者合计。</translation>
    </message>
    <message>
        <source>The server runs on another machine than the generator.</source>
        <translation>服务器与负载发生器不在同一台机器上。</translation>
    </message>
    <message>
        <source>/s</source>
        <comment>per second</comment>
        <translation>/秒</translation>
    </message>
    <message>
        <source>k/s</source>
        <comment>thousands per second</comment>
        <translation>千/秒</translation>
    </message>
    <message>
        <source>µs</source>
        <extracomment>Microseconds</extracomment>
        <translation>µs</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTestFields</name>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>/s each</source>
        <extracomment>Behind a number: messages per second, of each client</extracomment>
        <translation>条/秒（每个）</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>文本大小</translation>
    </message>
    <message>
        <source>bytes</source>
        <extracomment>Behind a number</extracomment>
        <translation>字节</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>s</source>
        <extracomment>Behind a number: seconds</extracomment>
        <translation>秒</translation>
    </message>
    <message>
        <source>This host, test room</source>
        <translation>此主机，测试房间</translation>
    </message>
    <message>
        <source>The host that you are connected to, in the room %1</source>
        <extracomment>%1: the room&apos;s name with a hash before it</extracomment>
        <translation>你所连接的主机，在房间 %1 中</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTestResult</name>
    <message>
        <source>Progress of the load test</source>
        <translation>负载测试的进度</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Server CPU</source>
        <translation>服务器 CPU</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Over load</source>
        <translation>随负载变化</translation>
    </message>
    <message>
        <source>messages/s</source>
        <translation>条/秒</translation>
    </message>
    <message>
        <source>Clients are coming in</source>
        <translation>客户端正在进入</translation>
    </message>
    <message>
        <source>Then it is seen how the members fare without the test.</source>
        <translation>然后看成员在没有测试时的情况。</translation>
    </message>
    <message>
        <source>Trying %1 messages/s</source>
        <translation>正在尝试每秒 %1 条</translation>
    </message>
    <message>
        <source>Step %1 of %2 at most</source>
        <extracomment>%1 of %2 steps of a ramp</extracomment>
        <translation>第 %1 级，最多 %2 级</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>Two times of day</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Members’ round trip: %1 before, %2 meanwhile.</source>
        <extracomment>The median round trip of the person&apos;s own link before and during a load test</extracomment>
        <translation>成员的往返时间：之前 %1，期间 %2。</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>于 %1</translation>
    </message>
    <message>
        <source>%1 stored</source>
        <translation>已存储 %1 条</translation>
    </message>
    <message>
        <source>deliveries</source>
        <translation>次送达</translation>
    </message>
    <message>
        <source>per delivery</source>
        <translation>每次送达</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>all have all</source>
        <translation>全部送达所有人</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Delivery time at %1 messages/s</source>
        <translation>每秒 %1 条消息时的送达用时</translation>
    </message>
    <message>
        <source>Delivery time</source>
        <translation>送达用时</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTestRuns</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Messages/s</source>
        <translation>条/秒</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
</context>
<context>
    <name>lanline::ui::LoadTestTab</name>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>How much can this host take?</source>
        <translation>这台主机能承受多少？</translation>
    </message>
    <message>
        <source>Guests connect to it, talk in a room of their own at a rate that rises step by step, and time every delivery. The test stops by itself as soon as the members would feel it.</source>
        <translation>访客连接到它，在自己的房间里以逐级上升的速率交谈，并为每次送达计时。一旦成员会有所察觉，测试就自行停止。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>历次运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Guests talk in the room %1, and leave it behind the test. What they said stays in the host’s history: up to %2 of text.</source>
        <extracomment>%1: &quot;# load-test&quot;, %2: &quot;21 MiB&quot;</extracomment>
        <translation>访客在房间 %1 中交谈，测试后离开。他们所说的留在主机的历史中：最多 %2 文本。</translation>
    </message>
    <message>
        <source>lanline-load-test</source>
        <extracomment>The beginning of a file&apos;s name</extracomment>
        <translation>lanline-load-test</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
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
    <name>lanline::ui::RecordFile</name>
    <message>
        <source>This is no recording of Lanline&apos;s, or it is damaged.</source>
        <translation>这不是 Lanline 的记录，或已损坏。</translation>
    </message>
    <message>
        <source>The recording is too large.</source>
        <translation>记录太大。</translation>
    </message>
    <message>
        <source>The recording was made by a newer Lanline.</source>
        <translation>此记录由更新版本的 Lanline 制作。</translation>
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
    <name>lanline::ui::ShareBar</name>
    <message>
        <source>Back-pr.</source>
        <translation>背压</translation>
    </message>
    <message>
        <source>%1 %2&#xa0;%</source>
        <translation>%1 %2&#xa0;%</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>family, percent</comment>
        <translation>%1 %2</translation>
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
    <name>lanline::ui::SlowestModel</name>
    <message>
        <source>%1 in %2, %3, %4 at %5, mostly %6</source>
        <extracomment>Spoken: author, room, text, how long it took, when, and what it was mostly</extracomment>
        <translation>%1 在 %2：%3，%4，于 %5，主要是%6</translation>
    </message>
</context>
<context>
    <name>lanline::ui::SlowestTab</name>
    <message>
        <source>Slowest messages</source>
        <translation>最慢的消息</translation>
    </message>
    <message>
        <source>Nothing is known of the way of this message: it came before this window was opened, over an hour ago, or while there was no connection.</source>
        <translation>对这条消息的路径一无所知：它在打开此窗口之前、一小时以前或没有连接时到来。</translation>
    </message>
    <message>
        <source>No messages in this time. As soon as some are sent, the slowest stand here.</source>
        <translation>这段时间没有消息。一旦有消息发送，最慢的会列在这里。</translation>
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
    <name>lanline::ui::TabBar</name>
    <message>
        <source>%1, %2 running</source>
        <extracomment>Spoken: a tab&apos;s name, and how much is going on there</extracomment>
        <translation>%1，%2 个进行中</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ThreadAccount</name>
    <message numerus="yes">
        <source>The %1 thread stalled %n time(s), for %2 at the longest, at %3.</source>
        <extracomment>&quot;The GUI thread stalled 2 times, the longest took 380 ms at 14:04:46.&quot;</extracomment>
        <translation>
            <numerusform>%1线程停顿了 %n 次，最长 %2，于 %3。</numerusform>
        </translation>
    </message>
    <message>
        <source>Storage is the busy one: it waits for the disk %1 % of the time</source>
        <translation>忙的是存储：它有 %1 % 的时间在等磁盘</translation>
    </message>
    <message>
        <source>%1 is the busy one: it works %2 % of the time</source>
        <translation>忙的是%1：它有 %2 % 的时间在工作</translation>
    </message>
    <message>
        <source>Not enough data</source>
        <translation>数据不足</translation>
    </message>
    <message>
        <source>The threads are measured while there is a connection.</source>
        <translation>有连接时才测量线程。</translation>
    </message>
    <message>
        <source>Idle most of the time, but not all of it</source>
        <translation>大部分时间空闲，但并非一直如此</translation>
    </message>
    <message>
        <source>All threads are idle most of the time</source>
        <translation>所有线程大部分时间空闲</translation>
    </message>
    <message>
        <source>None of them stood still for more than 50 ms.</source>
        <translation>没有线程停顿超过 50 ms。</translation>
    </message>
    <message>
        <source>GUI</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>Network</source>
        <comment>a thread</comment>
        <translation>网络</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>widgets, models</source>
        <translation>控件、模型</translation>
    </message>
    <message>
        <source>client links</source>
        <translation>客户端链路</translation>
    </message>
    <message>
        <source>listener, hub</source>
        <translation>监听、分发</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Waiting for the disk to confirm a write</source>
        <translation>等待磁盘确认写入</translation>
    </message>
    <message>
        <source>Telling clients what was stored</source>
        <translation>告知客户端已存储的内容</translation>
    </message>
    <message>
        <source>Writing to the connections</source>
        <translation>向连接写出</translation>
    </message>
    <message>
        <source>Taking in what has come</source>
        <translation>接收到来的内容</translation>
    </message>
    <message>
        <source>Standing still on purpose</source>
        <translation>人为停顿</translation>
    </message>
    <message>
        <source>Switching rooms</source>
        <translation>切换房间</translation>
    </message>
    <message>
        <source>Laying out messages</source>
        <translation>排版消息</translation>
    </message>
    <message>
        <source>Refreshing the diagnostics</source>
        <translation>刷新诊断</translation>
    </message>
    <message>
        <source>Drawing the chart</source>
        <translation>绘制图表</translation>
    </message>
    <message>
        <source>Making an export</source>
        <translation>生成导出内容</translation>
    </message>
</context>
<context>
    <name>lanline::ui::ThreadsTab</name>
    <message>
        <source>Longest stalls</source>
        <translation>最长的停顿</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>停顿</translation>
    </message>
    <message>
        <source>What it was doing</source>
        <translation>当时在做什么</translation>
    </message>
    <message>
        <source>Messages held up</source>
        <translation>耽搁的消息</translation>
    </message>
    <message>
        <source>In this time no thread stood still for more than 50 ms. Where one does, it stands here with what it was doing.</source>
        <translation>这段时间内没有线程停顿超过 50 ms。若有线程停顿，会在这里列出当时所做的工作。</translation>
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
    <name>lanline::ui::TraceAction</name>
    <message>
        <source>it is not with the host yet</source>
        <translation>它还没有到达主机</translation>
    </message>
    <message>
        <source>Trace this message</source>
        <translation>追踪这条消息</translation>
    </message>
    <message>
        <source>Trace this message: %1</source>
        <extracomment>%1: why that is not possible</extracomment>
        <translation>追踪这条消息：%1</translation>
    </message>
    <message>
        <source>No trace: %1</source>
        <translation>没有追踪记录：%1</translation>
    </message>
</context>
<context>
    <name>lanline::ui::Waterfall</name>
    <message>
        <source>Way of the message</source>
        <translation>消息的路径</translation>
    </message>
</context>
<context>
    <name>lanline::ui::WaterfallModel</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>a thread stood still for %1 of it</source>
        <translation>其中 %1 线程停顿</translation>
    </message>
    <message>
        <source>the longest</source>
        <translation>最长的一段</translation>
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
    <message>
        <source>The host does not allow that.</source>
        <translation>主机不允许。</translation>
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
