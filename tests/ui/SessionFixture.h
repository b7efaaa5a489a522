// A made-up session without a window, with settings of its own: for tests of view-models.
#pragma once

#include "tests/ui/fake/FakeWorld.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>

namespace moodloom::fake {

class SessionFixture
{
protected:
    void prepare()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
    }
    // As it is on the first start.
    void start()
    {
        QSettings().clear();
        reset();
        m_session = std::make_unique<session::Session>(session::Session::Options{});
    }

    QTemporaryDir m_home;
    std::unique_ptr<session::Session> m_session;
};

} // namespace moodloom::fake
