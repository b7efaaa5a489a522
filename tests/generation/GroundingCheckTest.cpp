// The check of takes by made-up embeddings, of which it is known what they are like.
#include "core/generation/GroundingCheck.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace moodloom;
using namespace moodloom::generation;

namespace {

constexpr size_t length = 40;
const QRectF everywhere(0, 0, 1, 1), left(0, 0, 0.5, 1), right(0.5, 0, 0.5, 1);

// As like the first axis as `cosine`, and the rest along another axis.
image::Embedding like(double cosine, size_t other)
{
    image::Embedding embedding(length, 0.0f);
    embedding[0] = float(cosine);
    embedding[other] = float(std::sqrt(1 - cosine * cosine));
    return embedding;
}

Crops picture(double whole, double leftPart, double rightPart, size_t other)
{
    return {{everywhere, left, right},
            {like(whole, other), like(leftPart, other), like(rightPart, other)}};
}

// Twelve pictures that are no more like it than chance.
std::vector<Crops> background(int count = 12)
{
    std::vector<Crops> pictures;
    for (int i = 0; i < count; ++i)
        pictures.push_back(picture(0.02 * (i % 5), 0.01 * (i % 7), 0.0, size_t(3 + i)));
    return pictures;
}

// Asked for by pictures that show it; words that point the same way.
Question question()
{
    Question question{QStringLiteral("a kite")};
    question.words = like(1, 1);
    question.examples.push_back({like(1, 1), picture(0.9, 0.9, 0.1, 30)});
    return question;
}

} // namespace

class GroundingCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsFoundWeakAndMissingApart()
    {
        const auto shown = [](double cosine) {
            return checkFacet(question(), picture(cosine, 0, 0, 20), background()).shown;
        };
        QCOMPARE(shown(0.8), Shown::Found);
        QCOMPARE(shown(0.45), Shown::Weak);
        QCOMPARE(shown(0.05), Shown::Missing);
    }

    void findsWhatFillsOnlyAPart()
    {
        const FacetCheck check = checkFacet(question(), picture(0.1, 0.1, 0.85, 20), background());
        QCOMPARE(check.shown, Shown::Found);
        QCOMPARE(check.where, right);
        // What fills the whole has no part of its own.
        QVERIFY(checkFacet(question(), picture(0.9, 0.1, 0.1, 20), background()).where.isEmpty());
    }

    void looksForANoteWhereItLies()
    {
        Question note = question();
        note.note = true;
        note.region = left;
        note.examples.clear();
        QCOMPARE(checkFacet(note, picture(0.5, 0.05, 0.9, 20), background()).shown, Shown::Missing);
        const FacetCheck there = checkFacet(note, picture(0.5, 0.9, 0.05, 20), background());
        QCOMPARE(there.shown, Shown::Found);
        QVERIFY(there.note);
        QCOMPARE(there.region, left);
    }

    void comparesAPlacedReferenceInItsRegion()
    {
        Question placed = question();
        placed.words.clear();
        placed.examples[0].places = {left};
        QCOMPARE(checkFacet(placed, picture(0.1, 0.05, 0.9, 20), background()).shown,
                 Shown::Missing);
        QCOMPARE(checkFacet(placed, picture(0.1, 0.9, 0.05, 20), background()).shown, Shown::Found);
    }

    void takesTheWholeOfWhatFillsThePicture()
    {
        Question setting = question();
        setting.fillsPicture = true;
        const FacetCheck check = checkFacet(setting, picture(0.05, 0.9, 0.9, 20), background());
        QCOMPARE(check.shown, Shown::Missing);
        QVERIFY(std::isnan(check.pictures.value)); // a picture of it has things of its own
        QCOMPARE(checkFacet(setting, picture(0.8, 0.1, 0.1, 20), background()).shown, Shown::Found);
    }

    // Its words hardly stand out in pictures that show it: what scores low may show it all the
    // same.
    void aFaintSettingIsNotSaidToBeMissing()
    {
        Question setting = question();
        setting.fillsPicture = true;
        setting.examples = {{like(1, 1), picture(0.14, 0.1, 0.1, 30)}};
        const FacetCheck low = checkFacet(setting, picture(0.02, 0.1, 0.1, 20), background());
        QVERIFY(low.words.separation() > 2 && low.words.separation() < 5);
        QCOMPARE(low.shown, Shown::Unchecked);
        QCOMPARE(low.why, WhyUnchecked::Indistinct);
        QVERIFY(low.score < missingBelow); // with the figures
        QCOMPARE(checkFacet(setting, picture(0.14, 0.1, 0.1, 20), background()).shown,
                 Shown::Found);
    }

    void saysNothingWithoutALibrary()
    {
        const FacetCheck none = checkFacet(question(), picture(0.9, 0.9, 0.9, 20), {});
        QCOMPARE(none.shown, Shown::Unchecked);
        QCOMPARE(none.why, WhyUnchecked::FewPictures);
        QVERIFY(std::isnan(none.score));
        // Nor where all but a few have to do with it.
        Question common = question();
        common.related = {0, 1, 2, 3, 4, 5};
        QCOMPARE(checkFacet(common, picture(0.9, 0, 0, 20), background()).why,
                 WhyUnchecked::FewPictures);
        common.related = {0, 1};
        QCOMPARE(checkFacet(common, picture(0.9, 0, 0, 20), background()).shown, Shown::Found);
    }

    void saysNothingWhereTheEncoderCannotTell()
    {
        // Pictures that show it look like all others.
        Question vague{QStringLiteral("a kite")};
        vague.words = like(1, 1);
        vague.examples.push_back({{}, picture(0.05, 0.05, 0.05, 30)});
        const FacetCheck check = checkFacet(vague, picture(0.9, 0, 0, 20), background());
        QCOMPARE(check.shown, Shown::Unchecked);
        QCOMPARE(check.why, WhyUnchecked::Indistinct);
        QVERIFY(std::isfinite(check.words.value)); // the figures are there all the same
    }

    void goesByWordsWhereNoPictureIsKnown()
    {
        Question words = question();
        words.examples.clear();
        QCOMPARE(checkFacet(words, picture(0.8, 0, 0, 20), background()).shown, Shown::Found);
        QCOMPARE(checkFacet(words, picture(0.03, 0, 0, 20), background()).shown, Shown::Missing);
    }

    void passesOverWhatIsNoEmbedding()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        Question broken = question();
        broken.words = image::Embedding(length, nan);
        broken.examples.push_back({image::Embedding(7, 1.0f), {}});
        std::vector<Crops> others = background();
        others[0].embeddings[0] = image::Embedding(length, nan);
        others[1].embeddings = {};
        const FacetCheck check = checkFacet(broken, picture(0.8, 0, 0, 20), others);
        QCOMPARE(check.shown, Shown::Found);
        QVERIFY(std::isnan(check.words.value));
        QVERIFY(std::isfinite(check.score));
        QCOMPARE(checkFacet(question(), {}, background()).shown, Shown::Unchecked);
        Crops bad = picture(0.8, 0, 0, 20);
        bad.embeddings[0][3] = nan;
        QCOMPARE(checkFacet(question(), bad, background()).shown, Shown::Unchecked);
    }

    void staysAsItIsInFiles()
    {
        GroundingCheck check{QStringLiteral("encoder"), {}};
        check.facets.append(checkFacet(question(), picture(0.1, 0.1, 0.85, 20), background()));
        check.facets.append(checkFacet(question(), picture(0.1, 0.1, 0.1, 20), {}));
        check.facets[1].note = true;
        check.facets[1].region = left;
        QCOMPARE(groundingFromJson(toJson(check)), check);
        QVERIFY(groundingFromJson({}).facets.isEmpty());
        QVERIFY(groundingFromJson({{QStringLiteral("facets"), QStringLiteral("none")}})
                    .facets.isEmpty());
    }

    void whatIsLackingIsMissingElseWeak()
    {
        const auto facet = [](const char *text, Shown shown, bool note = false) {
            FacetCheck check{QString::fromLatin1(text), note};
            check.shown = shown;
            return check;
        };
        GroundingCheck check{{},
                             {facet("a", Shown::Found), facet("b", Shown::Weak),
                              facet("c", Shown::Missing), facet("d", Shown::Missing, true)}};
        const auto lacking = [&check] {
            QString texts;
            for (const FacetCheck &one : lackingOf(check))
                texts += one.text;
            return texts;
        };
        QCOMPARE(lacking(), QStringLiteral("cd")); // of notes, too
        check.facets[2].shown = Shown::Unchecked;
        QCOMPARE(lacking(), QStringLiteral("d"));
        check.facets[3].shown = Shown::Found;
        QCOMPARE(lacking(), QStringLiteral("b"));
    }
};

QTEST_APPLESS_MAIN(GroundingCheckTest)
#include "GroundingCheckTest.moc"
