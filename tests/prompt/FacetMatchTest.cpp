// Which facet is meant after the prompt was edited.
#include "core/prompt/FacetMatch.h"

#include <QTest>

using namespace moodloom::prompt;

class FacetMatchTest : public QObject
{
    Q_OBJECT

    static QVector<Facet> facets(const QStringList &texts)
    {
        QVector<Facet> list;
        for (const QString &text : texts) {
            Facet facet;
            facet.text = text;
            facet.kind =
                text.startsWith(QLatin1String("at ")) ? FacetKind::Setting : FacetKind::Entity;
            list.append(facet);
        }
        return list;
    }
    static int nearest(const QStringList &texts, const char *text,
                       FacetKind kind = FacetKind::Entity)
    {
        return nearestFacet(facets(texts), QString::fromUtf8(text), kind);
    }

private Q_SLOTS:
    void theSameTextWinsWhereverItIs()
    {
        QCOMPARE(nearest({"the Great Wall", "a boat"}, "a boat"), 1);
        QCOMPARE(nearest({"a boat", "the Great Wall"}, "a boat"), 0);
        QCOMPARE(nearest({"A Boat"}, "a boat"), 0);
        QCOMPARE(nearest({"a red boat", "a boat"}, "a boat"), 1);
        QCOMPARE(nearest({QStringLiteral("长城"), QStringLiteral("大众揽巡")}, "大众揽巡"), 1);
    }
    void elseTheNearestOfItsKind()
    {
        QCOMPARE(nearest({"the Great Wall", "a small boat"}, "a boat"), 1);
        QCOMPARE(nearest({"a robot", "a small boat"}, "a boat"), 1); // words before letters
        QCOMPARE(nearest({"robot", "small boat"}, "boat"), 1);
        QCOMPARE(nearest({"the Great Wall", "a boa"}, "a boat"), 1); // while it is typed
        QCOMPARE(nearest({QStringLiteral("长城"), QStringLiteral("红色大众揽巡")}, "大众揽巡"), 1);
        QCOMPARE(nearest({"at sunset"}, "at sunse", FacetKind::Setting), 0);
        QCOMPARE(nearest({"at sunset"}, "a sunset"), -1); // a thing is not a time
    }
    void orNone()
    {
        QCOMPARE(nearest({"the Great Wall"}, "a boat"), -1);
        QCOMPARE(nearest({}, "a boat"), -1);
        QCOMPARE(nearest({""}, "a boat"), -1);
    }
};

QTEST_APPLESS_MAIN(FacetMatchTest)
#include "FacetMatchTest.moc"
