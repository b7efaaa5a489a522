// The window in the states of the gallery, for tests that walk through its screens.
#pragma once

#include "core/base/Paths.h"
#include "tests/support/FileServer.h"
#include "tests/ui/gallery/Content.h"
#include "tests/ui/gallery/Screens.h"
#include "tests/ui/gallery/States.h"
#include "tests/ui/WindowFixture.h"

#include <QFile>

namespace moodloom::gallery {

class StageFixture : protected fake::WindowFixture
{
protected:
    // A window in these states; nothing is left of the test before.
    void openStage(const QStringList &states, bool chinese = false, bool emptyLibrary = false)
    {
        QFile::remove(dataFolder() + QStringLiteral("/download.json"));
        m_hub = std::make_unique<testing::FileServer>();
        qputenv("HF_ENDPOINT", m_hub->url().toString().toUtf8());
        qputenv("MOODLOOM_LANGUAGE", chinese ? "zh_CN" : "en");
        ui::Theme::instance()->setReducedMotion(true);
        openWindow();
        if (!emptyLibrary)
            fake::world().assets = assets(chinese);
        QTRY_VERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
        Stage stage{*m_session, *m_interface->workspace(), *m_driver->window(), *m_hub, chinese};
        QCOMPARE(enter(stage, states), QString());
        m_driver->settle();
        m_driver->settle();
    }
    void openStage(const Screen &screen, bool chinese = false)
    {
        openStage(screen.stateNames(), chinese, screen.emptyLibrary);
    }

private:
    std::unique_ptr<testing::FileServer> m_hub;
};

} // namespace moodloom::gallery
