// Models that come to the shelf: fetched, and taught.
#include "tests/support/TestModel.h"
#include "tests/ui/ShelfFixture.h"

using namespace moodloom;

class ShelfGetTest : public QObject, private fake::ShelfFixture
{
    Q_OBJECT
    QString m_tiny;

private Q_SLOTS:
    void initTestCase()
    {
        prepare(QStringLiteral("shelf-get"));
        const QString root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR");
        if (QFile::exists(root + QStringLiteral("/tiny-sd15/unet/config.json")))
            m_tiny = root + QStringLiteral("/tiny-sd15");
    }
    void init() { openMachine(); }
    void cleanup() { closeMachine(); }

    void aModelIsLookedUpFetchedAndOnTheShelfByItself()
    {
        const QByteArray weights = testing::loraFile(768);
        m_server->addModel(QStringLiteral("org/fine-lora"),
                           {{QStringLiteral("fine.safetensors"), weights},
                            {QStringLiteral("README.md"), "words"}});
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(row("ComfyUI/models/loras/big.safetensors"));
        QTRY_VERIFY(!shelf()->isScanning());
        m_driver->settle();
        QCOMPARE(m_server->connections, 0); // the page is open, and nothing was connected
        QVERIFY(!m_driver->item(QStringLiteral("startDownload")));
        m_driver->click(m_driver->item(QStringLiteral("getModelName")));
        m_driver->type(QStringLiteral("org/fine-lora"));
        QCOMPARE(m_server->connections, 0);
        m_driver->click(m_driver->item(QStringLiteral("lookUpModel")));
        QQuickItem *startButton = nullptr;
        QTRY_VERIFY((startButton = m_driver->item(QStringLiteral("startDownload"))));
        QCOMPARE(m_driver->item(QStringLiteral("planTitle"))->property("text").toString(),
                 QStringLiteral("org/fine-lora"));
        QVERIFY(m_driver->item(QStringLiteral("planSummary"))
                    ->property("text")
                    .toString()
                    .startsWith(QStringLiteral("1 file · ")));
        QTRY_VERIFY(m_driver->item(QStringLiteral("planRoom")));
        QCOMPARE(m_server->asked.size(), 1);
        const QString folder = at("moodloom/data/models");
        QCOMPARE(shelf()->download()->folder(), folder);
        QVERIFY(!QFile::exists(folder));

        m_driver->click(startButton);
        QTRY_VERIFY(m_driver->item(QStringLiteral("getModelDone")));
        QQuickItem *fetched = nullptr;
        QTRY_VERIFY((fetched = row("moodloom/data/models/org/fine-lora/fine.safetensors")));
        QVERIFY(fetched->property("facts").toString().startsWith(QStringLiteral("LoRA · SD 1.x")));
        // Its folder is a place from now on.
        QTRY_VERIFY(m_driver->with("text", ui::Format::path(folder))); // "~/..."
    }

