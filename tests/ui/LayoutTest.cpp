// Nothing is cut, overlaps or is too faint: told of the whole tree of each screen of the gallery,
// in both languages, at the usual size of the window and its smallest; the colours in both themes.
#include "tests/ui/gallery/StageFixture.h"

#include <cmath>

using namespace moodloom;

class LayoutTest : public QObject, protected gallery::StageFixture
{
    Q_OBJECT

    static QString describe(const QQuickItem *item)
    {
        QStringList path;
        for (; item && path.size() < 5; item = item->parentItem())
            path.prepend(
                QString::fromLatin1(item->metaObject()->className())
                    .section(QLatin1String("_QML"), 0, 0) +
                (item->objectName().isEmpty() ? QString() : QLatin1Char('#') + item->objectName()));
        return path.join(QStringLiteral(" > "));
    }
    static QRectF onScreen(const QQuickItem *item)
    {
        return item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    }
    static bool isText(const QQuickItem *item) { return item->inherits("QQuickText"); }
    static bool isControl(const QQuickItem *item)
    {
        return item->inherits("QQuickAbstractButton") || item->activeFocusOnTab();
    }
    static QString textOf(const QQuickItem *item) { return item->property("text").toString(); }
    // Nothing of it is seen through what clips it.
    static bool isScrolled(const QQuickItem *item)
    {
        const QRectF place = onScreen(item);
        for (const QQuickItem *above = item->parentItem(); above; above = above->parentItem())
            if (above->clip() && !onScreen(above).intersects(place))
                return true;
        return false;
    }
    static bool scrolls(const QQuickItem *item, const char *content, double side)
    {
        return item->inherits("QQuickFlickable") && item->property(content).toDouble() > side + 0.5;
    }

    QVector<QQuickItem *> shown() const
    {
        return fake::shownItems(m_driver->window()->contentItem());
    }

    // -- What may be wrong, one line each

    // Text that does not fit and is not shortened with a tip, or too low for its lines.
    void checkCut(const QQuickItem *item, QStringList &wrong) const
    {
        if (!isText(item) || textOf(item).isEmpty() || item->width() <= 0)
            return;
        const double wide = item->property("contentWidth").toDouble(),
                     high = item->property("contentHeight").toDouble();
        if (item->property("truncated").toBool() && !isLabel(item))
            wrong << QStringLiteral("shortened without a tip: “%1” %2")
                         .arg(textOf(item), describe(item));
        if (wide > item->width() + 1)
            wrong << QStringLiteral("wider than its place: “%1” %2")
                         .arg(textOf(item), describe(item));
        if (high > item->height() + 1)
            wrong << QStringLiteral("higher than its place by %1: “%2” %3")
                         .arg(high - item->height())
                         .arg(textOf(item), describe(item));
    }
    static bool isLabel(const QQuickItem *item)
    {
        return QByteArray(item->metaObject()->className()).startsWith("Label_");
    }
    // A control or text that something clips, or that hangs over the window's edge.
    void checkClipped(const QQuickItem *item, QStringList &wrong) const
    {
        if (!(isText(item) && !textOf(item).isEmpty()) && !isControl(item))
            return;
        const QRectF place = onScreen(item);
        if (place.isEmpty())
            return;
        bool sideways = false, upright = false; // something scrolls that way
        for (const QQuickItem *above = item->parentItem(); above; above = above->parentItem()) {
            sideways |= scrolls(above, "contentWidth", above->width());
            upright |= scrolls(above, "contentHeight", above->height());
            if (!above->clip() && above->parentItem())
                continue;
            const QRectF seen = onScreen(above).adjusted(-1, -1, 1, 1);
            if ((!sideways && (place.left() < seen.left() || place.right() > seen.right())) ||
                (!upright && (place.top() < seen.top() || place.bottom() > seen.bottom()))) {
                wrong << QStringLiteral("cut off: %1 “%2”").arg(describe(item), textOf(item));
                return;
            }
        }
    }
    // What stands in a row, a column or a grid, over each other.
    void checkOverlaps(const QQuickItem *item, QStringList &wrong) const
    {
        static const char *const kinds[] = {"QQuickRowLayout",  "QQuickColumnLayout",
                                            "QQuickGridLayout", "QQuickRow",
                                            "QQuickColumn",     "QQuickFlow"};
        if (!std::any_of(std::begin(kinds), std::end(kinds),
                         [item](const char *kind) { return item->inherits(kind); }))
            return;
        QVector<QQuickItem *> children;
        for (QQuickItem *child : item->childItems())
            if (child->isVisible() && child->width() > 0 && child->height() > 0)
                children.append(child);
        for (qsizetype i = 0; i < children.size(); ++i)
            for (qsizetype k = i + 1; k < children.size(); ++k) {
                const QRectF common = onScreen(children[i]).intersected(onScreen(children[k]));
                if (common.width() > 1 && common.height() > 1)
                    wrong << QStringLiteral("over each other: %1 and %2")
                                 .arg(describe(children[i]), describe(children[k]));
            }
    }

