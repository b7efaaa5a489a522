// What a prompt leaves open is chosen by the seed, the same every time, and nothing else changes.
#include "core/prompt/Choices.h"
#include "core/prompt/Emphasis.h"
#include "core/prompt/FacetParser.h"
#include "core/prompt/Wildcards.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::prompt;

namespace {

const WildcardSource none = [](const QString &name) -> Result<QStringList> {
    return fail(ErrorCode::NotFound, name.toStdString());
};

QSet<QString> all(const QString &text, const WildcardSource &source = none, int seeds = 200)
{
    QSet<QString> found;
    for (int seed = 0; seed < seeds; ++seed) {
        const auto one = chosen(text, quint64(seed), source);
        found.insert(one ? *one
                         : QStringLiteral("error: ") + QString::fromStdString(one.error().detail));
    }
    return found;
}

} // namespace

class ChoicesTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    QString folder() const { return m_dir.filePath(QStringLiteral("wildcards")); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = folder() + u'/' + name;
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static QString text(const char *utf8) { return QString::fromUtf8(utf8); }

private Q_SLOTS:
    void alternatives_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QStringList>("outcomes");
        QTest::newRow("two") << "a {red|blue} car" << QStringList{"a red car", "a blue car"};
        QTest::newRow("empty one") << "a {red|} car" << QStringList{"a red car", "a car"};
        QTest::newRow("spaces") << "a { red | blue }car" << QStringList{"a redcar", "a bluecar"};
        QTest::newRow("nested") << "{a {cat|dog}|birds}" << QStringList{"a cat", "a dog", "birds"};
        QTest::newRow("two places") << "{a|b}{c|d}" << QStringList{"ac", "ad", "bc", "bd"};
        QTest::newRow("one only") << "a {red} car" << QStringList{"a red car"};
        QTest::newRow("escaped") << "a \\{red\\|blue\\} car" << QStringList{"a {red|blue} car"};
        QTest::newRow("escaped inside") << "{a\\|b|c}" << QStringList{"a|b", "c"};
        QTest::newRow("unpaired") << "a {red|blue car" << QStringList{"a {red|blue car"};
        QTest::newRow("bar outside") << "a|b} c" << QStringList{"a|b} c"};
        QTest::newRow("emphasis inside")
            << "{(red:1.3)|[blue]} car" << QStringList{"(red:1.3) car", "[blue] car"};
        QTest::newRow("emphasis around")
            << "({red|blue}:1.3) car" << QStringList{"(red:1.3) car", "(blue:1.3) car"};
        QTest::newRow("escapes of the emphasis stay")
            << "{a|a} \\(b\\) \\\\{c|c}" << QStringList{"a \\(b\\) \\\\c"};
        QTest::newRow("fullwidth") << text("｛大众揽巡｜小米｝飞跃长城")
                                   << QStringList{text("大众揽巡飞跃长城"), text("小米飞跃长城")};
        QTest::newRow("nothing open") << "  as  it is " << QStringList{"  as  it is "};
        QTest::newRow("no wildcard") << "fill ____ in, snake_case, a __ b __"
                                     << QStringList{"fill ____ in, snake_case, a __ b __"};
        QTest::newRow("escaped wildcard") << "\\__name__" << QStringList{"__name__"};
    }
    void alternatives()
    {
        QFETCH(QString, prompt);
        QFETCH(QStringList, outcomes);
        QCOMPARE(all(prompt), QSet<QString>(outcomes.begin(), outcomes.end()));
    }

    void everyAlternativeIsChosenAboutAsOften()
    {
        QHash<QString, int> counts;
        for (int seed = 0; seed < 3000; ++seed)
            ++counts[*chosen(QStringLiteral("{a|b|c}"), quint64(seed), none)];
        QCOMPARE(counts.size(), 3);
        for (const int count : counts)
            QVERIFY2(count > 900 && count < 1100, qPrintable(QString::number(count)));
    }

    // Recipes of years ago are repeated: the choices of a seed never change.
    void theChoicesOfASeedStayForEver()
    {
        QStringList chosenNow;
        for (const quint64 seed : {0ULL, 1ULL, 2ULL, 42ULL, 0xffffffffffffffffULL})
            chosenNow << *chosen(QStringLiteral("{a|b|c}{d|{e|f}|g}{h|i}"), seed, none);
        QCOMPARE(chosenNow, QStringList({"cgi", "cfi", "cfi", "cdi", "adh"}));
    }

    void aPlaceDoesNotDependOnAnother()
    {
        for (quint64 seed = 0; seed < 50; ++seed) {
            const QString nested = *chosen(QStringLiteral("{x{a|b}|y}/{1|2|3|4}"), seed, none);
            const QString plain = *chosen(QStringLiteral("{x|y}/{1|2|3|4}"), seed, none);
            QCOMPARE(nested.back(), plain.back());
        }
    }

    void aPlaceCanBeFixed()
    {
        const QString prompt = QStringLiteral("{a|b|c} {d|e}");
        for (quint64 seed = 0; seed < 20; ++seed)
            for (int option = 0; option < 3; ++option) {
                const QString one = *chosen(prompt, seed, none, {{0, option}});
                QCOMPARE(one.front(), QChar(u'a' + option));
                QCOMPARE(one.back(), chosen(prompt, seed, none)->back());
            }
    }

    void placesAreListed()
    {
        const QVector<Choice> choices =
            choicesIn(QStringLiteral("a {red|{light|dark} blue} __vehicle__ \\{x|y\\}"));
        QCOMPARE(choices.size(), 2);
        QCOMPARE(choices[0], (Choice{2, 23, {}, {"red", "{light|dark} blue"}}));
        QCOMPARE(choices[1], (Choice{26, 11, QStringLiteral("vehicle"), {}}));
    }

    void wildcardsAreLinesOfFiles()
    {
        write(QStringLiteral("colour.txt"),
              "# paints\r\nred\r\n\r\n  deep blue # as the sea \n\\#ff0000\n");
        write(QStringLiteral("animals/birds.txt"), "a crane\na {grey|white} owl\n");
        write(text("颜色.txt"), text("红色\n蓝色\n").toUtf8());
        write(QStringLiteral("thing.txt"), "\xef\xbb\xbf__colour__ car\n");
        const WildcardSource source = wildcardsIn(folder());
        QCOMPARE(all(QStringLiteral("__colour__"), source),
                 (QSet<QString>{"red", "deep blue", "#ff0000"}));
        QCOMPARE(all(QStringLiteral("__animals/birds__ flying"), source),
                 (QSet<QString>{"a crane flying", "a grey owl flying", "a white owl flying"}));
        QCOMPARE(all(text("一辆__颜色__的车"), source),
                 (QSet<QString>{text("一辆红色的车"), text("一辆蓝色的车")}));
        QCOMPARE(all(text("一辆＿＿颜色＿＿的车"), source),
                 (QSet<QString>{text("一辆红色的车"), text("一辆蓝色的车")}));
        QCOMPARE(all(QStringLiteral("__thing__"), source),
                 (QSet<QString>{"red car", "deep blue car", "#ff0000 car"}));
        QCOMPARE(all(QStringLiteral("{__colour__|no} car"), source),
                 (QSet<QString>{"red car", "deep blue car", "#ff0000 car", "no car"}));
        QCOMPARE(*chosen(QStringLiteral("__colour__"), 7, source, {{0, 1}}),
                 QStringLiteral("deep blue"));
    }

    void whatIsWrongWithAWildcardIsSaid()
    {
        write(QStringLiteral("empty.txt"), "# nothing\n\n");
        write(QStringLiteral("latin.txt"), "caf\xe9\n");
        write(QStringLiteral("self.txt"), "a __other__\n");
        write(QStringLiteral("other.txt"), "b __self__\n");
        write(QStringLiteral("../secret.txt"), "out of the folder\n");
        QFile::link(m_dir.filePath(QStringLiteral("secret.txt")),
                    folder() + QStringLiteral("/link.txt"));
        const WildcardSource source = wildcardsIn(folder());
        const auto problem = [&](const char *prompt) {
            return chosen(text(prompt), 1, source).error();
        };
        const Error missing = problem("a __missing__ car");
        QCOMPARE(missing.code, ErrorCode::NotFound);
        QCOMPARE(missing.subject, std::string("__missing__"));
        QVERIFY(QString::fromStdString(missing.detail).contains(QStringLiteral("missing.txt")));
        QCOMPARE(problem("__empty__").code, ErrorCode::Invalid);
        QCOMPARE(problem("__latin__").code, ErrorCode::Corrupt);
        QCOMPARE(problem("__self__").code, ErrorCode::Invalid);
        QCOMPARE(problem("__link__").code, ErrorCode::Invalid);
        // Names that would lead out of the folder are no wildcards, or are refused.
        QCOMPARE(*chosen(QStringLiteral("__../secret__"), 1, source),
                 QStringLiteral("__../secret__"));
        for (const char *name :
             {"../secret", "/etc/passwd", "a//b", "", "..", "a/../../secret", "a\\b"})
            QCOMPARE(source(text(name)).error().code, ErrorCode::Invalid);
    }

    void whatGrowsWithoutEndIsRefused()
    {
        QCOMPARE(chosen(QString(200, u'{') + u'a' + QString(200, u'}'), 1, none).error().code,
                 ErrorCode::Invalid);
        const WildcardSource doubling = [](const QString &name) -> Result<QStringList> {
            const int n = name.toInt();
            return QStringList{n >= 20 ? QStringLiteral("word")
                                       : QStringLiteral("__%1__ __%1__").arg(n + 1)};
        };
        QCOMPARE(chosen(QStringLiteral("__1__"), 1, doubling).error().code, ErrorCode::Invalid);
    }

    void allAlternativesAreFacetsBeforeOneIsChosen()
    {
        const QString raw = QStringLiteral("a {fox|(white owl:1.2)} in the snow, __thing__");
        const Prompt parsed = parsePrompt(raw);
        QStringList facets;
        for (const Facet &facet : parsed.facets) {
            facets << facet.text;
            QCOMPARE(raw.mid(facet.start, facet.length), facet.text);
        }
        QCOMPARE(facets, QStringList({"fox", "white owl", "in the snow"}));
        QCOMPARE(parsed.facets[1].weight, 1.2);
        QVERIFY(!parsed.clean.contains(u'{') && !parsed.clean.contains(u'_'));
        const Prompt chinese = parsePrompt(text("｛大众揽巡｜小米｝飞跃长城"));
        QVERIFY(!chinese.clean.contains(u'｜'));
        QCOMPARE(parsePrompt(QStringLiteral("a red car")).clean, QStringLiteral("a red car"));
    }

    // Any text: no crash, no endless work, the same twice, and what leaves nothing open stays.
    void anythingCanBeWritten()
    {
        const QString alphabet =
            text("{}|｛｝｜\\__＿()[]:1.3 ab,车长\n#/") + QChar(0xd83d) + QChar(0xde00);
        const WildcardSource source = [&](const QString &name) -> Result<QStringList> {
            return QStringList{name, QStringLiteral("{%1|x}").arg(name)};
        };
        QRandomGenerator random(5);
        for (int round = 0; round < 20000; ++round) {
            QString prompt;
            for (int i = random.bounded(40); i > 0; --i)
                prompt += alphabet[random.bounded(int(alphabet.size()))];
            const auto once = chosen(prompt, quint64(round), source);
            const auto again = chosen(prompt, quint64(round), source);
            QCOMPARE(once.has_value(), again.has_value());
            if (once)
                QCOMPARE(*once, *again);
            const QVector<Choice> choices = choicesIn(prompt);
            int before = 0;
            for (const Choice &choice : choices) {
                QVERIFY(choice.start >= before && choice.length >= 2);
                before = choice.start + choice.length;
                QVERIFY(before <= prompt.size());
                QVERIFY(!choice.wildcard.isEmpty() || !choice.options.isEmpty());
            }
            const Flattened flat = flattened(prompt);
            QCOMPARE(flat.rawIndex.size(), flat.text.size());
            QVERIFY(std::is_sorted(flat.rawIndex.begin(), flat.rawIndex.end()));
            if (choices.isEmpty() && !prompt.contains(u'\\')) {
                QVERIFY(once);
                QCOMPARE(*once, prompt);
                QCOMPARE(flat.text, prompt);
            }
            const Prompt parsed = parsePrompt(prompt);
            for (const Facet &facet : parsed.facets)
                QVERIFY(facet.start >= 0 && facet.length > 0 &&
                        facet.start + facet.length <= prompt.size());
        }
    }

    // Every outcome is one that choosing by hand gives.
    void fixedPlacesReachExactlyTheOptions()
    {
        QRandomGenerator random(9);
        for (int round = 0; round < 500; ++round) {
            QString prompt, expected;
            QHash<int, int> fixed;
            const int places = 1 + random.bounded(4);
            for (int place = 0; place < places; ++place) {
                QStringList options;
                for (int i = 1 + random.bounded(4); i > 0; --i)
                    options << QString(1 + random.bounded(3), QChar(u'a' + random.bounded(26)));
                fixed[place] = random.bounded(int(options.size()));
                prompt += QStringLiteral("-{%1}").arg(options.join(u'|'));
                expected += u'-' + options[fixed[place]];
            }
            QCOMPARE(*chosen(prompt, random.generate64(), none, fixed), expected);
        }
    }
};

QTEST_GUILESS_MAIN(ChoicesTest)
#include "ChoicesTest.moc"
