// A picture's settings put to use in a real session: one step, and back.
#include "core/session/OriginDesk.h"
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "tests/support/TestModel.h"

#include <QCoroTask>
#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;

class OriginDeskTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_dir.path().toUtf8()); }

    void oneStepTakesItAndOneBringsBackWhatWas()
    {
        Session::Options options;
        options.modelFolder = testing::modelFolder();
        Session session(options);
        OriginDesk desk(&session);
        generation::Take take;
        take.recipe.prompt = QStringLiteral("a red car");
        take.recipe.seed = 9;
        take.recipe.steps = 11;
        take.recipe.size = QSize(130, 128);
        take.recipe.model = testing::modelFolder();
        take.image = QImage(130, 128, QImage::Format_RGB32);
        take.image.fill(Qt::red);
        const QString reference = m_dir.filePath(QStringLiteral("sky.png"));
        QVERIFY(take.image.save(reference));
        QFile bytes(reference);
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        take.recipe.references = {
            {reference,
             QString::fromLatin1(
                 QCryptographicHash::hash(bytes.readAll(), QCryptographicHash::Blake2b_256)
                     .toHex()),
             QStringLiteral("sky"), 0.5, QRectF(0.25, 0, 0.5, 0.5)},
            {m_dir.filePath(QStringLiteral("gone.png")),
             QStringLiteral("beef"),
             QStringLiteral("gone"),
             1,
             {}}};
        const QString path = m_dir.filePath(QStringLiteral("take.png"));
        QVERIFY(exporting::exportPng(take, path));

        session.finder()->setPrompt(QStringLiteral("what I was writing"));
        const PaintSettings before = session.settings();
        const Result<origin::Reuse> reuse = QCoro::waitFor(desk.read(path));
        QVERIFY(reuse);
        QCOMPARE(reuse->references.size(), 1);
        QCOMPARE(reuse->settings.size, QSize(128, 128));
        QCOMPARE(reuse->notes.size(), 2); // the size and the reference that is gone
        QVERIFY(session.settings() == before);
        desk.use(*reuse, {});
        QCOMPARE(session.finder()->prompt(), QStringLiteral("a red car"));
        QCOMPARE(session.settings().steps, 11);
        QCOMPARE(session.settings().seed, 9ULL);
        // The same region acts again.
        const generation::Recipe recipe = session.recipe();
        QCOMPARE(recipe.references.size(), 1);
        QCOMPARE(recipe.references[0].weight, 0.5);
        const QRectF region = recipe.references[0].region;
        QVERIFY(qAbs(region.center().x() - 0.5) < 0.01 && qAbs(region.width() - 0.5) < 0.01);
        QVERIFY(qAbs(region.top()) < 0.02);

        session.board()->undo();
        QCOMPARE(session.finder()->prompt(), QStringLiteral("what I was writing"));
        QCOMPARE(session.settings().steps, before.steps);
        QVERIFY(session.recipe().references.isEmpty());
        session.board()->redo();
        QCOMPARE(session.finder()->prompt(), QStringLiteral("a red car"));
        QCOMPARE(session.settings().steps, 11);
    }

    // Notes and turned pictures act again in the shapes that they acted in; taken twice, they are there once.
    void notesAndTurnedPicturesComeBackToTheirPlaces()
    {
        Session session(Session::Options{});
        OriginDesk desk(&session);
        generation::Take take;
        take.recipe.prompt = QStringLiteral("a meadow");
        take.recipe.size = QSize(256, 256);
        take.recipe.texts = {
            {QStringLiteral("clouds"), 1, {{0, 0}, {1, 0}, {1, 0.25}, {0, 0.25}}},
            {QStringLiteral("a red castle"), 1.5, {{0.5, 0.4}, {0.8, 0.6}, {0.6, 0.9}, {0.3, 0.7}}, {0, 0.5}}};
        take.image = QImage(256, 256, QImage::Format_RGB32);
        take.image.fill(Qt::blue);
        const QString sky = m_dir.filePath(QStringLiteral("turned.png"));
        QVERIFY(take.image.save(sky));
        QFile bytes(sky);
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        generation::RecipeReference turned{
            sky,
            QString::fromLatin1(QCryptographicHash::hash(bytes.readAll(), QCryptographicHash::Blake2b_256).toHex()),
            QStringLiteral("sky"), 0.5, QRectF(0.25, 0.25, 0.5, 0.5)};
        turned.shape = {{0.5, 0.25}, {0.75, 0.5}, {0.5, 0.75}, {0.25, 0.5}};
        take.recipe.references = {turned};
        const QString path = m_dir.filePath(QStringLiteral("noted.png"));
        QVERIFY(exporting::exportPng(take, path));

        const Result<origin::Reuse> reuse = QCoro::waitFor(desk.read(path));
        QVERIFY(reuse);
        const auto near = [](const QVector<QPointF> &a, const QVector<QPointF> &b) {
            for (qsizetype i = 0; i < a.size(); ++i)
                if ((a[i] - b.value(i)).manhattanLength() > 0.01)
                    return false;
            return a.size() == b.size();
        };
        for (int time = 0; time < 2; ++time) {
            desk.use(*reuse, {});
            const generation::Recipe recipe = session.recipe();
            QCOMPARE(recipe.texts.size(), 2);
            for (qsizetype i = 0; i < 2; ++i) {
                QCOMPARE(recipe.texts[i].text, take.recipe.texts[i].text);
                QCOMPARE(recipe.texts[i].weight, take.recipe.texts[i].weight);
                QCOMPARE(recipe.texts[i].steps, take.recipe.texts[i].steps);
            }
            for (qsizetype i = 0; i < 2; ++i)
                QVERIFY(near(recipe.texts[i].shape, take.recipe.texts[i].shape));
            QCOMPARE(recipe.references.size(), 1);
            QVERIFY(near(recipe.references[0].shape, turned.shape));
        }
        session.board()->undo();
        session.board()->undo();
        QVERIFY(session.recipe().texts.isEmpty());
    }

    void aLaterReadingGivesUpTheOneBefore()
    {
        Session session(Session::Options{});
        OriginDesk desk(&session);
        QCoro::Task<Result<origin::Reuse>> first =
            desk.read(m_dir.filePath(QStringLiteral("take.png")));
        const auto second = QCoro::waitFor(desk.read(m_dir.filePath(QStringLiteral("none.png"))));
        QCOMPARE(second.error().code, ErrorCode::NotFound);
        QCOMPARE(QCoro::waitFor(std::move(first)).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(OriginDeskTest)
#include "OriginDeskTest.moc"
