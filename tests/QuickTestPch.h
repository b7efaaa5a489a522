// The precompiled header of the interface's tests.
#pragma once

#include "tests/TestPch.h"

#include <QPointer>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
