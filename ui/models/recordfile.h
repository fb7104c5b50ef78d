#pragma once

#include "core/result.h"
#include "ui/models/recordcontent.h"

#include <QByteArray>
#include <QString>

namespace lanline::ui {

// What a file may be, packed and unpacked.
inline constexpr qsizetype largestRecordFile = 64 * 1024 * 1024;
inline constexpr qsizetype largestRecord = 128 * 1024 * 1024;

/// JSON of a version, packed with zstd.
QByteArray writeRecord(const RecordContent &content);
/// The error is a sentence for the person. Whatever the bytes are, nothing worse comes of them.
Result<RecordContent, QString> readRecord(QByteArrayView file);

} // namespace lanline::ui
