// The models page over the real session: real files, real clicks and keys.
#include "core/board/Board.h"
#include "core/session/Painter.h"
#include "tests/models/SingleFileTensors.h"
#include "tests/support/EventLoopWatch.h"
#include "tests/ui/ShelfFixture.h"

using namespace moodloom;

class ShelfTest : public QObject, private fake::ShelfFixture
{
    Q_OBJECT
    QTemporaryDir m_kept;
    QString m_tiny, m_checkpoint;

    // The button of a row.
    QQuickItem *button(const QString &path) const
    {
        const QQuickItem *row = m_driver->with("path", path);
        for (QQuickItem *item : m_driver->all(QStringLiteral("useModel")))
            if (row && row->isAncestorOf(item))
                return item;
        return nullptr;
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

private Q_SLOTS:
    void initTestCase()
    {
        prepare(QStringLiteral("shelf"));
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
    void init() { openMachine(); }
    void cleanup() { closeMachine(); }

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
                 ui::Format::path(at("ComfyUI")));
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
};

QTEST_MAIN(ShelfTest)
#include "ShelfTest.moc"