    void aDownloadIsPausedContinuedAfterARestartAndCancelledByKeys()
    {
        const QByteArray weights = testing::loraFile(768);
        m_server->addModel(QStringLiteral("org/slow"),
                           {{QStringLiteral("slow.safetensors"), weights}});
        testing::Served &file =
            m_server->file(QStringLiteral("org/slow"), QStringLiteral("slow.safetensors"));
        file.holdAfter = weights.size() / 2;
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        m_driver->click(m_driver->item(QStringLiteral("getModelName")));
        m_driver->type(QStringLiteral("org/slow"));
        m_driver->press(Qt::Key_Return); // looks it up
        QTRY_VERIFY(m_driver->item(QStringLiteral("startDownload")));
        m_driver->item(QStringLiteral("startDownload"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        QTRY_VERIFY(m_driver->item(QStringLiteral("pauseDownload")));
        QTRY_VERIFY(shelf()->download()->share() > 0.4);
        m_driver->click(m_driver->item(QStringLiteral("pauseDownload")));
        QTRY_COMPARE(m_driver->item(QStringLiteral("startDownload"))->property("text").toString(),
                     QStringLiteral("Resume"));
        // Nothing is on its way: no speed and no time left, and the label was told.
        const QString told = shelf()->download()->progressText();
        QVERIFY(!told.contains(QStringLiteral("/s")) && !told.contains(QStringLiteral("left")));
        QCOMPARE(
            m_driver->item(QStringLiteral("getModelProgressText"))->property("text").toString(),
            told);

        end();
        const int connections = m_server->connections;
        QVERIFY(start());
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(m_driver->item(QStringLiteral("startDownload")));
        QTRY_VERIFY(shelf()->download()->share() > 0.4);
        QCOMPARE(m_server->connections, connections); // shown, and waits for the click
        file.holdAfter = -1;
        m_driver->click(m_driver->item(QStringLiteral("startDownload")));
        QTRY_VERIFY(row("moodloom/data/models/org/slow/slow.safetensors"));
        QVERIFY(m_server->asked.last().headers.contains("range"));

        m_server->addModel(QStringLiteral("org/other"),
                           {{QStringLiteral("a.safetensors"), weights + weights}});
        shelf()->download()->lookUp(QStringLiteral("org/other"), {});
        QTRY_VERIFY(m_driver->item(QStringLiteral("cancelDownload")));
        m_driver->item(QStringLiteral("cancelDownload"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("startDownload")));
    }

    void whatGoesWrongIsSaidWithWhatToDo()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        m_driver->click(m_driver->item(QStringLiteral("getModelName")));
        m_driver->type(QStringLiteral("org/none"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(m_driver->item(QStringLiteral("getModelError")));
        QVERIFY(m_driver->item(QStringLiteral("getModelError"))
                    ->property("message")
                    .toString()
                    .contains(QStringLiteral("check the name")));
        // A desktop without a keyring says so, and the token is not kept elsewhere.
        m_driver->click(m_driver->item(QStringLiteral("tokenField")));
        m_driver->type(QStringLiteral("hf_secret"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->item(QStringLiteral("tokenError")), 30'000);
        QVERIFY(m_driver->item(QStringLiteral("tokenError"))
                    ->property("text")
                    .toString()
                    .contains(QStringLiteral("HF_TOKEN")));
        QVERIFY(!shelf()->download()->isTokenKept());
        QVERIFY(
            m_driver->item(QStringLiteral("tokenField"))->property("text").toString().isEmpty());
    }

    void aModelIsTaughtAndWhatItLearntIsOnTheShelf()
    {
        MOODLOOM_REQUIRE_MODEL();
        QDir(m_home->path()).mkpath(QStringLiteral("velvet teapot"));
        for (int i = 0; i < 3; ++i) {
            QImage picture(96, 96, QImage::Format_RGB32);
            picture.fill(QColor::fromHsv(60 * i, 220, 200));
            QVERIFY(
                picture.save(at("velvet teapot/") + QString::number(i) + QStringLiteral(".png")));
        }
        ui::TeachModel *teach = shelf()->teach();
        if (!m_tiny.isEmpty()) // taught in no time
            m_session->useModel(m_tiny);
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(!shelf()->isScanning());
        QTRY_VERIFY(m_driver->item(QStringLiteral("startTeaching")));
        QVERIFY(!m_driver->item(QStringLiteral("startTeaching"))->isEnabled());
        // The dialog is the system's own; what it hands over names the run, too.
        teach->setFolder(QUrl::fromLocalFile(at("velvet teapot")));
        QCOMPARE(m_driver->item(QStringLiteral("teachName"))->property("text").toString(),
                 QStringLiteral("velvet teapot"));
        m_driver->item(QStringLiteral("teachLength1"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        QCOMPARE(teach->minutes(), 60.0);
        m_driver->item(QStringLiteral("startTeaching"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->item(QStringLiteral("teachCurve")), 300'000);
        QVERIFY(m_driver->item(QStringLiteral("teachSample0")));
        QVERIFY(!m_driver->item(QStringLiteral("teachName"))->isEnabled());
        // What took the button's place took the keyboard, and is where the action leads meanwhile.
        const auto hasKeys = [this](const char *name) {
            const QQuickItem *item = m_driver->item(QLatin1String(name));
            return item && item->hasActiveFocus() && item->property("visualFocus").toBool();
        };
        QTRY_VERIFY(hasKeys("stopTeaching"));
        m_driver->item(QStringLiteral("shelfSearch"))->forceActiveFocus(Qt::TabFocusReason);
        m_interface->workspace()->actions()->trigger(QStringLiteral("teach-model"));
        QTRY_VERIFY(hasKeys("stopTeaching"));
        m_driver->press(Qt::Key_Space);
        QQuickItem *learnt = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (learnt = row("moodloom/data/models/loras/velvet teapot.safetensors")), 120'000);
        QVERIFY(learnt->property("facts").toString().startsWith(QStringLiteral("LoRA")));
        // Nothing of the work beside it is taken for a model.
        QTRY_VERIFY(!shelf()->isScanning());
        QVERIFY(!row("moodloom/data/models/loras/velvet teapot.training/teaching.safetensors"));
        QCOMPARE(m_driver->item(QStringLiteral("startTeaching"))->property("text").toString(),
                 QStringLiteral("Go on teaching"));
        QTRY_VERIFY(hasKeys("startTeaching"));
    }
};

QTEST_MAIN(ShelfGetTest)
#include "ShelfGetTest.moc"
