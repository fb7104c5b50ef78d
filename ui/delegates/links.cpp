#include "ui/delegates/links.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

/// A sentence's punctuation behind an address is not part of it; nor is a bracket that was not opened in it.
QStringView withoutTail(QStringView address)
{
    static constexpr QStringView punctuation = u".,;:!?'\"…。，；：！？、」』》】”’";
    while (!address.isEmpty()) {
        const QChar last = address.back();
        const bool isLoneBracket = (last == u')' && address.count(u')') > address.count(u'('))
            || (last == u']' && address.count(u']') > address.count(u'['));
        if (!punctuation.contains(last) && !isLoneBracket)
            break;
        address.chop(1);
    }
    return address;
}

} // namespace

QList<Link> findLinks(const QString &text)
{
    static const QRegularExpression pattern(
        uR"((?<![\w/])https?://[^\s<>"“”（）]+)"_s, QRegularExpression::CaseInsensitiveOption);
    QList<Link> links;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QStringView address = withoutTail(match.capturedView());
        const QUrl url(address.toString(), QUrl::StrictMode);
        if (url.isValid() && !url.host().isEmpty())
            links.append({match.capturedStart(), address.size(), url});
    }
    return links;
}

} // namespace lanline::ui
