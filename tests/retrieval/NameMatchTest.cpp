// A name that was asked for is recognised among a picture's words.
#include "core/retrieval/NameMatch.h"

#include <QTest>

using namespace moodloom;
using namespace moodloom::retrieval;

class NameMatchTest : public QObject
{
    Q_OBJECT
    prompt::Lexicon m_lexicon;

    double match(const char16_t *facet, const QStringList &keywords, const QString &description = {})
    {
        return NameMatch(QString::fromUtf16(facet), m_lexicon, 1000).of(keywords, description);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_lexicon.add(QStringLiteral("talagon"), 5);
        m_lexicon.add(QStringLiteral("suv"), 120);
        m_lexicon.add(QStringLiteral("great wall"), 8);
        m_lexicon.add(QStringLiteral("揽巡"), 5);
        m_lexicon.add(QStringLiteral("长城"), 8);
    }

    void rareWordsCountMore()
    {
        const double both = match(u"Talagon SUV", {QStringLiteral("talagon"), QStringLiteral("suv")});
        const double name = match(u"Talagon SUV", {QStringLiteral("talagon")});
        const double kind = match(u"Talagon SUV", {QStringLiteral("suv")});
        QCOMPARE(both, 1.0);
        QVERIFY(name > 0.5 && name < both);
        QVERIFY(kind > 0 && kind < 0.5);
    }

    void unknownWordsAreNobodysFault()
    {
        QCOMPARE(match(u"大众揽巡", {QStringLiteral("揽巡")}), 1.0);
        QCOMPARE(match(u"the Great Wall", {QStringLiteral("great wall")}), 1.0);
    }

    void otherNamesDoNotMatch()
    {
        QCOMPARE(match(u"大众揽巡", {QStringLiteral("长城")}), 0.0);
        QCOMPARE(match(u"dragon", {QStringLiteral("suv")}), 0.0);
        QCOMPARE(match(u"", {QStringLiteral("suv")}, QStringLiteral("anything")), 0.0);
    }

    void descriptionAndLongerKeywordsCountToo()
    {
        QCOMPARE(match(u"the Great Wall", {}, QStringLiteral("the great wall in winter")), 0.8);
        QCOMPARE(match(u"harbour", {QStringLiteral("old harbour bridge")}), 0.8);
        QCOMPARE(match(u"harbour", {}, QStringLiteral("harbours")), 0.0);
    }

    void phrasesAreWholeWords()
    {
        QVERIFY(containsPhrase(QStringLiteral("a red car"), QStringLiteral("red car")));
        QVERIFY(!containsPhrase(QStringLiteral("a red carpet"), QStringLiteral("red car")));
        QVERIFY(containsPhrase(QStringLiteral("a red carpet, a red car"), QStringLiteral("red car")));
        QVERIFY(containsPhrase(QStringLiteral("飞跃长城的车"), QStringLiteral("长城")));
        QVERIFY(!containsPhrase(QStringLiteral("anything"), QString()));
    }
};

QTEST_APPLESS_MAIN(NameMatchTest)
#include "NameMatchTest.moc"
