// The models page over the real session: a made-up machine with ComfyUI's folder on it, real files,
// real clicks and keys.
#include "core/board/Board.h"
#include "core/session/Painter.h"
#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "tests/models/SingleFileTensors.h"
#include "tests/support/EventLoopWatch.h"
#include "tests/support/FileServer.h"
#include "tests/support/TestModel.h"
#include "tests/support/WeightFiles.h"
#include "tests/ui/QmlWarnings.h"
#include "tests/ui/WindowDriver.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace moodloom;

class ShelfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("shelf"));
        qputenv("MOODLOOM_LANGUAGE", "en");
        QSettings().clear(); // its place is found once, before there is another home
        for (const char *name : {"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HF_TOKEN"})
            qunsetenv(name);
        // No keyring, whatever desktop this runs on.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        const QString root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR");
        if (QFile::exists(root + QStringLiteral("/tiny-sd15/unet/config.json"))) {
            m_tiny = root + QStringLiteral("/tiny-sd15");
            m_checkpoint = m_kept.filePath(QStringLiteral("my style v3.safetensors"));
            QVERIFY(tensor::saveSafeTensors(
                m_checkpoint.toStdString(),
                testing::singleFile(root.toStdString(), "sd15", "tiny-sd15")));
            qputenv("MOODLOOM_TOKENIZER", (m_tiny + QStringLiteral("/tokenizer")).toUtf8());
        }
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_home->path().toUtf8());
        qputenv("MOODLOOM_HOME", m_home->filePath(QStringLiteral("moodloom")).toUtf8());
        QSettings().clear();
        ui::Theme::instance()->setMode(ui::Theme::Mode::Dark);
        QDir(m_home->path()).mkpath(QStringLiteral("ComfyUI/models/checkpoints"));
        write("ComfyUI/models/loras/talagon.safetensors",
              testing::loraFile(768, {{QStringLiteral("modelspec.trigger_phrase"),
                                       QStringLiteral("talagon suv")}}));
        QImage preview(64, 64, QImage::Format_RGB32);
        preview.fill(Qt::red);
        QVERIFY(preview.save(at("ComfyUI/models/loras/talagon.preview.png")));
        write("ComfyUI/models/loras/big.safetensors", testing::loraFile(2048));
        write("ComfyUI/models/checkpoints/broken.safetensors", "no weights at all");
        m_server = std::make_unique<testing::FileServer>();
        qputenv("HF_ENDPOINT", m_server->url().toEncoded());
        m_warnings = std::make_unique<fake::QmlWarnings>();
        QVERIFY(start());
    }

    void cleanup()
    {
        end();
        const QStringList warnings = m_warnings->take();
        m_warnings.reset();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }

    void modelsOfOtherProgramsAreThereByThemselves()
    {
        m_driver->click(m_driver->item(QStringLiteral("modelsButton")));
        QQuickItem *lora = nullptr;
        QTRY_VERIFY((lora = row("ComfyUI/models/loras/talagon.safetensors")));
        QVERIFY(lora->property("facts").toString().startsWith(QStringLiteral("LoRA · SD 1.x · ")));
        QCOMPARE(lora->property("triggerWords").toStringList(),
                 QStringList{QStringLiteral("talagon suv")});
        QVERIFY(lora->property("preview").toString().startsWith(QStringLiteral("image://file/")));
        QVERIFY(m_driver->with("path", QString())); // the built-in one
        QTRY_VERIFY(!shelf()->isScanning());
        // What cannot be used says why, and does nothing.
        QQuickItem *broken = row("ComfyUI/models/checkpoints/broken.safetensors");
        QVERIFY(broken &&
                broken->property("reason").toString().startsWith(QStringLiteral("broken")));
        QVERIFY(!broken->property("usable").toBool());
        // SDXL's LoRA and the built-in model do not go together.
        QTRY_VERIFY(row("ComfyUI/models/loras/big.safetensors")
                        ->property("reason")
                        .toString()
                        .contains(QStringLiteral("SDXL")));
        QCOMPARE(m_driver->item(QStringLiteral("placePath"))->property("text").toString(),
                 at("ComfyUI"));
    }

    void searchAndGroupsNarrowTheList()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(row("ComfyUI/models/loras/talagon.safetensors"));
        QTRY_VERIFY(!shelf()->isScanning());
        QCOMPARE(shelf()->count(), 4);
        m_driver->click(m_driver->item(QStringLiteral("shelfGroup2")));
        QTRY_COMPARE(shelf()->count(), 2); // LoRAs
        m_driver->click(m_driver->item(QStringLiteral("shelfSearch")));
        m_driver->type(QStringLiteral("suv"));
        QTRY_COMPARE(shelf()->count(), 1);
        QVERIFY(row("ComfyUI/models/loras/talagon.safetensors"));
        m_driver->type(QStringLiteral("x"));
        QTRY_COMPARE(shelf()->count(), 0);
    }

    void whatChangesOnTheDiskShowsByItself()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(row("ComfyUI/models/loras/big.safetensors"));
        QTRY_VERIFY(!shelf()->isScanning());
        write("ComfyUI/models/loras/new/later.safetensors", testing::loraFile(768));
        QTRY_VERIFY_WITH_TIMEOUT(row("ComfyUI/models/loras/new/later.safetensors"), 20'000);
        QVERIFY(QFile::remove(at("ComfyUI/models/loras/big.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(!row("ComfyUI/models/loras/big.safetensors"), 20'000);
    }

    void foldersAreAddedAndRemovedAndKept()
    {
        write("elsewhere/mine.safetensors", testing::loraFile(768));
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(row("ComfyUI/models/loras/big.safetensors"));
        shelf()->addFolder(QUrl::fromLocalFile(at("elsewhere"))); // as the dialog does
        QTRY_VERIFY(row("elsewhere/mine.safetensors"));
        // ComfyUI's folder, which was found, is looked in no more.
        QQuickItem *remove = nullptr;
        QTRY_VERIFY(m_driver->all(QStringLiteral("removePlace")).size() == 2);
        remove = m_driver->all(QStringLiteral("removePlace")).last();
        m_driver->click(remove);
        QTRY_VERIFY(!row("ComfyUI/models/loras/big.safetensors"));
        QVERIFY(row("elsewhere/mine.safetensors"));

        end();
        QVERIFY(start());
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(row("elsewhere/mine.safetensors"));
        QTRY_VERIFY(!shelf()->isScanning());
        QVERIFY(!row("ComfyUI/models/loras/big.safetensors"));
        QCOMPARE(m_driver->all(QStringLiteral("removePlace")).size(), 1);
    }

    void comfyUisListOfFoldersIsWatchedAndADamagedOneSaysSo()
    {
        write("disk/loras/far.safetensors", testing::loraFile(768));
        write("ComfyUI/extra_model_paths.yaml", "mine:\n  base_path: ../disk\n  loras: loras\n");
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        shelf()->rescan();
        QTRY_VERIFY(row("disk/loras/far.safetensors"));
        QTRY_COMPARE(m_driver->all(QStringLiteral("placePath")).size(), 2);
        // What it names is watched, and so is the file itself.
        write("disk/loras/later.safetensors", testing::loraFile(768));
        QTRY_VERIFY_WITH_TIMEOUT(row("disk/loras/later.safetensors"), 20'000);
        write("ComfyUI/extra_model_paths.yaml", "mine:\n  loras: [\n");
        QTRY_VERIFY_WITH_TIMEOUT(!row("disk/loras/later.safetensors"), 20'000);
        QTRY_VERIFY(m_driver->all(QStringLiteral("placeState"))
                        .last()
                        ->property("text")
                        .toString()
                        .contains(QStringLiteral("damaged")));
        QVERIFY(row("ComfyUI/models/loras/big.safetensors")); // nothing else is lost
    }

    void aModelIsLookedUpFetchedAndOnTheShelfByItself()
    {
        const QByteArray weights = testing::loraFile(768);
        m_server->addModel(QStringLiteral("org/fine-lora"), {{QStringLiteral("fine.safetensors"), weights},
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
        QVERIFY(m_driver->item(QStringLiteral("planSummary"))->property("text").toString().startsWith(
            QStringLiteral("1 file, ")));
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
        QTRY_VERIFY(m_driver->with("text", folder));
    }

    void aModelIsTaughtAndWhatItLearntIsOnTheShelf()
    {
        MOODLOOM_REQUIRE_MODEL();
        QDir(m_home->path()).mkpath(QStringLiteral("velvet teapot"));
        for (int i = 0; i < 3; ++i) {
            QImage picture(96, 96, QImage::Format_RGB32);
            picture.fill(QColor::fromHsv(60 * i, 220, 200));
            QVERIFY(picture.save(at("velvet teapot/") + QString::number(i) + QStringLiteral(".png")));
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
        m_driver->item(QStringLiteral("stopTeaching"))->forceActiveFocus(Qt::TabFocusReason);
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
    }

    void aDownloadIsPausedContinuedAfterARestartAndCancelledByKeys()
    {
        const QByteArray weights = testing::loraFile(768);
        m_server->addModel(QStringLiteral("org/slow"), {{QStringLiteral("slow.safetensors"), weights}});
        testing::Served &file = m_server->file(QStringLiteral("org/slow"), QStringLiteral("slow.safetensors"));
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
                     QStringLiteral("Continue"));

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

        m_server->addModel(QStringLiteral("org/other"), {{QStringLiteral("a.safetensors"), weights + weights}});
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
        QVERIFY(m_driver->item(QStringLiteral("getModelError"))->property("message").toString().contains(
            QStringLiteral("check the name")));
        // A desktop without a keyring says so, and the token is not kept elsewhere.
        m_driver->click(m_driver->item(QStringLiteral("tokenField")));
        m_driver->type(QStringLiteral("hf_secret"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->item(QStringLiteral("tokenError")), 30'000);
        QVERIFY(m_driver->item(QStringLiteral("tokenError"))->property("text").toString().contains(
            QStringLiteral("HF_TOKEN")));
        QVERIFY(!shelf()->download()->isTokenKept());
        QVERIFY(m_driver->item(QStringLiteral("tokenField"))->property("text").toString().isEmpty());
    }

    void aModelAndALoraAreChosenPaintWithAndSurviveARestart()
    {
        if (m_tiny.isEmpty())
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        QVERIFY(
            QFile::link(m_checkpoint, at("ComfyUI/models/checkpoints/my style v3.safetensors")));
        QVERIFY(QFile::copy(m_tiny + QStringLiteral("/lora/lora_kohya.safetensors"),
                            at("ComfyUI/models/loras/fox.safetensors")));
        const QString model = at("ComfyUI/models/checkpoints/my style v3.safetensors");
        const QString lora = at("ComfyUI/models/loras/fox.safetensors");
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->with("path", model) && m_driver->with("path", lora),
                                 20'000);
        QTRY_VERIFY(!shelf()->isScanning());
        m_driver->click(button(model));
        QTRY_COMPARE(m_session->settings().model, model);
        QTRY_VERIFY(m_driver->with("path", model)->property("inUse").toBool());
        // By keys: from the search field into the list, to the LoRA, on.
        m_driver->click(m_driver->item(QStringLiteral("shelfSearch")));
        m_driver->type(QStringLiteral("fox"));
        m_driver->press(Qt::Key_Down);
        QTRY_COMPARE(shelf()->count(), 1);
        m_driver->press(Qt::Key_Down);
        m_driver->settle();
        m_driver->press(Qt::Key_Return);
        QCOMPARE(m_session->settings().loras, (QVector<generation::RecipeLora>{{lora, 1}}));
        m_driver->press(Qt::Key_Minus);
        QCOMPARE(m_session->settings().loras, (QVector<generation::RecipeLora>{{lora, 0.95}}));

        // The generation panel shows both, and its slider sets the scale.
        m_driver->press(Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(m_driver->item(QStringLiteral("modelName"))->property("text").toString(),
                     QStringLiteral("my style v3"));
        QQuickItem *scale = nullptr;
        QTRY_VERIFY((scale = m_driver->item(QStringLiteral("addonScale"))));
        QCOMPARE(m_driver->item(QStringLiteral("addonName"))->property("text").toString(),
                 QStringLiteral("fox"));
        scale->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Left);
        m_driver->press(Qt::Key_Left);
        QCOMPARE(qRound(m_session->settings().loras[0].scale * 100), 85);
        QCOMPARE(m_driver->item(QStringLiteral("addonScale")), scale); // the row stayed

        // Painted with both.
        session::PaintSettings settings = m_session->settings();
        settings.size = QSize(64, 64);
        settings.steps = 2;
        m_session->setSettings(settings);
        m_driver->item(QStringLiteral("promptInput"))->forceActiveFocus();
        m_driver->type(QStringLiteral("a fox"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->takes().size(), 1, 120'000);
        const generation::Recipe recipe = m_session->takes()[0].recipe;
        QCOMPARE(recipe.model, model);
        QCOMPARE(recipe.loras, m_session->settings().loras);

        // Painting goes on over the take.
        QTRY_VERIFY(!m_session->board()->takes(m_session->activeFrame()).isEmpty());
        QQuickItem *take = nullptr;
        QTRY_VERIFY((take = m_driver->with("takeId", m_session->takes()[0].id)));
        m_driver->click(take);
        QQuickItem *over = nullptr;
        QTRY_VERIFY((over = m_driver->item(QStringLiteral("paintOverTake"))));
        m_driver->click(over);
        QTRY_VERIFY(!m_session->settings().start.picture.isEmpty());
        QQuickItem *strength = nullptr;
        QTRY_VERIFY((strength = m_driver->item(QStringLiteral("startStrength"))));
        strength->forceActiveFocus(Qt::TabFocusReason);
        for (int i = 0; i < 13; ++i)
            m_driver->press(Qt::Key_Left);
        QCOMPARE(qRound(m_session->settings().start.strength * 100), 10);
        settings = m_session->settings();
        settings.steps = 20; // two of them are taken
        m_session->setSettings(settings);
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->takes().size(), 2, 120'000);
        const generation::RecipeStart painted = m_session->takes()[1].recipe.start;
        QCOMPARE(qRound(painted.strength * 100), 10);
        QCOMPARE(painted.picture.hash, m_session->settings().start.picture.hash);
        // With so little of the run, the take is the picture, as the autoencoder gives it back.
        QVERIFY(difference(m_session->takes()[0].image, m_session->takes()[1].image) < 40);

        // Kept with the frame in the board's file.
        const session::PaintSettings kept = m_session->settings();
        const QString board = at("kept.moodloom");
        m_session->saveBoardAs(board);
        QTRY_COMPARE(m_session->board()->path(), board);
        QTRY_VERIFY(m_session->board()->saveState() != board::Board::SaveState::Saving);
        end();
        QVERIFY(start());
        m_session->openBoard(board);
        QTRY_COMPARE(m_session->board()->path(), board);
        QTRY_VERIFY(!m_session->activeFrame().isNull());
        QVERIFY(m_session->settings() == kept);
        QQuickItem *off = nullptr;
        QTRY_VERIFY((off = m_driver->item(QStringLiteral("removeAddon"))));
        m_driver->click(off);
        QTRY_VERIFY(m_session->settings().loras.isEmpty());
        m_driver->click(m_driver->item(QStringLiteral("clearStart")));
        QTRY_VERIFY(m_session->settings().start.picture.isEmpty());
        m_session->board()->undo();
        QVERIFY(!m_session->settings().start.picture.isEmpty());
    }

    void withoutAFrameTheChoiceSurvivesARestartAndANewFrameTakesIt()
    {
        const QString lora = at("ComfyUI/models/loras/talagon.safetensors");
        session::PaintSettings settings = m_session->settings();
        settings.loras = {{lora, 0.6}};
        m_session->setSettings(settings);
        end();
        QVERIFY(start());
        QVERIFY(m_session->activeFrame().isNull());
        QCOMPARE(m_session->settings().loras, (QVector<generation::RecipeLora>{{lora, 0.6}}));
        // It does not fit the built-in model: the panel says so.
        QTRY_VERIFY(m_driver->item(QStringLiteral("addonReason")));
        m_driver->click(m_driver->item(QStringLiteral("boardCanvas")));
        m_driver->press(Qt::Key_N);
        QTRY_VERIFY(!m_session->activeFrame().isNull());
        const board::Item *frame = m_session->board()->item(m_session->activeFrame());
        QCOMPARE(frame->frame()->loras, (QVector<board::FrameLora>{{lora, 0.6}}));
        QCOMPARE(m_session->settings().loras, settings.loras);
    }

    void theInterfaceNeverStandsStillOverALargeShelf()
    {
        for (int i = 0; i < 400; ++i)
            write(qPrintable(
                      QStringLiteral("many/lora %1.safetensors").arg(i, 3, 10, QLatin1Char('0'))),
                  testing::loraFile(i % 2 ? 768 : 2048));
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        m_driver->settle();
        testing::EventLoopWatch watch;
        shelf()->addFolder(QUrl::fromLocalFile(at("many")));
        QTRY_VERIFY_WITH_TIMEOUT(shelf()->total() == 403 && !shelf()->isScanning(), 60'000);
        const QString figures = QStringLiteral("longest gap %1 ms, the machine's own %2 ms")
                                    .arg(watch.longestGap())
                                    .arg(watch.machineDelay());
        qInfo("%s", qPrintable(figures));
        // Drawing a frame in software is in it; a scan of the folder would be many times that.
        QVERIFY2(watch.longestGap() <= 150 + watch.machineDelay(), qPrintable(figures));
    }

private:
    bool start()
    {
        m_session = std::make_unique<session::Session>(session::Session::Options{});
        connect(m_session.get(), &session::Session::failed, this,
                [](const Error &error) { qWarning("%s", errorText(error).c_str()); });
        m_interface = std::make_unique<ui::Interface>(m_session.get());
        if (!m_interface->show())
            return false;
        auto *window =
            qobject_cast<QQuickWindow *>(m_interface->engine()->rootObjects().constFirst());
        window->resize(1440, 900);
        window->requestActivate();
        m_driver = std::make_unique<fake::WindowDriver>(window);
        return QTest::qWaitForWindowActive(window);
    }
    void end()
    {
        m_driver.reset();
        m_interface.reset();
        m_session.reset();
    }
    // Of two pictures, 0..255, on average.
    static double difference(const QImage &a, const QImage &b)
    {
        double sum = 0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x)
                sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
        return sum / (a.width() * a.height());
    }
    ui::ShelfModel *shelf() const { return m_interface->workspace()->shelf(); }
    QString at(const char *name) const { return m_home->filePath(QString::fromUtf8(name)); }
    QQuickItem *row(const char *name) const { return m_driver->with("path", at(name)); }
    // The button of a row.
    QQuickItem *button(const QString &path) const
    {
        const QQuickItem *row = m_driver->with("path", path);
        for (QQuickItem *item : m_driver->all(QStringLiteral("useModel")))
            if (row && row->isAncestorOf(item))
                return item;
        return nullptr;
    }
    void write(const char *name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QTemporaryDir m_kept;
    QString m_tiny, m_checkpoint;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<testing::FileServer> m_server;
    std::unique_ptr<fake::QmlWarnings> m_warnings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Interface> m_interface;
    std::unique_ptr<fake::WindowDriver> m_driver;
};

QTEST_MAIN(ShelfTest)
#include "ShelfTest.moc"
