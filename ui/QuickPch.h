// The precompiled header of the interface: what nearly every file of it includes.
#pragma once

#include <QHash>
#include <QImage>
#include <QPointer>
#include <QQmlApplicationEngine>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include <functional>
#include <memory>
#include <optional>
