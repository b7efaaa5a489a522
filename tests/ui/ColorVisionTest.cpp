// Colours that tell something apart do so for people who see colours differently; text and icons in
// a colour are readable on every surface of both themes.
#include "tests/ui/gallery/ColorVision.h"
#include "ui/board/ReferenceInks.h"
#include "ui/theme/Theme.h"

#include <QStandardPaths>
#include <QTest>

#include <cmath>

using namespace moodloom;
using gallery::ColorVision;

namespace {

double linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

// WCAG 2.1: relative luminance, and the contrast of two colours, 1..21.
double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(const QColor &a, const QColor &b)
{
    const double light = std::max(luminance(a), luminance(b)),
                 dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

// In OKLab (Ottosson 2020); neighbours that are just told apart are about 0.02 from each other.
double distance(const QColor &one, const QColor &other)
{
    const auto lab = [](const QColor &c) {
        const double r = linear(c.redF()), g = linear(c.greenF()), b = linear(c.blueF());
        const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return std::array<double, 3>{0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                                     1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                                     0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
    };
    const auto x = lab(one), y = lab(other);
    return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

} // namespace

class ColorVisionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("color-vision"));
    }

    // Red and green of equal light come close without the middle cones, blue and yellow do not.
    void theSimulationDoesWhatItIsNamedAfter()
    {
        const QColor red(200, 60, 60), green(90, 130, 60), blue(60, 90, 220), yellow(220, 200, 60);
        const auto seen = [](ColorVision v, const QColor &a, const QColor &b) {
            return distance(gallery::seenAs(v, a), gallery::seenAs(v, b)) / distance(a, b);
        };
        QVERIFY(seen(ColorVision::Deutan, red, green) < 0.45);
        QVERIFY(seen(ColorVision::Protan, red, green) < 0.75);
        QVERIFY(seen(ColorVision::Deutan, blue, yellow) > 0.8);
        QVERIFY(seen(ColorVision::Tritan, red, green) > 0.8);
        for (const ColorVision vision : gallery::colorVisions) {
            const QColor grey = gallery::seenAs(vision, QColor(128, 128, 128));
            QVERIFY2(distance(grey, QColor(128, 128, 128)) < 0.01,
                     gallery::colorVisionName(vision));
            QImage image(1, 1, QImage::Format_RGB32);
            image.fill(red);
            QVERIFY(distance(gallery::seenAs(vision, image).pixelColor(0, 0),
                             gallery::seenAs(vision, red)) < 0.01);
        }
    }

    // The outlines of references that act in a frame; each has its name on it besides.
    void theOutlinesOfReferencesAreToldApart()
    {
        for (const ColorVision vision : gallery::colorVisions)
            for (size_t i = 0; i < ui::referenceInks.size(); ++i)
                for (size_t j = 0; j < i; ++j) {
                    const double apart = distance(gallery::seenAs(vision, ui::referenceInks[i]),
                                                  gallery::seenAs(vision, ui::referenceInks[j]));
                    QVERIFY2(apart > 0.04,
                             qPrintable(QStringLiteral("%1: %2 and %3 are %4 apart")
                                            .arg(QLatin1String(gallery::colorVisionName(vision)))
                                            .arg(i)
                                            .arg(j)
                                            .arg(apart)));
                }
    }

    void inkIsReadableOnEverySurface_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void inkIsReadableOnEverySurface()
    {
        QFETCH(bool, dark);
        ui::Theme &theme = *ui::Theme::instance();
        theme.setMode(dark ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light);
        const std::array<std::pair<const char *, QColor>, 4> inks{
            {{"text", theme.text()},
             {"textSecondary", theme.textSecondary()},
             {"accentInk", theme.accentInk()},
             {"dangerInk", theme.dangerInk()}}};
        for (const auto &[name, ink] : inks)
            for (const QColor &surface : {theme.window(), theme.panel(), theme.raised()})
                QVERIFY2(contrast(ink, surface) >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(QLatin1String(name), surface.name())
                                        .arg(contrast(ink, surface))));
        QVERIFY(contrast(theme.accentText(), theme.accent()) >= 4.5);
        QVERIFY(contrast(theme.selectionText(), theme.selection()) >= 4.5);
    }
};

QTEST_MAIN(ColorVisionTest)
#include "ColorVisionTest.moc"
