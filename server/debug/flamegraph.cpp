#include "server/debug/flamegraph.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr double width = 1200;
constexpr double rowHeight = 18;
constexpr double headHeight = 56;
constexpr double letterWidth = 6.7; ///< of the 11 px monospaced font that the SVG asks for
/// What is narrower than this could neither be seen nor pointed at.
constexpr double narrowest = 0.3;

struct Frame
{
    quint64 samples = 0;
    std::map<QByteArray, Frame> callees; ///< by name, so that two drawings can be compared
};

int depthOf(const Frame &frame)
{
    int deepest = 0;
    for (const auto &[name, callee] : frame.callees)
        deepest = std::max(deepest, depthOf(callee));
    return deepest + 1;
}

/// What is told of a function where there is no room for more: no parameters.
QString labelOf(const QByteArray &name)
{
    QString text = QString::fromUtf8(name);
    // The colour says whose it is.
    text.remove("lanline::server::"_L1).remove("lanline::"_L1);
    for (const QString &end : {u" const"_s, u" [clone"_s}) {
        if (const qsizetype at = text.lastIndexOf(end); at > 0 && text.lastIndexOf(u')') < at)
            text.truncate(at);
    }
    if (!text.endsWith(u')'))
        return text;
    int open = 0;
    for (qsizetype i = text.size() - 1; i > 0; --i) {
        open += text.at(i) == u')' ? 1 : text.at(i) == u'(' ? -1 : 0;
        if (open == 0)
            return text.endsWith(u"operator()"_s) ? text : text.first(i);
    }
    return text;
}

/// False of another's template that only has to do with something of ours.
bool isOurs(const QString &name)
{
    return name.section(u'<', 0, 0).section(u'(', 0, 0).contains("lanline::"_L1);
}

QString number(double value)
{
    return QString::number(value, 'f', 2);
}

class Drawing
{
public:
    Drawing(const Frame &root, int depth)
        : m_total(double(std::max<quint64>(root.samples, 1)))
        , m_height(headHeight + depth * rowHeight + rowHeight)
    {
        draw(root, "all", 0, 0);
    }

    QByteArray svg(const QString &title, quint64 samples) const
    {
        // "lanline" is ours, and warm; all else stands back.
        const QString style =
            u"svg{background:#fff}text{font:11px monospace;fill:#1f2328;pointer-events:none}"
            ".t{font:600 15px sans-serif}.s{font:12px sans-serif;fill:#59636e}rect{stroke:#fff;stroke-width:.5}"
            ".o{fill:#f0883e}.l{fill:#d0d7de}g:hover>rect{stroke:#1f2328;stroke-width:1}"
            "@media(prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}.s{fill:#9198a1}"
            "rect{stroke:#0d1117}.o{fill:#9e4f13}.l{fill:#30363d}g:hover>rect{stroke:#e6edf3}}"_s;
        const QString head =
            u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" width=\"100%\">\n"
            "<style>%3</style>\n<text class=\"t\" x=\"10\" y=\"24\">%4</text>\n"
            "<text class=\"s\" x=\"10\" y=\"44\">Samples: %5. The width of a box is its share of the "
            "CPU time; who is called lies above who calls. Lanline's own functions are orange.</text>\n"_s.arg(
                number(width), number(m_height), style, title.toHtmlEscaped(), QString::number(samples));
        return (head + m_boxes + u"</svg>\n"_s).toUtf8();
    }

private:
    void draw(const Frame &frame, const QByteArray &name, double from, int level)
    {
        const double share = double(frame.samples) / m_total;
        const double wide = share * width;
        if (frame.samples > 0 && wide < narrowest)
            return;
        const double top = m_height - (level + 1) * rowHeight - rowHeight / 2;
        const QString full = QString::fromUtf8(name);
        const QString kind = isOurs(full) ? u"o"_s : u"l"_s;
        m_boxes += u"<g><title>%1\n%3 %, samples: %2</title><rect class=\"%4\" x=\"%5\" y=\"%6\" width=\"%7\" "
                   "height=\"%8\"/>"_s.arg(full.toHtmlEscaped(), QString::number(frame.samples), number(share * 100),
                       kind, number(from), number(top), number(wide), number(rowHeight - 1));
        const auto letters = qsizetype((wide - 6) / letterWidth);
        if (letters >= 3) {
            const QString label = labelOf(name);
            const QString shown = label.size() <= letters ? label : label.first(letters - 1) + u'…';
            m_boxes +=
                u"<text x=\"%1\" y=\"%2\">%3</text>"_s.arg(number(from + 3), number(top + 12.5), shown.toHtmlEscaped());
        }
        m_boxes += u"</g>\n"_s;
        for (const auto &[callee, below] : frame.callees) {
            draw(below, callee, from, level + 1);
            from += double(below.samples) / m_total * width;
        }
    }

    double m_total;
    double m_height;
    QString m_boxes;
};

} // namespace

QByteArray drawFlameGraph(
    const CpuProfile &profile, const QByteArray &title, const std::function<QByteArray(quint64)> &nameOf)
{
    QHash<quint64, QByteArray> names;
    const auto named = [&names, &nameOf](quint64 address) {
        auto found = names.find(address);
        if (found == names.end()) {
            const QByteArray name = nameOf(address);
            found = names.insert(address, name.isEmpty() ? QByteArray("0x" + QByteArray::number(address, 16)) : name);
        }
        return *found;
    };
    Frame root;
    for (const CpuProfile::Stack &stack : profile.stacks) {
        root.samples += stack.samples;
        Frame *frame = &root;
        for (size_t i = stack.addresses.size(); i-- > 0;) {
            // Where a call returns to may already be the next function: the call itself lies before it.
            const quint64 address = stack.addresses[i] - (i > 0 ? 1 : 0);
            frame = &frame->callees[named(address)];
            frame->samples += stack.samples;
        }
    }
    return Drawing(root, depthOf(root)).svg(QString::fromUtf8(title), root.samples);
}

} // namespace lanline::server
