// The main job from the command line, as a user runs it: the real program in a fresh home.
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/generation/BoardReferences.h"
#include "tests/support/TestModel.h"

#include <QDirIterator>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;

class CommandLineTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    struct Ran
    {
        int code = -1;
        QByteArray out, err;
        QVector<QJsonObject> events(const QString &name) const
        {
            QVector<QJsonObject> found;
            for (const QByteArray &line : out.split('\n')) {
                const QJsonObject event = QJsonDocument::fromJson(line).object();
                if (event["event"] == name)
                    found.append(event);
            }
            return found;
        }
    };
    QString at(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    Ran run(const QStringList &arguments, const QString &language = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MOODLOOM_HOME"), at("home"));
        environment.insert(QStringLiteral("MOODLOOM_MODEL"), testing::modelFolder());
        if (!language.isEmpty())
            environment.insert(QStringLiteral("MOODLOOM_LANGUAGE"), language);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(MOODLOOM_PROGRAM), arguments);
        process.waitForFinished(240'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const Ran drawn = run({QStringLiteral("sample-library"), at("pictures"), QStringLiteral("--count"),
                               QStringLiteral("60"), QStringLiteral("--size"), QStringLiteral("128")});
        QVERIFY2(drawn.code == 0, drawn.err);
    }

    void tellsTheMemoryPlanAndKeepsToTheLimit()
    {
        if (testing::modelFolder().isEmpty())
            QSKIP("no model");
        const QStringList arguments{QStringLiteral("generate"), QStringLiteral("a tower"),
                                    QStringLiteral("--no-search"), QStringLiteral("--steps"),
                                    QStringLiteral("2"), QStringLiteral("--size"),
                                    QStringLiteral("128x128"), QStringLiteral("--seed"),
                                    QStringLiteral("3"), QStringLiteral("--out"), at("plan.png"),
                                    QStringLiteral("--json")};
        const Ran painted = run(arguments + QStringList{QStringLiteral("--preview"), at("now.png")});
        QVERIFY2(painted.code == 0, painted.err + painted.out.right(2000));
        const auto told = painted.events(QStringLiteral("memory"));
        QCOMPARE(told.size(), 1);
        QVERIFY(told[0]["fits"].toBool());
        const QJsonObject plan = told[0]["plan"].toObject();
        QCOMPARE(plan["thrift"].toString(), QStringLiteral("none"));
        const double peak = plan["bytes"].toObject()["peak"].toDouble();
        QVERIFY(peak > 50e6 && peak < 2e9);
        QCOMPARE(painted.events(QStringLiteral("painted"))[0]["plan"].toObject(), plan);
        QVERIFY(!QImage(at("now.png")).isNull());
        // Far too little: said before anything is loaded.
        const Ran refused = run(arguments + QStringList{QStringLiteral("--memory-limit"), QStringLiteral("64M")});
        QCOMPARE(refused.code, 1);
        QVERIFY(!refused.events(QStringLiteral("memory"))[0]["fits"].toBool());
        QCOMPARE(refused.events(QStringLiteral("error"))[0]["code"].toString(),
                 QStringLiteral("out-of-memory"));
        const Ran wrong = run(arguments + QStringList{QStringLiteral("--memory-limit"), QStringLiteral("much")});
        QCOMPARE(wrong.code, 2);
    }

    void aPictureTellsHowItWasMadeAndIsPaintedAgain()
    {
        if (testing::modelFolder().isEmpty())
            QSKIP("no model");
        QDirIterator pictures(at("pictures"), {QStringLiteral("*.png"), QStringLiteral("*.jpg")}, QDir::Files, QDirIterator::Subdirectories);
        const QString reference = pictures.next();
        const Ran first = run({QStringLiteral("generate"), QStringLiteral("a tower at night"),
                               QStringLiteral("--no-search"), QStringLiteral("--pin"), reference + QStringLiteral(":1.2:style"),
                               QStringLiteral("--steps"), QStringLiteral("3"), QStringLiteral("--size"),
                               QStringLiteral("128x96"), QStringLiteral("--negative"), QStringLiteral("fog"),
                               QStringLiteral("--seed"), QStringLiteral("12345678901234567890"), QStringLiteral("--out"), at("first.png")});
        QVERIFY2(first.code == 0, first.err);
        const Ran told = run({QStringLiteral("inspect"), at("first.png"), reference, QStringLiteral("--json")});
        QCOMPARE(told.code, 1); // a drawn picture tells nothing
        const auto origins = told.events(QStringLiteral("origin"));
        QCOMPARE(origins.size(), 1);
        QCOMPARE(origins[0]["prompt"].toString(), QStringLiteral("a tower at night"));
        QCOMPARE(origins[0]["seed"].toString(), QStringLiteral("12345678901234567890"));
        QCOMPARE(origins[0]["references"].toArray().size(), 1);
        QVERIFY(origins[0]["notes"].toArray().isEmpty());
        QVERIFY(run({QStringLiteral("inspect"), at("first.png")}).out.contains("a tower at night"));
        const Ran again = run({QStringLiteral("generate"), QStringLiteral("--from"), at("first.png"), QStringLiteral("--out"), at("again.png")});
        QVERIFY2(again.code == 0, again.err);
        QCOMPARE(QImage(at("again.png")), QImage(at("first.png")));
        QVERIFY(exporting::readRecipe(at("again.png")).value() == exporting::readRecipe(at("first.png")).value());
        // What is said comes over what the picture tells.
        const Ran other = run({QStringLiteral("generate"), QStringLiteral("a hill"), QStringLiteral("--from"), at("first.png"),
                               QStringLiteral("--seed"), QStringLiteral("4"), QStringLiteral("--out"), at("other.png")});
        QVERIFY2(other.code == 0, other.err);
        const auto recipe = exporting::readRecipe(at("other.png"));
        QVERIFY(recipe);
        QCOMPARE(recipe->prompt, QStringLiteral("a hill"));
        QCOMPARE(recipe->seed, 4ULL);
        QCOMPARE(recipe->steps, 3);
        QCOMPARE(recipe->negativePrompt, QStringLiteral("fog"));
    }

    void addsFilesAndListsTheDamagedOnes()
    {
        QFile broken(at("pictures/broken.jpg"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("\xff\xd8\xff\xe0 not a picture");
        broken.close();
        QFile empty(at("pictures/empty.png"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        const Ran added = run({QStringLiteral("library"), QStringLiteral("add"), at("pictures"),
                               QStringLiteral("--library"), at("library"), QStringLiteral("--json")});
        QVERIFY2(added.code == 0, added.err + added.out.right(2000));
        const auto imported = added.events(QStringLiteral("imported"));
        QCOMPARE(imported.size(), 1);
        QCOMPARE(imported[0]["added"].toInt(), 60);
        QCOMPARE(imported[0]["failed"].toInt(), 2);
        QCOMPARE(added.events(QStringLiteral("failed")).size(), 2);
        const Ran again = run({QStringLiteral("library"), QStringLiteral("add"), at("pictures"),
                               QStringLiteral("--library"), at("library"), QStringLiteral("--json")});
        QCOMPARE(again.events(QStringLiteral("imported"))[0]["unchanged"].toInt(), 60);
    }

    void findsByWordsInBothLanguages()
    {
        for (const QString &prompt : {QStringLiteral("大众揽巡飞跃长城"),
                                      QStringLiteral("a Talagon SUV leaping over the Great Wall")}) {
            const Ran found = run({QStringLiteral("search"), prompt, QStringLiteral("--library"),
                                   at("library"), QStringLiteral("--json")});
            QVERIFY2(found.code == 0, found.err);
            const auto references = found.events(QStringLiteral("reference"));
            QVERIFY2(!references.isEmpty(), found.out.right(500));
        }
    }

    void paintsTheSameBytesTwiceAndWritesAllThreeFiles()
    {
        MOODLOOM_REQUIRE_MODEL();
        QByteArray pictures[2];
        for (int i = 0; i < 2; ++i) {
            const QString name = QStringLiteral("take%1").arg(i);
            const Ran painted = run({QStringLiteral("generate"),
                                     QStringLiteral("a red car beside a tower at sunset"),
                                     QStringLiteral("--library"), at("library"), QStringLiteral("--seed"),
                                     QStringLiteral("5"), QStringLiteral("--steps"), QStringLiteral("3"),
                                     QStringLiteral("--size"), QStringLiteral("128x128"),
                                     QStringLiteral("--out"), m_dir.filePath(name + QStringLiteral(".png")),
                                     QStringLiteral("--psd"), m_dir.filePath(name + QStringLiteral(".psd")),
                                     QStringLiteral("--board"),
                                     m_dir.filePath(name + QStringLiteral(".moodloom")),
                                     QStringLiteral("--json")});
            QVERIFY2(painted.code == 0, painted.err + painted.out.right(1500));
            QCOMPARE(painted.events(QStringLiteral("painted")).size(), 1);
            QVERIFY(painted.events(QStringLiteral("step")).size() >= 3);
            QFile file(m_dir.filePath(name + QStringLiteral(".png")));
            QVERIFY(file.open(QIODevice::ReadOnly));
            pictures[i] = file.readAll();
            QVERIFY(QFileInfo(m_dir.filePath(name + QStringLiteral(".psd"))).size() > 1000);
            QVERIFY(QFileInfo(m_dir.filePath(name + QStringLiteral(".moodloom"))).size() > 1000);
        }
        QCOMPARE(pictures[0], pictures[1]);
        const auto recipe = exporting::readRecipe(at("take0.png"));
        QVERIFY(recipe);
        QCOMPARE(recipe->seed, quint64(5));
    }

    void whatAPromptLeavesOpenIsChosenByTheSeed()
    {
        MOODLOOM_REQUIRE_MODEL();
        QDir().mkpath(at("words"));
        QFile file(at("words/place.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("# where\nthe Great Wall\na harbour\n"));
        file.close();
        const QString prompt = QStringLiteral("a {red|{light|dark} blue} car at __place__");
        const auto generate = [&](const QString &words, const char *out) {
            return run({QStringLiteral("generate"), words, QStringLiteral("--wildcards"), at("words"),
                        QStringLiteral("--no-search"), QStringLiteral("--seed"), QStringLiteral("11"),
                        QStringLiteral("--steps"), QStringLiteral("2"), QStringLiteral("--size"),
                        QStringLiteral("128x128"), QStringLiteral("--out"), at(out),
                        QStringLiteral("--json")});
        };
        const Ran first = generate(prompt, "open1.png");
        QVERIFY2(first.code == 0, first.err + first.out.right(1500));
        const Ran second = generate(prompt, "open2.png");
        QCOMPARE(second.code, 0);
        const auto recipe = exporting::readRecipe(at("open1.png"));
        const auto again = exporting::readRecipe(at("open2.png"));
        QVERIFY(recipe && again);
        QCOMPARE(*recipe, *again);
        QCOMPARE(recipe->promptTemplate, prompt);
        QVERIFY2(!recipe->prompt.contains(u'{') && !recipe->prompt.contains(u'_'), qPrintable(recipe->prompt));
        QVERIFY(recipe->prompt.endsWith(QStringLiteral("the Great Wall")) || recipe->prompt.endsWith(QStringLiteral("a harbour")));
        QCOMPARE(first.events(QStringLiteral("chosen"))[0]["prompt"].toString(), recipe->prompt);
        // The chosen words alone paint the same.
        QCOMPARE(generate(recipe->prompt, "open3.png").code, 0);
        QCOMPARE(QImage(at("open3.png")), QImage(at("open1.png")));
        const Ran missing = generate(QStringLiteral("a __boat__"), "open4.png");
        QCOMPARE(missing.code, 1);
        const QJsonObject error = missing.events(QStringLiteral("error")).value(0);
        QCOMPARE(error["subject"].toString(), QStringLiteral("__boat__"));
        QVERIFY2(error["detail"].toString().contains(QStringLiteral("boat.txt")), missing.out);
    }

    void notesActWhereTheyAreSaidTo()
    {
        MOODLOOM_REQUIRE_MODEL();
        const auto generate = [&](const QStringList &notes, const char *out) {
            QStringList arguments{QStringLiteral("generate"), QStringLiteral("a meadow by day"),
                                  QStringLiteral("--no-search"), QStringLiteral("--seed"), QStringLiteral("301"),
                                  QStringLiteral("--steps"), QStringLiteral("4"), QStringLiteral("--size"), QStringLiteral("128x128"),
                                  QStringLiteral("--out"), at(out), QStringLiteral("--json")};
            for (const QString &note : notes)
                arguments << QStringLiteral("--note") << note;
            return run(arguments);
        };
        const Ran plain = generate({}, "plain.png");
        QVERIFY2(plain.code == 0, plain.err + plain.out.right(1500));
        const QString castle = QStringLiteral("0.5,0.25,0.5,0.75:1.5:0-0.5=a **red** castle, at noon");
        const Ran noted = generate({QStringLiteral("0,0,0.25,0.25=clouds"), castle}, "noted.png");
        QVERIFY2(noted.code == 0, noted.err + noted.out.right(1500));
        QCOMPARE(noted.events(QStringLiteral("note")).size(), 2);
        QVERIFY(QImage(at("noted.png")) != QImage(at("plain.png")));
        const auto recipe = exporting::readRecipe(at("noted.png"));
        QVERIFY(recipe);
        QCOMPARE(recipe->texts.size(), 2);
        QCOMPARE(recipe->texts[0].text, QStringLiteral("clouds"));
        QVERIFY(recipe->texts[0].steps.isWhole());
        const generation::RecipeText wanted{QStringLiteral("a red castle, at noon"),
                                            1.5,
                                            {{0.5, 0.25}, {1, 0.25}, {1, 1}, {0.5, 1}},
                                            {0, 0.5}};
        QVERIFY(recipe->texts[1] == wanted);
        // What was noted is painted again, and a board says it where it acted.
        const Ran again = run({QStringLiteral("generate"), QStringLiteral("--from"), at("noted.png"), QStringLiteral("--out"),
                               at("noted again.png"), QStringLiteral("--board"), at("noted.moodloom")});
        QVERIFY2(again.code == 0, again.err);
        QCOMPARE(QImage(at("noted again.png")), QImage(at("noted.png")));
        const auto board = board::Board::open(at("noted.moodloom"));
        QVERIFY(board);
        const auto texts = generation::boardTexts(**board, (*board)->frames().first());
        QCOMPARE(texts.size(), 2);
        QCOMPARE(texts[1].text.text, wanted.text);
        QCOMPARE(texts[1].text.weight, wanted.weight);
        QCOMPARE(texts[1].text.steps, wanted.steps);
        QVERIFY((texts[1].region.topLeft() - QPointF(0.5, 0.25)).manhattanLength() < 1e-6);
        QVERIFY((texts[1].region.bottomRight() - QPointF(1, 1)).manhattanLength() < 1e-6);

        for (const char *bad : {"a castle", "0,0,1=a castle", "0.5,0,0.6,1=a castle", "0,0,0,1=a castle", "0,0,1,1= ** ",
                                "0,0,1,1:3=a castle", "0,0,1,1:1:0.5-0.5=a castle"}) {
            const Ran refused = generate({QString::fromLatin1(bad)}, "bad.png");
            QVERIFY2(refused.code != 0, bad);
            const QJsonObject error = refused.events(QStringLiteral("error")).value(0);
            QVERIFY2(error["subject"].toString().startsWith(QStringLiteral("--note")), bad);
        }
        QVERIFY(!QFileInfo::exists(at("bad.png")));
    }

    void pinsActAndDropsDoNot()
    {
        MOODLOOM_REQUIRE_MODEL();
        QImage own(64, 64, QImage::Format_RGB32);
        own.fill(Qt::magenta);
        own.save(at("own picture.png"));
        const Ran painted = run({QStringLiteral("generate"), QStringLiteral("a tower"),
                                 QStringLiteral("--library"), at("library"), QStringLiteral("--pin"),
                                 at("own picture.png") + QStringLiteral(":0.7"), QStringLiteral("--steps"),
                                 QStringLiteral("2"), QStringLiteral("--size"), QStringLiteral("128x128"),
                                 QStringLiteral("--out"), at("pinned.png"), QStringLiteral("--json")});
        QVERIFY2(painted.code == 0, painted.err + painted.out.right(1500));
        const auto used = painted.events(QStringLiteral("using"));
        QCOMPARE(used.size(), 1);
        QCOMPARE(used[0]["path"].toString(), at("own picture.png"));
        QCOMPARE(used[0]["weight"].toDouble(), 0.7);
    }

    // FILE:WEIGHT:ROLE:FROM-TO is read from its end: files may have colons in their names.
    void aPinHasARoleAndAPartOfTheRun()
    {
        MOODLOOM_REQUIRE_MODEL();
        QImage own(64, 64, QImage::Format_RGB32);
        own.fill(Qt::magenta);
        own.save(at("16:9 picture.png"));
        own.fill(Qt::cyan);
        own.save(at("look:1:style"), "PNG"); // the whole of it is a file
        const Ran painted =
            run({QStringLiteral("generate"), QStringLiteral("a tower"), QStringLiteral("--no-search"),
                 QStringLiteral("--pin"), at("16:9 picture.png") + QStringLiteral(":0.7:style:0.25-1"),
                 QStringLiteral("--pin"), at("look:1:style") + QStringLiteral(":1:layout"),
                 QStringLiteral("--pin"), at("look:1:style"), QStringLiteral("--steps"),
                 QStringLiteral("2"), QStringLiteral("--size"), QStringLiteral("128x128"),
                 QStringLiteral("--out"), at("roles.png"), QStringLiteral("--json")});
        QVERIFY2(painted.code == 0, painted.err + painted.out.right(1500));
        const auto used = painted.events(QStringLiteral("using"));
        QCOMPARE(used.size(), 3);
        QCOMPARE(used[0]["path"].toString(), at("16:9 picture.png"));
        QCOMPARE(used[0]["weight"].toDouble(), 0.7);
        QCOMPARE(used[0]["role"].toString(), QStringLiteral("style"));
        QCOMPARE(used[0]["from"].toDouble(), 0.25);
        QCOMPARE(used[0]["to"].toDouble(), 1.0);
        QCOMPARE(used[1]["path"].toString(), at("look:1:style"));
        QCOMPARE(used[1]["role"].toString(), QStringLiteral("layout"));
        QCOMPARE(used[2]["path"].toString(), at("look:1:style"));
        QCOMPARE(used[2]["role"].toString(), QStringLiteral("content"));
    }

    void mistakesAreOneClearLine()
    {
        struct Case
        {
            QStringList arguments;
            int code;
            QByteArray says;
        };
        const QVector<Case> cases{
            {{QStringLiteral("paint")}, 2, "no command"},
            {{QStringLiteral("generate")}, 2, "write a prompt"},
            {{QStringLiteral("generate"), QStringLiteral("x")}, 2, "--out"},
            {{QStringLiteral("generate"), QStringLiteral("x"), QStringLiteral("--out"), QStringLiteral("/nowhere/x.png")},
             1, "folder does not exist"},
            {{QStringLiteral("generate"), QStringLiteral("x"), QStringLiteral("--steps"), QStringLiteral("many"),
              QStringLiteral("--out"), at("x.png")}, 2, "whole number"},
            {{QStringLiteral("generate"), QStringLiteral("x"), QStringLiteral("--out"), at("x.png"),
              QStringLiteral("--pin"), QStringLiteral("a.png:1:mood")}, 2, "content, style and layout"},
            {{QStringLiteral("generate"), QStringLiteral("x"), QStringLiteral("--out"), at("x.png"),
              QStringLiteral("--pin"), QStringLiteral("a.png:1:style:0.5-0.2")}, 2, "from 0 to 1"},
            {{QStringLiteral("library"), QStringLiteral("info"), QStringLiteral("--library"), at("no library")},
             1, "not found"},
            {{QStringLiteral("models"), QStringLiteral("inspect"), at("pictures")}, 1, ""},
            {{QStringLiteral("models"), QStringLiteral("list"), at("no models")}, 1, "no such folder"},
            {{QStringLiteral("board"), QStringLiteral("check"), at("none.moodloom")}, 1, "no such file"},
        };
        for (const Case &c : cases) {
            const Ran ran = run(c.arguments);
            QVERIFY2(ran.code == c.code, ran.err + ran.out);
            QVERIFY2(ran.err.contains(c.says), ran.err);
        }
    }

    void speaksTheUsersLanguageButJsonStaysEnglish()
    {
        const QString chinese = QStringLiteral("zh_CN");
        const Ran help = run({QStringLiteral("--help")}, chinese);
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.contains("退出码"), help.out);
        const Ran usage = run({QStringLiteral("search"), QStringLiteral("--help")});
        QCOMPARE(usage.code, 0);
        QVERIFY2(usage.out.contains("moodloom search [options] PROMPT"), usage.out);
        const QStringList wrong{QStringLiteral("generate"), QStringLiteral("x"),
                                QStringLiteral("--steps"),  QStringLiteral("many"),
                                QStringLiteral("--out"),    at("x.png")};
        const Ran told = run(wrong, chinese);
        QCOMPARE(told.code, 2);
        QVERIFY2(told.err.contains("整数") && !told.err.contains("whole number"), told.err);
        const Ran json = run(QStringList(wrong) << QStringLiteral("--json"), chinese);
        QVERIFY2(
            json.events(QStringLiteral("error"))[0]["detail"].toString().contains("whole number"),
            json.out);
        // What the core says is translated too.
        const Ran core = run({QStringLiteral("library"), QStringLiteral("info"),
                              QStringLiteral("--library"), at("no library")},
                             chinese);
        QVERIFY2(core.err.contains("找不到"), core.err);
    }

    void inspectsAModel()
    {
        MOODLOOM_REQUIRE_MODEL();
        const Ran ran = run({QStringLiteral("models"), QStringLiteral("inspect"), testing::modelFolder(),
                             QStringLiteral("--json")});
        QVERIFY2(ran.code == 0, ran.err);
        QCOMPARE(ran.events(QStringLiteral("model")).size(), 1);
    }

    void listsModelsAndSaysWhatCannotBeUsed()
    {
        MOODLOOM_REQUIRE_MODEL();
        QDir(at("shelf")).mkpath(QStringLiteral("."));
        QVERIFY(QFile::link(testing::modelFolder(), at("shelf/mine")));
        QFile broken(at("shelf/broken.safetensors"));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no weights") > 0);
        broken.close();
        const QStringList list{QStringLiteral("models"), QStringLiteral("list"), at("shelf")};
        const auto models = run(QStringList(list) << QStringLiteral("--json")).events(QStringLiteral("model"));
        QCOMPARE(models.size(), 2);
        QCOMPARE(models[0]["title"].toString(), QStringLiteral("mine"));
        QVERIFY(models[0]["usable"].toBool());
        QVERIFY(!models[1]["usable"].toBool());
        QVERIFY(models[1]["reason"].toString().contains(QLatin1String("broken.safetensors")));
        const Ran searched = run(QStringList(list) << QStringLiteral("--search") << QStringLiteral("diffusion MINE"));
        QVERIFY2(searched.out.contains("mine") && !searched.out.contains("broken"), searched.out);
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
