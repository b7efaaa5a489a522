// What pictures are called becomes a prompt.
#include "core/prompt/Describe.h"
#include "core/prompt/FacetParser.h"

#include <QTest>

using namespace moodloom::prompt;

class DescribeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thingsThenSettingsThenStyles()
    {
        QCOMPARE(described({"a red car at sunset", "a watercolour of a lighthouse"}, false),
                 QStringLiteral("red car, lighthouse, at sunset, watercolour"));
    }
    void whatSeveralShowComesFirst()
    {
        QCOMPARE(described({"a boat, a boat", "a lighthouse", "the lighthouse in the snow"}, false),
                 QStringLiteral("lighthouse, boat, in the snow"));
    }
    void inTheLanguageThatIsWanted()
    {
        const QStringList captions{
            QString::fromUtf8("a red car on the Great Wall.\n长城上的一辆红色汽车。")};
        const QString english = described(captions, false), chinese = described(captions, true);
        QVERIFY2(english.contains(QStringLiteral("red car")) &&
                     !english.contains(QString::fromUtf8("长城")),
                 qPrintable(english));
        QVERIFY2(chinese.contains(QString::fromUtf8("长城")) &&
                     !chinese.contains(QStringLiteral("car")) &&
                     chinese.contains(QString::fromUtf8("，")),
                 qPrintable(chinese));
        // Nothing in that language: what there is.
        QCOMPARE(described({"a red car"}, true), QStringLiteral("red car"));
    }
    void marksInCaptionsArePlain()
    {
        const QString prompt = described({"a car {old|new} (1990)"}, false);
        QCOMPARE(parsePrompt(prompt).clean.count(u'{'), parsePrompt(prompt).clean.count(u'}'));
        for (const Facet &facet : parsePrompt(prompt).facets)
            QCOMPARE(facet.weight, 1.0);
    }
    void nothingIsNothing()
    {
        QCOMPARE(described({}, false), QString());
        QCOMPARE(described({"", " . "}, true), QString());
    }
    void notEndless()
    {
        QStringList captions;
        for (int i = 0; i < 500; ++i)
            captions << QStringLiteral("a thing%1").arg(i);
        QCOMPARE(described(captions, false).split(u',').size(), 6);
    }
};

QTEST_GUILESS_MAIN(DescribeTest)
#include "DescribeTest.moc"
