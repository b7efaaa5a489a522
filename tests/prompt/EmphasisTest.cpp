// Attention marks change weights and leave the words.
#include "core/prompt/Emphasis.h"

#include <QRandomGenerator>
#include <QTest>

using namespace moodloom::prompt;

class EmphasisTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marks_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("clean");
        QTest::addColumn<QString>("word"); // whose weight is looked at
        QTest::addColumn<double>("weight");
        QTest::newRow("none") << "a red car" << "a red car" << "red" << 1.0;
        QTest::newRow("round") << "a (red) car" << "a red car" << "red" << 1.1;
        QTest::newRow("outside") << "a (red) car" << "a red car" << "car" << 1.0;
        QTest::newRow("double") << "a ((red)) car" << "a red car" << "red" << 1.21;
        QTest::newRow("square") << "a [red] car" << "a red car" << "red" << 1 / 1.1;
        QTest::newRow("factor") << "a (red car:1.3)" << "a red car" << "car" << 1.3;
        QTest::newRow("factor below one") << "a (red car: 0.5 )" << "a red car" << "car" << 0.5;
        QTest::newRow("nested") << "((red:1.5) car)" << "red car" << "red" << 1.65;
        QTest::newRow("fullwidth") << QStringLiteral("（长城：1.4）日落") << QStringLiteral("长城日落")
                                   << QStringLiteral("长城") << 1.4;
        QTest::newRow("no number") << "(a: b)" << "a: b" << "b" << 1.1;
        QTest::newRow("escaped") << "a \\(red\\) car" << "a (red) car" << "red" << 1.0;
        QTest::newRow("unpaired") << "a (red car" << "a (red car" << "red" << 1.0;
        QTest::newRow("crossed") << "a (red [car) b]" << "a (red car) b" << "car" << 1 / 1.1;
        QTest::newRow("too heavy") << "(red:9)" << "red" << "red" << 2.0;
        QTest::newRow("not a weight") << "(red:nan)" << "red:nan" << "red" << 1.1;
    }
    void marks()
    {
        QFETCH(QString, marked);
        QFETCH(QString, clean);
        QFETCH(QString, word);
        QFETCH(double, weight);
        const Unmarked result = stripEmphasis(marked);
        QCOMPARE(result.text, clean);
        const qsizetype at = clean.indexOf(word);
        QVERIFY(at >= 0);
        for (qsizetype i = at; i < at + word.size(); ++i)
            QVERIFY(std::abs(result.weight[i] - weight) < 1e-5);
    }

    void everyCharacterKnowsWhereItStood()
    {
        const QString marked = QStringLiteral("a ((red)) (car:1.2) \\[b]");
        const Unmarked result = stripEmphasis(marked);
        QCOMPARE(result.rawIndex.size(), result.text.size());
        QCOMPARE(result.weight.size(), result.text.size());
        for (qsizetype i = 0; i < result.text.size(); ++i) {
            QCOMPARE(marked[result.rawIndex[i]], result.text[i]);
            QVERIFY(i == 0 || result.rawIndex[i] > result.rawIndex[i - 1]);
        }
    }

    void whatEnclosesAll()
    {
        const auto words = [](const char *marked) {
            const QString text = QString::fromUtf8(marked);
            const auto found = enclosed(text);
            return found ? found->words.toString() + u'|' + QString::number(found->factor, 'f', 2)
                         : QString();
        };
        QCOMPARE(words("(red:1.3)"), QStringLiteral("red|1.30"));
        QCOMPARE(words("（长城：1.4）"), QStringLiteral("长城|1.40"));
        QCOMPARE(words("((red) car)"), QStringLiteral("(red) car|1.10"));
        QCOMPARE(words("[red]"), QStringLiteral("red|0.91"));
        for (const char *none : {"", "(", "red", "(a) b", "(a) (b)", "(a]", "a (b)", "(a\\)"})
            QCOMPARE(words(none), QString());
    }

    void whatCountsMoreStandsInStretches()
    {
        const auto parts = emphasisOf(stripEmphasis(QStringLiteral("a (red:1.3) [old] (ca)(r:1.1) x")));
        const QVector<Emphasis> expected{{2, 3, 1.3}, {6, 3, 0.909}, {10, 3, 1.1}};
        QCOMPARE(parts, expected);
        QVERIFY(emphasisOf(stripEmphasis(QStringLiteral("a (red:1) car"))).isEmpty());
    }

    // Any text with any weights reads back as itself.
    void marksReadBackAsTheyWere()
    {
        QRandomGenerator random(7);
        const QString alphabet = QStringLiteral("ab (){}[]\\:：（）长城,1.2");
        for (int round = 0; round < 2000; ++round) {
            QString text;
            for (int i = random.bounded(14); i > 0; --i)
                text += alphabet[random.bounded(int(alphabet.size()))];
            QVector<Emphasis> emphasis;
            for (int at = random.bounded(4); at < text.size(); at += 1 + random.bounded(4)) {
                const int length = 1 + random.bounded(int(text.size()) - at);
                emphasis.append({at, length, 0.125 * random.bounded(8)});
                at += length;
            }
            const QString marked = withMarks(text, emphasis);
            const Unmarked back = stripEmphasis(marked);
            QVERIFY2(back.text == text && emphasisOf(back) == emphasis, qPrintable(text + u'|' + marked));
        }
        QCOMPARE(withMarks(QStringLiteral("f(x"), {}), QStringLiteral("f(x")); // read as it is
    }

    void survivesDeepNesting()
    {
        const qsizetype depth = 100000;
        const QString marked = QString(depth, u'(') + u'x' + QString(depth, u')');
        const Unmarked result = stripEmphasis(marked);
        QCOMPARE(result.text, QStringLiteral("x"));
        QCOMPARE(result.weight[0], 2.0F);
    }
};

QTEST_APPLESS_MAIN(EmphasisTest)
#include "EmphasisTest.moc"
