// The view-models of the shelf by themselves: what is listed, what is put on, what that asks for.
#include "tests/ui/SessionFixture.h"
#include "ui/generation/AddonModel.h"
#include "ui/generation/PaintOptions.h"
#include "ui/prompt/PromptModel.h"
#include "ui/shelf/ShelfModel.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using fake::world;

class ShelfModelsTest : public QObject, protected fake::SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { start(); }

    void theShelfIsNarrowedByWordsGroupAndFamily()
    {
        fillShelf();
        ui::ShelfModel shelf(m_session.get());
        QAbstractItemModelTester tester(&shelf);
        QCOMPARE(titles(shelf), (QStringList{QStringLiteral("Built-in"), QStringLiteral("sd15"),
                                             QStringLiteral("fox"), QStringLiteral("big"),
                                             QStringLiteral("canny"), QStringLiteral("vae")}));
        shelf.setGroup(int(ui::ShelfModel::Group::Loras));
        QCOMPARE(titles(shelf), (QStringList{QStringLiteral("fox"), QStringLiteral("big")}));
        shelf.setFamily(QStringLiteral("SDXL"));
        QCOMPARE(titles(shelf), QStringList{QStringLiteral("big")});
        shelf.setFamily({});
        shelf.setWords(QStringLiteral("RED lora"));
        QCOMPARE(titles(shelf), QStringList{QStringLiteral("fox")}); // by its trigger words
        shelf.setWords({});
        shelf.setGroup(int(ui::ShelfModel::Group::All));
        QCOMPARE(titles(shelf).size(), 6);
        QCOMPARE(shelf.groupCounts()[int(ui::ShelfModel::Group::Loras)].toInt(), 2);
        // A model that goes from the disk goes from the list; the others keep their rows.
        const QPersistentModelIndex last(shelf.index(5));
        world().shelf.removeAt(1);
        Q_EMIT m_session->shelf()->entriesChanged();
        QCOMPARE(titles(shelf).size(), 5);
        QCOMPARE(last.row(), 4);
    }

    void whatIsOnTheShelfIsUsedUnlessThereIsAReasonNotTo()
    {
        fillShelf();
        world().shelfReasons[QStringLiteral("/m/big")] = QStringLiteral("Made for SDXL.");
        ui::ShelfModel shelf(m_session.get());
        shelf.use(QStringLiteral("/m/sd15"));
        QCOMPARE(world().settings.model, QStringLiteral("/m/sd15"));
        QVERIFY(shelf.index(1).data(ui::ShelfModel::InUseRole).toBool());
        QVERIFY(!shelf.index(0).data(ui::ShelfModel::InUseRole).toBool());
        shelf.use(QStringLiteral("/m/big"));
        QVERIFY(world().settings.loras.isEmpty());
        shelf.use(QStringLiteral("/m/vae"));
        shelf.use(QStringLiteral("/m/nothing"));
        shelf.use(QStringLiteral("/m/fox"));
        QCOMPARE(world().settings.loras,
                 (QVector<generation::RecipeLora>{{QStringLiteral("/m/fox"), 1}}));
        shelf.setScale(QStringLiteral("/m/fox"), 9);
        QCOMPARE(world().settings.loras[0].scale, 2.0);
        QCOMPARE(shelf.index(2).data(ui::ShelfModel::ScaleRole).toDouble(), 2.0);
        // What does not fit any more can still be taken off.
        world().shelfReasons[QStringLiteral("/m/fox")] = QStringLiteral("Made for SD 1.x.");
        shelf.use(QStringLiteral("/m/fox"));
        QVERIFY(world().settings.loras.isEmpty());
        shelf.use(QString());
        QCOMPARE(world().settings.model, QString());
    }

    void aControlNetAsksForItsPicture()
    {
        fillShelf();
        ui::ShelfModel shelf(m_session.get());
        QSignalSpy wanted(&shelf, &ui::ShelfModel::pictureWanted);
        shelf.use(QStringLiteral("/m/canny"));
        QCOMPARE(wanted.size(), 1);
        QVERIFY(world().settings.controls.isEmpty());
        shelf.follow(QStringLiteral("/m/canny"),
                     QUrl::fromLocalFile(QStringLiteral("/p/edges.png")));
        QCOMPARE(world().settings.controls.size(), 1);
        QCOMPARE(world().settings.controls[0].picture.path, QStringLiteral("/p/edges.png"));
        shelf.use(QStringLiteral("/m/canny"));
        QVERIFY(world().settings.controls.isEmpty());
        QCOMPARE(wanted.size(), 1);
    }

    void triggerWordsComeIntoThePromptOnce()
    {
        ui::ShelfModel shelf(m_session.get());
        shelf.addWord(QStringLiteral("red fox"));
        QCOMPARE(world().prompt, QStringLiteral("red fox"));
        shelf.addWord(QStringLiteral("snow"));
        shelf.addWord(QStringLiteral("Red Fox"));
        QCOMPARE(world().prompt, QStringLiteral("red fox, snow"));
    }

    void foldersOfModelsAreKeptInTheSettings()
    {
        world().places = {
            {{QStringLiteral("/programs/ComfyUI"), shelf::FolderKind::ComfyUi}, false, true}};
        {
            ui::ShelfModel shelf(m_session.get());
            shelf.addFolder(QUrl::fromLocalFile(QStringLiteral("/mine/")));
            shelf.addFolder(QUrl::fromLocalFile(QStringLiteral("/mine")));
            QCOMPARE(world().ownPlaces, QStringList{QStringLiteral("/mine")});
            shelf.removeFolder(QStringLiteral("/programs/ComfyUI"));
            QCOMPARE(shelf.places().size(), 1);
        }
        world().ownPlaces.clear();
        world().leftOutPlaces.clear();
        ui::ShelfModel shelf(m_session.get());
        QCOMPARE(world().ownPlaces, QStringList{QStringLiteral("/mine")});
        QCOMPARE(world().leftOutPlaces, QStringList{QStringLiteral("/programs/ComfyUI")});
        shelf.addFolder(QUrl::fromLocalFile(QStringLiteral("/programs/ComfyUI"))); // again
        QVERIFY(world().leftOutPlaces.isEmpty());
        QCOMPARE(world().ownPlaces, QStringList{QStringLiteral("/mine")});
    }

    void whatIsPutOnKeepsItsRowWhileItsScaleChanges()
    {
        ui::PaintOptions options(m_session.get());
        ui::AddonModel &addons = *options.addons();
        QAbstractItemModelTester tester(&addons);
        generation::PaintSettings settings = m_session->settings();
        settings.loras = {{QStringLiteral("/m/a.safetensors"), 1},
                          {QStringLiteral("/m/b.safetensors"), 1}};
        settings.controls = {{QStringLiteral("/m/canny"), {QStringLiteral("/p/edges.png"), {}}, 1}};
        settings.adapters = {QStringLiteral("/m/plus.safetensors")};
        m_session->setSettings(settings);
        QCOMPARE(addons.count(), 4);
        QCOMPARE(addons.index(0).data(ui::AddonModel::NameRole).toString(), QStringLiteral("a"));
        QVERIFY(addons.index(2)
                    .data(ui::AddonModel::DetailRole)
                    .toString()
                    .contains(QStringLiteral("edges.png")));
        QVERIFY(!addons.index(3).data(ui::AddonModel::ScaledRole).toBool());
        QSignalSpy reset(&addons, &QAbstractItemModel::modelReset);
        addons.setScale(1, 0.4);
        addons.setScale(2, 9);
        QCOMPARE(world().settings.loras[1].scale, 0.4);
        QCOMPARE(world().settings.loras[0].scale, 1.0);
        QCOMPARE(world().settings.controls[0].scale, 2.0);
        QCOMPARE(reset.size(), 0);
        addons.remove(0);
        addons.remove(2);
        QCOMPARE(world().settings.loras.size(), 1);
        QVERIFY(world().settings.adapters.isEmpty());
        QCOMPARE(addons.count(), 2);
    }

private:
    static void fillShelf()
    {
        using models::ModelKind;
        const auto add = [](ModelKind kind, const char *name, const char *family,
                            const char *word) {
            shelf::ShelfEntry entry;
            entry.kind = kind;
            entry.title = QLatin1String(name);
            entry.path = QStringLiteral("/m/") + entry.title;
            entry.family = QLatin1String(family);
            if (*word)
                entry.words = {QLatin1String(word)};
            entry.bytes = 150'000'000;
            world().shelf.append(entry);
        };
        add(ModelKind::StableDiffusion, "sd15", "SD 1.x", "");
        add(ModelKind::Lora, "fox", "SD 1.x", "red fox");
        add(ModelKind::Lora, "big", "SDXL", "");
        add(ModelKind::ControlNet, "canny", "SD 1.x", "");
        add(ModelKind::Vae, "vae", "", "");
    }
    static QStringList titles(const ui::ShelfModel &shelf)
    {
        QStringList list;
        for (int row = 0; row < shelf.rowCount(); ++row)
            list.append(shelf.index(row).data(ui::ShelfModel::TitleRole).toString());
        return list;
    }
};

QTEST_MAIN(ShelfModelsTest)
#include "ShelfModelsTest.moc"
