// A model is taught in the background: how it goes is told, it can be stopped and go on, and what
// goes wrong is said.
#include "core/session/Teacher.h"
#include "tests/support/TestModel.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;
using Phase = TeachState::Phase;

class TeacherTest : public QObject
{
    Q_OBJECT

    QString at(const char *name) const { return m_dir->filePath(QLatin1String(name)); }

    // Discs of one colour, with captions beside them, and a file that is no picture.
    void drawPictures()
    {
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("discs")));
        for (int i = 0; i < 4; ++i) {
            QImage image(96, 96, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setBrush(QColor::fromHsv(30 * i, 200, 220));
            painter.drawEllipse(QRect(16, 16, 64, 64));
            painter.end();
            QVERIFY(image.save(at("discs/") + QString::number(i) + QStringLiteral(".png")));
            QFile caption(at("discs/") + QString::number(i) + QStringLiteral(".txt"));
            QVERIFY(caption.open(QIODevice::WriteOnly));
            caption.write("a disc");
        }
        QFile broken(at("discs/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("\x89PNG nothing");
    }

    TeachRequest request() const
    {
        TeachRequest request;
        request.folder = at("discs");
        request.model = m_model;
        request.out = at("models/loras/discs.safetensors"); // a folder that is yet to be made
        request.minutes = 0.15;
        return request;
    }

private Q_SLOTS:
    void init()
    {
        // The tiny model, where there is one, is taught in no time.
        m_model = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR") + QStringLiteral("/tiny-sd15");
        if (!QFile::exists(m_model + QStringLiteral("/unet/config.json"))) {
            MOODLOOM_REQUIRE_MODEL();
            m_model = testing::modelFolder();
        }
        m_dir = std::make_unique<QTemporaryDir>();
        drawPictures();
    }

    void teachesAndTellsHowItGoes()
    {
        Teacher teacher;
        QSignalSpy finished(&teacher, &Teacher::finished);
        QVector<Phase> phases;
        connect(&teacher, &Teacher::changed, this, [&] {
            if (phases.isEmpty() || phases.last() != teacher.state().phase)
                phases.append(teacher.state().phase);
        });
        QVERIFY(!Teacher::canGoOn(request().out));
        TeachRequest enough = request();
        enough.minutes = 0.4; // for a few steps on a slow processor, too
        teacher.start(enough);
        QVERIFY(teacher.isBusy());
        teacher.start(enough); // once is enough
        QTRY_VERIFY_WITH_TIMEOUT(!teacher.isBusy(), 200'000);
        const TeachState &state = teacher.state();
        QVERIFY2(!state.error, state.error ? errorText(*state.error).c_str() : "");
        QCOMPARE(finished.size(), 1);
        QCOMPARE(state.phase, Phase::Finished);
        QCOMPARE(phases, (QVector<Phase>{Phase::Reading, Phase::Loading, Phase::Teaching,
                                         Phase::Finished}));
        QCOMPARE(state.pictures, 4);
        QCOMPARE(state.captioned, 4);
        QCOMPARE(state.leftOut, 1);
        QVERIFY(state.step > 0);
        QVERIFY(!state.curve.isEmpty());
        QVERIFY(state.curve.last().y() > 0);
        QVERIFY(!state.samples.isEmpty());
        for (const QString &sample : state.samples)
            QVERIFY(!QImage(sample).isNull());
        QCOMPARE(state.lora, request().out);
        QVERIFY(QFile::exists(state.lora));
        QVERIFY(QFile::exists(at("models/loras/discs.preview.png")));
        QVERIFY(Teacher::canGoOn(request().out));
    }

    void isStoppedSavesAndGoesOn()
    {
        TeachRequest wanted = request();
        wanted.minutes = 60;
        qint64 step = 0;
        {
            Teacher teacher;
            teacher.start(wanted);
            QTRY_VERIFY_WITH_TIMEOUT(teacher.state().step > 0, 200'000);
            teacher.stop();
            QCOMPARE(teacher.state().phase, Phase::Stopping);
            QTRY_COMPARE_WITH_TIMEOUT(teacher.state().phase, Phase::Stopped, 200'000);
            step = teacher.state().step;
            QVERIFY(QFile::exists(teacher.state().lora));
        }
        wanted.minutes = 0.02;
        wanted.goOn = true;
        Teacher teacher;
        teacher.start(wanted);
        QTRY_COMPARE_WITH_TIMEOUT(teacher.state().phase, Phase::Finished, 200'000);
        QVERIFY(teacher.state().step > step);
    }

    void goingAwayStopsIt()
    {
        TeachRequest wanted = request();
        wanted.minutes = 60;
        auto teacher = std::make_unique<Teacher>();
        teacher->start(wanted);
        QTRY_VERIFY_WITH_TIMEOUT(teacher->state().phase == Phase::Teaching, 200'000);
        teacher.reset();
        QVERIFY(Teacher::canGoOn(wanted.out));
    }

    void whatGoesWrongIsSaid()
    {
        Teacher teacher;
        TeachRequest wanted = request();
        wanted.folder = at("nothing here");
        teacher.start(wanted);
        QTRY_COMPARE(teacher.state().phase, Phase::Failed);
        QVERIFY(teacher.state().error);
        QCOMPARE(teacher.state().error->code, ErrorCode::NotFound);
        QVERIFY(!teacher.isBusy());
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_model;
};

QTEST_GUILESS_MAIN(TeacherTest)
#include "TeacherTest.moc"
