// What most files with a face include anyway, compiled once.
#pragma once

#include "cmake/pch_core.h"

#include <QAbstractListModel>
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <QWidget>
