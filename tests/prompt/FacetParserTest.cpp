// A prompt falls into entities, settings and styles, with exact places in the text.
#include "core/prompt/FacetParser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace moodloom::prompt;

namespace {

// "大众揽巡; 长城; s:at sunset; y:flat" -- s: setting, y: style, -: excluded.
QString summary(const Prompt &prompt)
{
    QStringList parts;
    for (const Facet &facet : prompt.facets) {
        QString part = facet.excluded ? QStringLiteral("-") : QString();
        if (facet.kind == FacetKind::Setting)
            part += QStringLiteral("s:");
        if (facet.kind == FacetKind::Style)
            part += QStringLiteral("y:");
        parts.append(part + facet.text);
    }
    return parts.join(QStringLiteral("; "));
}

Lexicon sampleLexicon()
{
    Lexicon lexicon;
    for (const char16_t *word : {u"揽巡", u"长城", u"沙漠玫瑰", u"雪人", u"和平鸽", u"Leaping Tiger Gorge",
                                 u"night sky", u"red"})
        lexicon.add(QString::fromUtf16(word), 3);
    lexicon.add(QStringLiteral("越野车"), 40);
    lexicon.add(QStringLiteral("秋天的公园"), 30); // a keyword, and still a place
    return lexicon;
}

} // namespace

class FacetParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void facets_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char16_t *prompt, const char16_t *expected) {
            const QString text = QString::fromUtf16(prompt);
            QTest::newRow(qPrintable(text)) << text << QString::fromUtf16(expected);
        };
        // The two that everything begins with.
        row(u"大众揽巡飞跃长城", u"大众揽巡; 长城");
        row(u"大众揽巡飞跃长城, at sunset", u"大众揽巡; 长城; s:at sunset");
        row(u"a Talagon SUV leaping over the Great Wall at sunset",
            u"Talagon SUV; the Great Wall; s:at sunset");
        // English: relations
        row(u"a red car in front of a lighthouse", u"red car; lighthouse");
        row(u"A robot next to a cup of tea", u"robot; cup of tea");
        row(u"two cats and a dog", u"cats; dog");
        row(u"a hot air balloon above the clouds", u"hot air balloon; s:above the clouds");
        row(u"a cat sleeping on a sofa", u"cat; sofa");
        row(u"a dog chasing a ball", u"dog; ball");
        row(u"the old building on a hill", u"old building; s:on a hill");
        row(u"a boat with red sails under the bridge", u"boat with red sails; bridge");
        row(u"the Statue of Liberty behind the Eiffel Tower", u"the Statue of Liberty; the Eiffel Tower");
        row(u"a red sailing boat and a man holding flowers", u"red sailing boat; man; flowers");
        row(u"a robot leaping over a car parked by the sea", u"robot; car; s:by the sea");
        row(u"a cup with a pink band next to a man with a dog", u"cup with a pink band; man; dog");
        row(u"a checked red and white bus and a tree side by side", u"checked red and white bus; tree");
        row(u"Salt & Pepper", u"Salt; Pepper");
        // English: settings
        row(u"a lighthouse in a snowy forest at night", u"lighthouse; s:in a snowy forest; s:at night");
        row(u"a sailing boat on the sea", u"sailing boat; s:on the sea");
        row(u"city bus", u"city bus");
        row(u"a sea turtle in the city", u"sea turtle; s:in the city");
        row(u"Talagon SUV golden sunset", u"Talagon SUV; s:golden sunset");
        row(u"snowy night", u"s:snowy night");
        row(u"a palace in the Forbidden City", u"palace; the Forbidden City");
        row(u"a teapot in a futuristic city", u"teapot; s:in a futuristic city");
        row(u"a fox in the desert during a sandstorm", u"fox; s:in the desert; s:during a sandstorm");
        row(u"a lake", u"lake");
        row(u"a boat on a lake", u"boat; s:on a lake");
        // English: styles
        row(u"a robot, line art", u"robot; y:line art");
        row(u"a flat illustration of a blue teapot", u"y:flat illustration; blue teapot");
        row(u"watercolour lighthouse at dawn", u"y:watercolour; lighthouse; s:at dawn");
        row(u"a watercolor painting of a cat", u"y:watercolor painting; cat");
        row(u"a fish in paper-cut style", u"fish; y:paper-cut style");
        row(u"night neon style, a tower", u"y:night neon style; tower");
        row(u"a tower in the style of Hiroshige, at dusk", u"tower; y:Hiroshige; s:at dusk");
        row(u"a lighthouse, Hiroshige style", u"lighthouse; y:Hiroshige style");
        row(u"a neon sign above a door", u"neon sign; door");
        row(u"a picture of a whale", u"whale");
        row(u"masterpiece, best quality, a whale, 4k", u"whale");
        // English: the rest
        row(u"a street without people, no cars", u"street; -people; -cars");
        row(u"the \"Leaping Tiger\" at noon", u"Leaping Tiger; s:at noon");
        row(u"Leaping Tiger Gorge in winter", u"Leaping Tiger Gorge; s:in winter");
        row(u"an ID.4 and an artist's snow-white cat", u"ID.4; artist's snow-white cat");
        row(u"tree, tree; Tree", u"tree");
        row(u"red", u"red");
        // Chinese
        row(u"一辆红色的汽车停在海边的灯塔旁边", u"红色的汽车; s:海边; 灯塔");
        row(u"热气球在灯塔上方", u"热气球; 灯塔");
        row(u"一只猫跳过红色的桥", u"猫; 红色的桥");
        row(u"鲸鱼前面的帆船", u"鲸鱼; 帆船");
        row(u"和平鸽与橄榄树", u"和平鸽; 橄榄树");
        row(u"扁平风格的机器人站在雪地里", u"y:扁平风格; 机器人; s:雪地里");
        row(u"剪纸风格，日落时分，一座塔", u"y:剪纸风格; s:日落时分; 塔");
        row(u"沙漠玫瑰", u"沙漠玫瑰");
        row(u"沙漠里的玫瑰", u"s:沙漠里; 玫瑰");
        row(u"雪人在夜晚的城市", u"雪人; s:夜晚的城市");
        row(u"揽巡 长城 日落", u"揽巡; 长城; s:日落");
        row(u"红色揽巡长城", u"红色揽巡; 长城");
        row(u"一幅水彩画：海龟在海里", u"y:水彩画; 海龟; s:海里");
        row(u"《清明上河图》风格的城市", u"清明上河图; s:城市");
        row(u"宫崎骏风格的森林", u"y:宫崎骏风格; s:森林");
        row(u"上海上空的飞机", u"上海; 飞机");
        row(u"街道上没有汽车", u"s:街道; -汽车");
        row(u"画一只猫", u"猫");
        row(u"黏土风格，一只小猫在秋天的公园里", u"y:黏土风格; 小猫; s:秋天的公园里");
        row(u"夜晚的秋天的公园里，戈龙猫", u"s:夜晚的秋天的公园里; 戈龙猫");
        row(u"夜晚月球上的火箭，霓虹风格", u"s:夜晚月球上; 火箭; y:霓虹风格");
        row(u"一辆带白色条纹的红色SUV飞过城墙", u"带白色条纹的红色SUV; 城墙");
        row(u"一枚绿色的带助推器的火箭", u"绿色的带助推器的火箭");
        row(u"一只带粉色宽带的热气球带着猫", u"带粉色宽带的热气球; 猫");
        row(u"揽巡越野车", u"揽巡越野车");
        row(u"夜晚山谷中的一棵树", u"s:夜晚山谷中; 树");
        row(u"房间里的一盏台灯", u"s:房间里; 台灯");
        // mixed
        row(u"一辆 Talagon SUV 飞跃长城, line art", u"Talagon SUV; 长城; y:line art");
        row(u"红色 SUV beside 灯塔", u"红色 SUV; 灯塔");
        row(u"3辆汽车", u"汽车");
        // nothing to look up
        row(u"", u"");
        row(u" ,;…!? ", u"");
        row(u"the of and 的在", u"");
        row(u"🚗 at sunset", u"🚗; s:at sunset");
    }
    void facets()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, expected);
        QCOMPARE(summary(parsePrompt(prompt, sampleLexicon())), expected);
    }

    void worksWithoutAnyLexicon()
    {
        QCOMPARE(summary(parsePrompt(QStringLiteral("大众揽巡飞跃长城"))),
                 QStringLiteral("大众揽巡; 长城"));
    }

    void weightsFollowTheMarks()
    {
        const QString raw = QStringLiteral("a (Talagon SUV:1.4) over ((the Great Wall)), [sunset]");
        const Prompt prompt = parsePrompt(raw);
        QCOMPARE(prompt.raw, raw);
        QCOMPARE(prompt.clean, QStringLiteral("a Talagon SUV over the Great Wall, sunset"));
        QCOMPARE(prompt.facets.size(), 3);
        QCOMPARE(prompt.facets[0].weight, 1.4);
        QCOMPARE(prompt.facets[1].weight, 1.21);
        QCOMPARE(prompt.facets[2].weight, 0.909);
        QCOMPARE(raw.mid(prompt.facets[0].start, prompt.facets[0].length),
                 QStringLiteral("Talagon SUV"));
    }

    void marksInsideAFacetDoNotSplitIt()
    {
        const QString raw = QStringLiteral("a (red) car");
        const Prompt prompt = parsePrompt(raw);
        QCOMPARE(prompt.facets.size(), 1);
        QCOMPARE(prompt.facets[0].text, QStringLiteral("red car"));
        QCOMPARE(raw.mid(prompt.facets[0].start, prompt.facets[0].length),
                 QStringLiteral("red) car"));
        QVERIFY(prompt.facets[0].weight > 1 && prompt.facets[0].weight < 1.1);
    }

    // Whatever is typed or pasted: places stay inside, do not overlap, and mark the facet's text.
    void anyTextIsFine()
    {
        const Lexicon lexicon = sampleLexicon();
        const QStringList pieces{
            QStringLiteral("长城"), QStringLiteral("在"),   QStringLiteral("的"),  QStringLiteral("日落"),
            QStringLiteral("the "), QStringLiteral(" of "), QStringLiteral("("),   QStringLiteral(")"),
            QStringLiteral(":1.2"), QStringLiteral("["),    QStringLiteral("\""),  QStringLiteral("《"),
            QStringLiteral("》"),   QStringLiteral("\\"),   QStringLiteral("'"),   QStringLiteral(" in the style of "),
            QStringLiteral("一只"), QStringLiteral("风格"), QStringLiteral("sea"), QStringLiteral("\n")};
        QRandomGenerator random(20240607);
        for (int round = 0; round < 4000; ++round) {
            QString raw;
            const int length = random.bounded(40);
            for (int i = 0; i < length; ++i) {
                switch (random.bounded(4)) {
                case 0: raw += QChar(char16_t(random.bounded(0x10000))); break; // lone surrogates too
                case 1: raw += QString::fromUcs4(std::u32string(1, char32_t(random.bounded(0x10000, 0x10FFFF))).c_str(), 1); break;
                case 2: raw += QChar(char16_t(random.bounded(0x20, 0x7F))); break;
                default: raw += pieces[random.bounded(pieces.size())];
                }
            }
            const Prompt prompt = parsePrompt(raw, lexicon);
            int end = 0;
            for (const Facet &facet : prompt.facets) {
                QVERIFY(facet.start >= end);
                QVERIFY(facet.length > 0);
                end = facet.start + facet.length;
                QVERIFY(end <= raw.size());
                QVERIFY(prompt.clean.contains(facet.text));
                QVERIFY(facet.weight >= 0 && facet.weight <= 2);
                QVERIFY(!raw[facet.start].isLowSurrogate() || facet.start == 0
                        || !raw[facet.start - 1].isHighSurrogate());
                if (prompt.clean == raw)
                    QCOMPARE(raw.mid(facet.start, facet.length), facet.text);
            }
        }
    }
};

QTEST_APPLESS_MAIN(FacetParserTest)
#include "FacetParserTest.moc"