    // Something stands over it: a popup, or the hint of where a drop would go.
    static bool isCovered(const QQuickItem *item, const QVector<QQuickItem *> &all)
    {
        const auto isInside = [item](const QQuickItem *other) {
            for (const QQuickItem *above = item; above; above = above->parentItem())
                if (above == other)
                    return true;
            return false;
        };
        return std::any_of(all.cbegin(), all.cend(), [&](const QQuickItem *other) {
            return (other->inherits("QQuickPopupItem") ||
                    other->objectName() == QLatin1String("promptDropHint")) &&
                   !isInside(other) && onScreen(other).intersects(onScreen(item));
        });
    }
    static double luminance(const QColor &color)
    {
        const auto linear = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    }
    // Of WCAG 2, 1..21.
    static double contrast(const QColor &a, const QColor &b)
    {
        const double one = luminance(a), other = luminance(b);
        return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
    }
    // Text that can be used and is hard to read on what is under it; pictures are passed over.
    void checkContrast(const QQuickItem *item, const QVector<QQuickItem *> &all,
                       const QImage &window, QStringList &wrong) const
    {
        if (!isText(item) || textOf(item).trimmed().isEmpty() || !item->isEnabled() ||
            isScrolled(item) || isCovered(item, all))
            return;
        double opacity = 1;
        for (const QQuickItem *above = item; above; above = above->parentItem())
            opacity *= above->opacity();
        const QRect place = onScreen(item).toAlignedRect().intersected(window.rect());
        if (place.width() < 4 || place.height() < 4)
            return;
        QHash<QRgb, int> counts;
        for (int y = place.top(); y <= place.bottom(); ++y)
            for (int x = place.left(); x <= place.right(); ++x)
                ++counts[window.pixel(x, y)];
        const auto most = std::max_element(counts.cbegin(), counts.cend());
        if (most.value() < 0.45 * place.width() * place.height())
            return;
        const QColor ground(most.key());
        QColor ink = item->property("color").value<QColor>();
        const double share = opacity * ink.alphaF();
        ink = QColor::fromRgbF(float(ink.redF() * share + ground.redF() * (1 - share)),
                               float(ink.greenF() * share + ground.greenF() * (1 - share)),
                               float(ink.blueF() * share + ground.blueF() * (1 - share)));
        if (const double found = contrast(ink, ground); found < 4.5)
            wrong << QStringLiteral("contrast %1: “%2” %3 on %4, %5")
                         .arg(found, 0, 'f', 2)
                         .arg(textOf(item), ink.name(), ground.name(), describe(item));
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("layout")); }
    void cleanup() { closeWindow(); }
    void cleanupTestCase() { qputenv("MOODLOOM_LANGUAGE", "en"); }

    void everythingCanBeSeenAndRead_data()
    {
        QTest::addColumn<int>("screen");
        QTest::addColumn<bool>("chinese");
        const auto all = gallery::screens();
        for (const bool chinese : {false, true})
            for (size_t i = 0; i < all.size(); ++i)
                QTest::addRow("%s %s", all[i].name, chinese ? "zh" : "en") << int(i) << chinese;
    }
    void everythingCanBeSeenAndRead()
    {
        QFETCH(int, screen);
        QFETCH(bool, chinese);
        openStage(gallery::screens()[size_t(screen)], chinese);
        QStringList wrong;
        for (const QSize size : {QSize(1440, 900), QSize(1100, 700)}) {
            m_driver->window()->resize(size);
            for (int i = 0; i < 3; ++i)
                m_driver->settle();
            QStringList here;
            for (QQuickItem *item : shown()) {
                checkCut(item, here);
                checkClipped(item, here);
                checkOverlaps(item, here);
            }
            for (const ui::Theme::Mode mode : {ui::Theme::Mode::Dark, ui::Theme::Mode::Light}) {
                if (size.width() < 1440 || chinese) // the same colours
                    break;
                ui::Theme::instance()->setMode(mode);
                m_driver->settle();
                const QImage window =
                    m_driver->window()->grabWindow().convertToFormat(QImage::Format_RGB32);
                const QVector<QQuickItem *> all = shown();
                for (QQuickItem *item : all)
                    checkContrast(item, all, window, here);
            }
            here.removeDuplicates();
            for (const QString &line : std::as_const(here))
                wrong
                    << QStringLiteral("%1 x %2: %3").arg(size.width()).arg(size.height()).arg(line);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(QLatin1Char('\n') + wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(LayoutTest)
#include "LayoutTest.moc"
