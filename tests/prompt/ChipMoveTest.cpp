// Facets that change places: the prompt still says the same, and the parser finds the same facets
// in the new order.
#include "core/prompt/ChipEdit.h"
#include "core/prompt/FacetParser.h"
#include "tests/prompt/FacetTexts.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace moodloom::prompt;

class ChipMoveTest : public QObject
{
    Q_OBJECT

    static QString text(const char *utf8) { return QString::fromUtf8(utf8); }

    // What is wrong with the edit, empty when every facet is found again where it went, as heavy
    // and as wanted as before.
    static QString fault(const Prompt &before, int from, int to, const ChipEdit &edit)
    {
        const Prompt after = parsePrompt(edit.text);
        QStringList expected = facetTexts(before);
        expected.move(from, to);
        if (facetTexts(after) != expected)
            return QStringLiteral("facets %1").arg(facetTexts(after).join(u'|'));
        for (int i = 0; i < before.facets.size(); ++i) {
            if (edit.facets[i] < 0)
                return QStringLiteral("facet %1 is lost").arg(before.facets[i].text);
            const Facet &now = after.facets[edit.facets[i]], &was = before.facets[i];
            if (now.text != was.text || now.weight != was.weight || now.excluded != was.excluded)
                return QStringLiteral("facet %1 is %2").arg(was.text, now.text);
        }
        return {};
    }

private Q_SLOTS:
    void moved_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("result"); // empty = not to be done
        QTest::newRow("a preposition goes along")
            << "a boat on a lake" << 0 << 1 << "on a lake, a boat";
        QTest::newRow("and comes back") << "on a lake, a boat" << 0 << 1 << "a boat, on a lake";
        QTest::newRow("two prepositions")
            << "a boat on a lake under the stars" << 0 << 2 << "on a lake under the stars, a boat";
        QTest::newRow("capital") << "A boat on a lake." << 1 << 0 << "on a lake, a boat.";
        QTest::newRow("to the front") << "a red car, the Great Wall, at sunset" << 2 << 0
                                      << "at sunset, a red car, the Great Wall";
        QTest::newRow("lists") << "red car, Great Wall, at sunset" << 2 << 0
                               << "at sunset, red car, Great Wall";
        QTest::newRow("to the end")
            << "red car, Great Wall, at sunset" << 0 << 2 << "Great Wall, at sunset, red car";
        QTest::newRow("a verb goes along") << "a red car leaping over the Great Wall" << 0 << 1
                                           << "leaping over the Great Wall, a red car";
        QTest::newRow("a verb and what it needs")
            << "Talagon SUV leaping over the Great Wall at sunset" << 2 << 0
            << "at sunset, Talagon SUV leaping over the Great Wall";
        QTest::newRow("and") << "a cat and a dog" << 0 << 1 << "a dog and a cat";
        QTest::newRow("a list") << "a cat, a dog and an owl" << 2 << 0 << "an owl, a cat and a dog";
        QTest::newRow("and stays between things")
            << "a cat and a dog on a lake" << 1 << 2 << "a cat, on a lake and a dog";
        QTest::newRow("a pair stays one")
            << "a cat and a dog on a lake" << 2 << 0 << "on a lake, a cat and a dog";
        QTest::newRow("medium") << "a watercolour of a cat" << 0 << 1 << "a cat, a watercolour";
        QTest::newRow("a medium that stays")
            << "a watercolour of a cat, at night" << 2 << 0 << "at night, a watercolour of a cat";
        QTest::newRow("style of") << "a cat in the style of van Gogh" << 1 << 0
                                  << "in the style of van Gogh, a cat";
        QTest::newRow("picture of")
            << "a photo of a cat, a dog" << 0 << 1 << "a photo of a dog, a cat";
        QTest::newRow("Chinese verb")
            << text("大众揽巡飞跃长城") << 1 << 0 << text("飞跃长城，大众揽巡");
        QTest::newRow("Chinese list") << text("一只猫和一条狗") << 1 << 0 << text("一条狗和一只猫");
        QTest::newRow("Chinese place")
            << text("小船在桥旁边，日落") << 1 << 2 << text("小船，日落，在桥旁边");
        QTest::newRow("marks go along")
            << "(red car:1.3), blue boat" << 0 << 1 << "blue boat, (red car:1.3)";
        QTest::newRow("inner marks") << "(red) car, blue boat" << 0 << 1 << "blue boat, (red) car";
        QTest::newRow("deep marks")
            << "((red car)), [blue boat]" << 1 << 0 << "[blue boat], ((red car))";
        QTest::newRow("common marks")
            << "(red car, blue boat:1.2)" << 0 << 1 << "(blue boat, red car:1.2)";
        QTest::newRow("marks around a preposition")
            << "a boat (near the cat:1.2), a dog" << 1 << 2 << "a boat, a dog, (near the cat:1.2)";
        QTest::newRow("into marks that others share")
            << "(red car, blue boat:1.2), dog" << 2 << 0 << "dog, (red car:1.2), (blue boat:1.2)";
        QTest::newRow("in marks that others share")
            << "(red car, blue boat:1.2), dog" << 0 << 1 << "(blue boat, red car:1.2), dog";
        QTest::newRow("quotes go along")
            << "\"Leaping Tiger\", boat" << 0 << 1 << "boat, \"Leaping Tiger\"";
        QTest::newRow("negation goes along")
            << "red car, without people, boat" << 1 << 2 << "red car, boat, without people";
        QTest::newRow("alternatives") << "{fox|owl}, boat" << 0 << 1 << "{owl|fox}, boat";
        QTest::newRow("across alternatives") << "{red|blue} car, boat" << 1 << 2 << "";
        QTest::newRow("crosswise")
            << "(red car, blue) boat" << 0 << 1 << "(blue:1.1) boat, (red car:1.1)";
        QTest::newRow("nowhere") << "red car, boat" << 0 << 5 << "";
    }
    void moved()
    {
        QFETCH(QString, prompt);
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QString, result);
        const Prompt parsed = parsePrompt(prompt);
        const auto edit = facetMoved(parsed, from, to);
        QCOMPARE(edit ? edit->text : QString(), result);
        if (edit)
            QCOMPARE(fault(parsed, from, to, *edit), QString());
    }

    // What people write can be put into any order, and is then still all there.
    void whatPeopleWriteCanBePutInAnyOrder_data()
    {
        QTest::addColumn<QStringList>("things");
        QTest::addColumn<QStringList>("relations");
        QTest::newRow("English") << QStringList{"a red car",
                                                "the Great Wall",
                                                "an old boat",
                                                "two foxes",
                                                "a lighthouse",
                                                "Talagon SUV",
                                                "a cup with red stripes",
                                                "(a tall tower:1.3)",
                                                "a blue and white bus",
                                                "a [small] cat",
                                                "\"Leaping Tiger\""}
                                 << QStringList{
                                        " on ",           " near ",    " and ",  ", ",
                                        " leaping over ", " beside ",  " with ", ", without ",
                                        " in front of ",  " holding ", "; "};
        QTest::newRow("Chinese") << QStringList{text("大众揽巡"),         text("长城"),
                                                text("一只猫"),           text("红色小船"),
                                                text("带白色条纹的杯子"), text("（灯塔:1.2）"),
                                                text("两座塔"),           text("一辆蓝色公共汽车")}
                                 << QStringList{text("飞跃"),   text("，"),    text("和"),
                                                text("旁边有"), text("在"),    text("、"),
                                                text("看着"),   text("，没有")};
    }
    void whatPeopleWriteCanBePutInAnyOrder()
    {
        QFETCH(QStringList, things);
        QFETCH(QStringList, relations);
        const QStringList ends{"", " at sunset", ", in a forest", text("，日落"), text("，水彩画"),
                               "."};
        QRandomGenerator random(7);
        int moves = 0, refused = 0;
        for (int round = 0; round < 1500; ++round) {
            QStringList chosen = things;
            std::shuffle(chosen.begin(), chosen.end(), random);
            QString prompt = chosen[0];
            for (int i = 1; i < 2 + random.bounded(3); ++i)
                prompt += relations[random.bounded(int(relations.size()))] + chosen[i];
            prompt += ends[random.bounded(int(ends.size()))];
            const Prompt parsed = parsePrompt(prompt);
            for (int from = 0; from < parsed.facets.size(); ++from)
                for (int to = 0; to < parsed.facets.size(); ++to) {
                    if (from == to)
                        continue;
                    ++moves;
                    const auto edit = facetMoved(parsed, from, to);
                    if (!edit) {
                        ++refused;
                        qInfo() << "refused" << prompt << facetTexts(parsed) << from << to;
                        continue;
                    }
                    const QString wrong = fault(parsed, from, to, *edit);
                    QVERIFY2(
                        wrong.isEmpty(),
                        qPrintable(QStringLiteral("%1 -> %2: %3").arg(prompt, edit->text, wrong)));
                }
        }
        QVERIFY(moves > 5000);
        QVERIFY2(refused == 0, qPrintable(QStringLiteral("%1 of %2").arg(refused).arg(moves)));
    }

    // Whatever was written: no crash, and no facet is lost, made or changed.
    void nothingIsLost()
    {
        const QStringList parts{"red car", "(boat:1.2)", "{fox|owl}",  "\"Big Ben\"", ", ",
                                " over ",  "__a__",      text("长城"), text("，"),    "[",
                                ")",       "at sunset",  " without ",  "(",           "|",
                                "\\(",     "dog ",       "}",          "{",           " of ",
                                " a ",     " on the ",   text("在"),   text("旁边的")};
        QRandomGenerator random(3);
        for (int round = 0; round < 6000; ++round) {
            QString prompt;
            for (int i = 1 + random.bounded(9); i > 0; --i)
                prompt += parts[random.bounded(int(parts.size()))];
            const Prompt parsed = parsePrompt(prompt);
            for (int i = 0; i < parsed.facets.size(); ++i) {
                const int to = random.bounded(int(parsed.facets.size()));
                const auto edit = facetMoved(parsed, i, to);
                if (!edit)
                    continue;
                const QString wrong = fault(parsed, i, to, *edit);
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QStringLiteral("%1 -> %2: %3").arg(prompt, edit->text, wrong)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChipMoveTest)
#include "ChipMoveTest.moc"
