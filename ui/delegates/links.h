#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace lanline::ui {

struct Link
{
    qsizetype start = 0;
    qsizetype length = 0;
    QUrl url;
};

/// The http and https addresses in a text. Nothing else becomes a link.
QList<Link> findLinks(const QString &text);

} // namespace lanline::ui
