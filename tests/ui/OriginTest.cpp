// A picture that tells how it was made, dropped on the prompt or chosen, and put to use.
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/export/Png.h"
#include "tests/ui/WindowFixture.h"

#include <QDropEvent>
#include <QMimeData>

using namespace moodloom;
using fake::world;

class OriginTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    QQuickItem *item(const char *name) const { return m_driver->item(QLatin1String(name)); }

    QString ownPicture()
    {
        generation::Take take;
        take.recipe.prompt = QStringLiteral("a red car");
        take.recipe.negativePrompt = QStringLiteral("fog");
        take.recipe.seed = 77;
        take.recipe.steps = 9;
        take.recipe.guidance = 3.5;
        take.recipe.size = QSize(256, 320);
        take.recipe.sampler = generation::Sampler::Heun;
        take.recipe.model = QStringLiteral("/gone/dreamer.safetensors");
        take.recipe.references = {
            {world().assets[0].path, world().assets[0].hash, QStringLiteral("a car"), 1.5, {}}};
        take.image = fake::picture(Qt::red, {256, 320});
        const QString path = m_home.filePath(QStringLiteral("take.png"));
        [&] { QVERIFY(exporting::exportPng(take, path)); }();
        return path;
    }
    QString webUiPicture()
    {
        const QString path = m_home.filePath(QStringLiteral("webui.png"));
        const QString text = QStringLiteral(
            "a blue lake, (calm:1.2)\nNegative prompt: people\nSteps: 12, Sampler: DPM fast, CFG "
            "scale: 8, Seed: 5, Size: 512x512, Model: dreamshaper_8, Clip skip: 2");
        [&] {
            QVERIFY(exporting::writePng(fake::picture(Qt::blue, {64, 64}), path,
                                        {{"parameters", text}}));
        }();
        return path;
    }

    void drop(const QString &file, const QQuickItem *on)
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        const QPoint where = m_driver->centre(on);
        QDragEnterEvent enter(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &enter);
        QDragMoveEvent move(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &move);
        if (on == item("promptInput"))
            QVERIFY(item("promptDropHint"));
        QDropEvent event(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &event);
        QVERIFY(event.isAccepted());
    }
    void dropOnPrompt(const QString &file)
    {
        drop(file, item("promptInput"));
        QTRY_VERIFY(item("useOrigin"));
        m_driver->settle();
    }
    QStringList notes() const
    {
        QStringList texts;
        for (const QQuickItem *note : m_driver->all(QStringLiteral("originNote")))
            texts << note->property("text").toString();
        return texts;
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("origin")); }

    void init()
    {
        openWindow();
        QTRY_VERIFY(item("promptInput")->hasActiveFocus());
        for (library::Asset &asset : world().assets) {
            asset.path = m_home.filePath(QStringLiteral("asset%1.png").arg(asset.id));
            if (asset.id < 3)
                fake::picture(Qt::green, {120, 80}).save(asset.path);
        }
        QFile file(world().assets[0].path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        world().assets[0].hash = QString::fromLatin1(
            QCryptographicHash::hash(file.readAll(), QCryptographicHash::Blake2b_256).toHex());
    }

    void cleanup() { closeWindow(); }

    void aTakeOnThePromptBringsEverythingBack()
    {
        m_driver->type(QStringLiteral("half a thought"));
        const QString path = ownPicture();
        dropOnPrompt(path);
        QCOMPARE(world().prompt, QStringLiteral("half a thought")); // nothing yet
        QVERIFY(notes().join(u' ').contains(QStringLiteral("dreamer.safetensors")));
        m_driver->click(item("useOrigin"));
        QCOMPARE(world().prompt, QStringLiteral("a red car"));
        QCOMPARE(world().settings.negativePrompt, QStringLiteral("fog"));
        QCOMPARE(world().settings.seed, 77ULL);
        QVERIFY(!world().settings.randomSeed);
        QCOMPARE(world().settings.steps, 9);
        QCOMPARE(world().settings.guidance, 3.5);
        QCOMPARE(world().settings.size, QSize(256, 320));
        QVERIFY(world().settings.sampler == generation::Sampler::Heun);
        QVERIFY(world().settings.model.isEmpty()); // it is not here
        const board::Board &board = *m_session->board();
        const board::Item *frame = board.item(board.frames().value(0));
        QVERIFY(frame);
        QCOMPARE(frame->frame()->shelf,
                 QVector<board::ItemId>{board.pictureOf(world().assets[0].hash)});
        QCOMPARE(board.item(frame->frame()->shelf[0])->picture()->weight, 1.5);
        QTRY_VERIFY(!item("useOrigin"));

        // One step back to what was typed.
        QQuickItem *undo = nullptr;
        QTRY_VERIFY((undo = m_driver->with("text", QStringLiteral("Undo"))));
        m_driver->click(undo);
        frame = board.item(board.frames().value(0));
        QVERIFY(frame);
        QCOMPARE(frame->frame()->prompt, QStringLiteral("half a thought"));
        QVERIFY(frame->frame()->shelf.isEmpty());
        QVERIFY(board.pictureOf(world().assets[0].hash).isNull());
    }

    void keysAloneUseItOrLeaveIt()
    {
        const QString path = webUiPicture();
        dropOnPrompt(path);
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(!item("useOrigin"));
        QCOMPARE(world().prompt, QString());
        dropOnPrompt(path);
        QTRY_VERIFY(item("useOrigin")->hasActiveFocus());
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().prompt, QStringLiteral("a blue lake, (calm:1.2)"));
        QCOMPARE(world().settings.steps, 12);
        QVERIFY(m_session->board()->frames().size() == 1);
    }

    void whatCannotBeTakenOverIsSaid()
    {
        world().settings.sampler = generation::Sampler::Lms;
        dropOnPrompt(webUiPicture());
        const QString all = notes().join(u'\n');
        for (const char *part : {"dreamshaper_8", "DPM fast", "Clip skip: 2", "(word:1.2)"})
            QVERIFY2(all.contains(QLatin1String(part)), part);
        m_driver->click(item("useOrigin"));
        QVERIFY(world().settings.sampler == generation::Sampler::Lms);
    }

    void aModelOnTheShelfIsChosen()
    {
        shelf::ShelfEntry model;
        model.path = QStringLiteral("/models/DreamShaper_8.safetensors");
        model.title = QStringLiteral("DreamShaper_8");
        model.kind = models::ModelKind::StableDiffusion;
        world().shelf = {model};
        dropOnPrompt(webUiPicture());
        QVERIFY(!notes().join(u' ').contains(QStringLiteral("dreamshaper")));
        m_driver->click(item("useOrigin"));
        QCOMPARE(world().settings.model, model.path);
    }

    void onlyWhatIsWantedIsTaken()
    {
        world().settings.steps = 33;
        m_driver->type(QStringLiteral("mine"));
        dropOnPrompt(webUiPicture());
        m_driver->click(item("takePrompt"));
        m_driver->click(item("takeSettings"));
        m_driver->click(item("useOrigin"));
        QCOMPARE(world().prompt, QStringLiteral("mine"));
        QCOMPARE(world().settings.steps, 33);
        QCOMPARE(world().settings.seed, 5ULL);
    }

    void aPictureThatTellsNothingGoesOntoTheBoard()
    {
        const QString path = world().assets[1].path;
        drop(path, item("promptInput"));
        QTRY_COMPARE(m_session->board()->items().size(), 1);
        QVERIFY(!item("useOrigin"));
        QVERIFY(
            item("toast")->property("message").toString().contains(QStringLiteral("does not say")));
        QCOMPARE(world().imported, QStringList{path});
    }

    void aChipStillTakesItsPicture()
    {
        m_driver->type(QStringLiteral("a car,at sunset"));
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("at sunset")));
        m_driver->settle();
        drop(ownPicture(), m_driver->with("text", QStringLiteral("at sunset")));
        QTRY_COMPARE(world().references.size(), 1);
        QVERIFY(!item("useOrigin"));
    }
};

QTEST_MAIN(OriginTest)
#include "OriginTest.moc"
