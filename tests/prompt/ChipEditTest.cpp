// Prompts edited by their chips read as one would have written them, and the parser sees what was
// meant.
#include "core/prompt/ChipEdit.h"
#include "core/prompt/FacetParser.h"
#include "tests/prompt/FacetTexts.h"

#include <QRandomGenerator>
#include <QTest>

using namespace moodloom::prompt;

class ChipEditTest : public QObject
{
    Q_OBJECT

    static QString text(const char *utf8) { return QString::fromUtf8(utf8); }

private Q_SLOTS:
    void weighed_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<int>("facet");
        QTest::addColumn<double>("step");
        QTest::addColumn<QString>("result"); // empty = not to be done
        QTest::newRow("more") << "red car, boat" << 0 << 0.1 << "(red car:1.1), boat";
        QTest::newRow("still more") << "(red car:1.1), boat" << 0 << 0.1 << "(red car:1.2), boat";
        QTest::newRow("less") << "red car, boat" << 1 << -0.1 << "red car, (boat:0.9)";
        QTest::newRow("back") << "red car, (boat:1.1)" << 1 << -0.1 << "red car, boat";
        QTest::newRow("no less than nothing") << "(boat:0.05)" << 0 << -0.1 << "(boat:0)";
        QTest::newRow("no more than twice") << "(boat:1.95)" << 0 << 0.1 << "(boat:2)";
        QTest::newRow("layers become one") << "((boat))" << 0 << 0.1 << "(boat:1.31)";
        QTest::newRow("square") << "[boat]" << 0 << 0.1 << "(boat:1.01)";
        QTest::newRow("Chinese") << text("大众揽巡飞跃长城") << 1 << 0.2
                                 << text("大众揽巡飞跃(长城:1.2)");
        QTest::newRow("fullwidth") << text("（长城：1.2）") << 0 << 0.1 << text("(长城:1.3)");
        QTest::newRow("inner marks stay")
            << "(red) car, boat" << 0 << 0.1 << "((red) car:1.1), boat";
        QTest::newRow("common marks stay")
            << "(red car, blue boat:1.2)" << 1 << 0.1 << "(red car, (blue boat:1.1):1.2)";
        QTest::newRow("quotes") << "\"Leaping Tiger\", boat" << 0 << 0.1
                                << "(\"Leaping Tiger\":1.1), boat";
        QTest::newRow("one of alternatives")
            << "{fox|owl}, boat" << 0 << 0.1 << "{(fox:1.1)|owl}, boat";
        QTest::newRow("crosswise") << "(red car, blue) boat" << 1 << 0.1 << "";
        QTest::newRow("nowhere") << "red car" << 3 << 0.1 << "";
    }
    void weighed()
    {
        QFETCH(QString, prompt);
        QFETCH(int, facet);
        QFETCH(double, step);
        QFETCH(QString, result);
        const Prompt before = parsePrompt(prompt);
        const auto edit = facetWeighed(before, facet, step);
        QCOMPARE(edit ? edit->text : QString(), result);
        if (!edit)
            return;
        const Prompt after = parsePrompt(edit->text);
        QCOMPARE(facetTexts(after), facetTexts(before));
        QCOMPARE(edit->facets.size(), before.facets.size());
    }

    void wordsOfASelectionAreWeighed()
    {
        const auto more = wordsWeighed(QStringLiteral("a red car"), 1, 5, 0.1); // " red "
        QVERIFY(more);
        QCOMPARE(*more, (WeighedWords{QStringLiteral("a (red:1.1) car"), 3, 3}));
        const auto again = wordsWeighed(more->text, more->start, more->length, 0.1);
        QVERIFY(again);
        QCOMPARE(again->text, QStringLiteral("a (red:1.2) car"));
        const auto back = wordsWeighed(again->text, again->start, again->length, -0.2);
        QVERIFY(back);
        QCOMPARE(*back, (WeighedWords{QStringLiteral("a red car"), 2, 3}));
        QVERIFY(!wordsWeighed(QStringLiteral("a  b"), 1, 2, 0.1)); // nothing
        QVERIFY(!wordsWeighed(QStringLiteral("(a b) c"), 3, 4, 0.1));
    }

    void split_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<int>("facet");
        QTest::addColumn<QStringList>("results");
        QTest::newRow("two words") << "a sports car" << 0 << QStringList{"a sports, car"};
        QTest::newRow("three words")
            << "vintage sports car, boat" << 0
            << QStringList{"vintage, sports car, boat", "vintage sports, car, boat"};
        QTest::newRow("Chinese") << text("长城汽车，小船") << 0
                                 << QStringList{text("长城，汽车，小船")};
        QTest::newRow("Chinese particle")
            << text("红色的跑车") << 0 << QStringList{text("红色的，跑车")};
        QTest::newRow("marks around")
            << "(vintage car:1.3)" << 0 << QStringList{"(vintage, car:1.3)"};
        QTest::newRow("marks before") << "(vintage) car" << 0 << QStringList{"(vintage), car"};
        QTest::newRow("marks after") << "vintage (car)" << 0 << QStringList{"vintage, (car)"};
        QTest::newRow("one word") << "car" << 0 << QStringList();
        QTest::newRow("quoted") << "\"vintage car\", boat" << 0
                                << QStringList{"vintage, car, boat"};
        QTest::newRow("the same twice") << "car car" << 0 << QStringList();
    }
    void split()
    {
        QFETCH(QString, prompt);
        QFETCH(int, facet);
        QFETCH(QStringList, results);
        const Prompt parsed = parsePrompt(prompt);
        QStringList found;
        for (const int place : splitPlaces(parsed, facet)) {
            const auto edit = facetSplit(parsed, facet, place);
            QVERIFY(edit);
            found << edit->text;
            QCOMPARE(parsePrompt(edit->text).facets.size(), parsed.facets.size() + 1);
            for (int i = 0; i < parsed.facets.size(); ++i)
                if (i != facet)
                    QCOMPARE(parsePrompt(edit->text).facets[edit->facets[i]].text,
                             parsed.facets[i].text);
        }
        QCOMPARE(found, results);
    }

    void merged_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<int>("facet");
        QTest::addColumn<QString>("result");
        QTest::newRow("words") << "sports, car, boat" << 0 << "sports car, boat";
        QTest::newRow("thing and setting") << "red car, at sunset" << 0 << "\"red car at sunset\"";
        QTest::newRow("around a verb") << "a red car leaping over the Great Wall" << 0
                                       << "a \"red car leaping over the Great Wall\"";
        QTest::newRow("Chinese") << text("跑车，长城") << 0 << text("跑车长城");
        QTest::newRow("Chinese setting") << text("跑车，日落") << 0 << text("“跑车日落”");
        QTest::newRow("quoted") << "\"Leaping Tiger\", gorge" << 0 << "Leaping Tiger gorge";
        QTest::newRow("marks") << "(sports:1.3), car" << 0 << "(sports:1.3) car";
        QTest::newRow("crosswise") << "(a boat, sports), car" << 1 << "";
        QTest::newRow("last") << "sports, car" << 1 << "";
    }
    void merged()
    {
        QFETCH(QString, prompt);
        QFETCH(int, facet);
        QFETCH(QString, result);
        const Prompt parsed = parsePrompt(prompt);
        const auto edit = facetsMerged(parsed, facet);
        QCOMPARE(edit ? edit->text : QString(), result);
        if (!edit)
            return;
        QCOMPARE(parsePrompt(edit->text).facets.size(), parsed.facets.size() - 1);
        QCOMPARE(edit->facets[facet], edit->facets[facet + 1]);
    }

    void splittingUndoesMerging()
    {
        const Prompt parsed = parsePrompt(QStringLiteral("red car, at sunset, boat"));
        const auto one = facetsMerged(parsed, 0);
        QVERIFY(one);
        const Prompt joined = parsePrompt(one->text);
        for (const int place : splitPlaces(joined, 0))
            if (joined.facets[0].text.left(place) == QStringLiteral("red car")) {
                QCOMPARE(facetSplit(joined, 0, place)->text,
                         QStringLiteral("red car, at sunset, boat"));
                return;
            }
        QFAIL("cannot be split where it was merged");
    }

    // Whatever was written: no crash.
    void anythingCanBeEdited()
    {
        const QStringList parts{"red car",   "(boat:1.2)", "{fox|owl}", "\"Big Ben\"",
                                ", ",        " over ",     "__a__",     text("长城"),
                                text("，"),  "[",          ")",         "at sunset",
                                " without ", "(",          "|",         "\\(",
                                "dog ",      "}",          "{"};
        QRandomGenerator random(3);
        for (int round = 0; round < 4000; ++round) {
            QString prompt;
            for (int i = 1 + random.bounded(9); i > 0; --i)
                prompt += parts[random.bounded(int(parts.size()))];
            const Prompt parsed = parsePrompt(prompt);
            for (int i = 0; i < parsed.facets.size(); ++i) {
                facetsMerged(parsed, i);
                splitPlaces(parsed, i);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChipEditTest)
#include "ChipEditTest.moc"
