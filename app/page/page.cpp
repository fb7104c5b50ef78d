#include "app/page/page.h"

#include <QFile>
#include <QSaveFile>

// Of a static library: the linker takes it only where it is asked for.
static void initPage()
{
    Q_INIT_RESOURCE(page);
}

namespace lanline::page {

using namespace Qt::Literals::StringLiterals;

namespace {

/// %title%, %language% and %body% stand for what is to be put there.
QString pageTemplate()
{
    initPage();
    QFile file(u":/page/page.html"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly); // part of the program
    Q_ASSERT(isOpen);
    return isOpen ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QString escaped(const QString &words)
{
    return words.toHtmlEscaped();
}

QString element(const QString &name, const QString &content, const QString &classes)
{
    const QString attribute = classes.isEmpty() ? QString() : u" class=\"%1\""_s.arg(classes);
    return u"<%1%2>%3</%1>\n"_s.arg(name, attribute, content);
}

QString pageOf(const QString &title, const QString &body, const QString &language)
{
    // The body last: what stands in it is not looked at any more.
    return pageTemplate()
        .replace(u"%language%"_s, escaped(language))
        .replace(u"%title%"_s, escaped(title))
        .replace(u"%body%"_s, body);
}

Result<void, QString> write(const QString &page, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(page.toUtf8()) < 0 || !file.commit())
        return unexpected(u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return {};
}

} // namespace lanline::page
