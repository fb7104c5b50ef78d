#pragma once

#include "core/result.h"

#include <QString>

namespace lanline::page {

QString escaped(const QString &words);
/// `content` is HTML.
QString element(const QString &name, const QString &content, const QString &classes = {});
/// The page as one file that needs no other. `body` is HTML; `language` as in its attribute: "en", "zh-CN".
QString pageOf(const QString &title, const QString &body, const QString &language = QStringLiteral("en"));
/// Replaces the file as a whole. The error is a sentence in English.
Result<void, QString> write(const QString &page, const QString &path);

} // namespace lanline::page
