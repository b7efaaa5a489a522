// A session over a library of drawn pictures, opened afresh for each test.
#pragma once

#include "core/session/IndexWorker.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/world/SampleLibrary.h"
#include "tests/support/TestModel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::testing {

class SessionFixture
{
protected:
    static constexpr int kPictures = 48;

    static world::SampleLibraryOptions sample()
    {
        world::SampleLibraryOptions options;
        options.count = kPictures;
        options.size = 128;
        return options;
    }

    // Once, before any session: neither the user's files nor the user's settings.
    void prepare()
    {
        qputenv("MOODLOOM_HOME", m_dir.filePath(QStringLiteral("home")).toUtf8());
        QVERIFY(world::writeSampleLibrary(pictures().toStdString(), sample()));
    }
    // And with the pictures in the library, all of them understood: what is found is the same then
    // whenever one looks.
    void prepareLibrary()
    {
        prepare();
        open();
        QVERIFY(import(pictures()));
        const auto understood = m_session->library()->index().run(
            [](session::LibraryIndex &index, std::stop_token stop) {
                return index.embedMissing([](const library::ImportProgress &) {}, stop);
            });
        QTRY_VERIFY_WITH_TIMEOUT(understood.isFinished(), 240'000);
        m_session.reset();
    }
    void open()
    {
        session::Session::Options options;
        options.modelFolder = modelFolder();
        m_session = std::make_unique<session::Session>(options);
    }

    QString pictures() const { return m_dir.filePath(QStringLiteral("pictures")); }
    bool import(const QString &folder)
    {
        QSignalSpy finished(m_session->library(), &session::LibraryService::importFinished);
        m_session->library()->import({folder});
        return finished.wait(120'000);
    }
    bool find(const QString &prompt)
    {
        m_session->finder()->setPrompt(prompt);
        QSignalSpy changed(m_session->finder(), &session::ReferenceFinder::referencesChanged);
        m_session->find();
        return changed.wait(60'000);
    }
    void quick() // small pictures in a few steps
    {
        session::PaintSettings settings = m_session->settings();
        settings.model = modelFolder();
        settings.steps = 4;
        settings.size = QSize(128, 128);
        m_session->setSettings(settings);
    }

    QTemporaryDir m_dir;
    std::unique_ptr<session::Session> m_session;
};

} // namespace moodloom::testing
