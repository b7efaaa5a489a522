// The user's own keywords are found in running text.
#include "core/prompt/Lexicon.h"

#include <QTest>

using namespace moodloom::prompt;

class LexiconTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsCaseWidthHyphensAndSpace()
    {
        QCOMPARE(foldWords(u"  Paper-Cut\tＡRT_work "), QStringLiteral("paper cut art work"));
        QCOMPARE(foldWords(u"Artist\u2019s"), QStringLiteral("artist's"));
    }

    void findsTheLongestKeywordWithoutSpaces()
    {
        Lexicon lexicon;
        lexicon.add(QStringLiteral("长城"), 4);
        lexicon.add(QStringLiteral("长城脚下"), 2);
        lexicon.add(QStringLiteral("揽巡"), 3);
        QCOMPARE(lexicon.longestHan(u"长城脚下的人"), qsizetype(4));
        QCOMPARE(lexicon.longestHan(u"长城的人"), qsizetype(2));
        QCOMPARE(lexicon.longestHan(u"城"), qsizetype(0));
        QCOMPARE(lexicon.keywordsIn(QStringLiteral("大众揽巡飞跃长城脚下")),
                 QStringList({QStringLiteral("揽巡"), QStringLiteral("长城脚下")}));
    }

    void findsWholeWordsOnly()
    {
        Lexicon lexicon;
        lexicon.add(QStringLiteral("Great Wall"));
        lexicon.add(QStringLiteral("wall"));
        lexicon.add(QStringLiteral("suv"));
        QCOMPARE(lexicon.keywordsIn(QStringLiteral("a SUV over the great-wall, a wallet")),
                 QStringList({QStringLiteral("suv"), QStringLiteral("great wall")}));
        QCOMPARE(lexicon.keywordsIn(QStringLiteral("great, wall")),
                 QStringList({QStringLiteral("wall")}));
    }

    void countsPictures()
    {
        Lexicon lexicon;
        lexicon.add(QStringLiteral("Talagon"), 2);
        lexicon.add(QStringLiteral("talagon"), 3);
        lexicon.add(QStringLiteral("   "));
        QCOMPARE(lexicon.pictures(QStringLiteral("talagon")), 5);
        QCOMPARE(lexicon.pictures(QStringLiteral("other")), 0);
        QVERIFY(Lexicon().isEmpty());
    }

    void leavesSentencesOut()
    {
        Lexicon lexicon;
        lexicon.add(QStringLiteral("a picture that I took last summer at the sea"));
        lexicon.add(QString(40, QChar(u'长')));
        QVERIFY(lexicon.isEmpty());
    }
};

QTEST_APPLESS_MAIN(LexiconTest)
#include "LexiconTest.moc"
