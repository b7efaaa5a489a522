// Notes: Markdown on the paper, its source in the editor.
#include "BoardWindow.h"

#include "ui/board/NoteText.h"

#include <QQmlExtensionPlugin>
#include <QQuickItem>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;

namespace {

QImage note(const QString &markdown, const QColor &ink = Qt::black)
{
    QFont font;
    font.setPixelSize(15);
    return ui::noteText(markdown, font, ink, {400, 200}, 1);
}

// The rectangle that holds all ink, and how much there is.
QRect inked(const QImage &image, qint64 *amount = nullptr)
{
    QRect bounds;
    qint64 sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (const int alpha = qAlpha(image.pixel(x, y)); alpha > 40) {
                bounds |= QRect(x, y, 1, 1);
                sum += alpha;
            }
    if (amount)
        *amount = sum;
    return bounds;
}

} // namespace

class NoteTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void headingsAreLarger()
    {
        QVERIFY(inked(note(QStringLiteral("# Harbour"))).height() >
                inked(note(QStringLiteral("Harbour"))).height() * 1.4);
        // Its mark is not written.
        QVERIFY(inked(note(QStringLiteral("# i"))).width() < 20);
    }

    void emphasisAndListsAreShown()
    {
        qint64 plain = 0, bold = 0;
        inked(note(QStringLiteral("harbour")), &plain);
        inked(note(QStringLiteral("**harbour**")), &bold);
        QVERIFY(bold > plain * 1.15);
        const QRect list = inked(note(QStringLiteral("- i\n- i")));
        QVERIFY(list.width() > inked(note(QStringLiteral("i"))).width() + 8); // a bullet before it
        QVERIFY(list.height() > inked(note(QStringLiteral("i"))).height() * 1.5);
    }

    void lineBreaksOfOldNotesStay()
    {
        const QRect two = inked(note(QStringLiteral("one\ntwo"))),
                    one = inked(note(QStringLiteral("one two")));
        QVERIFY(two.height() > one.height() * 1.5);
        QVERIFY(two.width() < one.width());
    }

    void linksAreTextInTheNotesInk()
    {
        const QImage link =
            note(QStringLiteral("[i](https://example.org/a/long/address)"), Qt::red);
        QVERIFY(inked(link).width() < 20);
        for (int y = 0; y < link.height(); ++y)
            for (int x = 0; x < link.width(); ++x)
                if (qAlpha(link.pixel(x, y)) > 200)
                    QVERIFY(link.pixelColor(x, y).blue() < 40 && link.pixelColor(x, y).red() > 200);
    }

    void picturesAreNotRead()
    {
        QImage red(60, 60, QImage::Format_RGB32);
        red.fill(Qt::red);
        const QString path = m_home.filePath(QStringLiteral("red.png"));
        QVERIFY(red.save(path));
        const QImage seen =
            note(QStringLiteral("![](%1)").arg(QUrl::fromLocalFile(path).toString()));
        for (int y = 0; y < seen.height(); ++y)
            for (int x = 0; x < seen.width(); ++x)
                QVERIFY(qAlpha(seen.pixel(x, y)) == 0 || qRed(seen.pixel(x, y)) < 128 ||
                        qGreen(seen.pixel(x, y)) > 64);
    }

    // Nothing that is written is cut; its upper edge stays where it is.
    void thePaperIsAsHighAsItsText()
    {
        BoardWindow w;
        const ItemId note = w.board->addNote(QStringLiteral("short"), {0, 0});
        w.board->rotate({note}, 90, {0, 0});
        const auto corner = [&] { return outline(*w.board->item(note))[0]; };
        const QPointF before = corner();
        w.canvas->edit(note.toString(QUuid::WithoutBraces));
        w.canvas->finishEditing(QStringLiteral("a line of words\n").repeated(30));
        QVERIFY(w.board->item(note)->note()->size.height() > 400);
        QVERIFY(QLineF(corner(), before).length() < 1e-6);
        w.canvas->edit(note.toString(QUuid::WithoutBraces));
        w.canvas->finishEditing(QStringLiteral("short again"));
        QCOMPARE(w.board->item(note)->note()->size.height(), Note().size.height());
        QVERIFY(QLineF(corner(), before).length() < 1e-6);
        // A word that is longer than the paper is wide is broken.
        w.canvas->edit(note.toString(QUuid::WithoutBraces));
        w.canvas->finishEditing(QString(400, QLatin1Char('x')));
        QVERIFY(w.board->item(note)->note()->size.height() > 150);
    }

    // It says where its words act.
    void paperThatWasGivenItsSizeKeepsIt()
    {
        BoardWindow w;
        const ItemId note = w.board->addNote(QStringLiteral("a region"), {0, 0}, {300, 90});
        w.canvas->edit(note.toString(QUuid::WithoutBraces));
        w.canvas->finishEditing(QStringLiteral("a line of words\n").repeated(30));
        QCOMPARE(w.board->item(note)->note()->size, QSizeF(300, 90));
        QVERIFY(w.board->item(note)->note()->text.size() > 400);
    }

    void textThatIsCutFadesIntoAnEllipsis()
    {
        const QImage cut = note(QStringLiteral("words and words and words\n").repeated(30)),
                     whole = note(QStringLiteral("words and words and words\n").repeated(8));
        const auto darkest = [](const QImage &image, const QRect &place) {
            int most = 0;
            for (int y = place.top(); y <= place.bottom(); ++y)
                for (int x = place.left(); x <= place.right(); ++x)
                    most = std::max(most, qAlpha(image.pixel(x, y)));
            return most;
        };
        const QRect lastLine(10, 181, 300, 11), corner(370, 172, 24, 20);
        QVERIFY(darkest(cut, lastLine) < 120);
        QVERIFY(darkest(cut, corner) > 150);
        QCOMPARE(darkest(whole, corner), 0);
        // Above it is as ever.
        QCOMPARE(cut.copy(0, 0, 400, 120), whole.copy(0, 0, 400, 120));
    }

    void editingShowsTheSource()
    {
        BoardWindow w;
        const ItemId id = w.board->addNote(QStringLiteral("# Harbour\n\n- **cranes**"), {0, 0});
        QTest::mouseDClick(&w.view, Qt::LeftButton, {}, w.screen({0, 0}));
        QCOMPARE(w.canvas->editing(), id.toString(QUuid::WithoutBraces));
        QQuickItem *editor = w.view.activeFocusItem();
        QVERIFY(editor);
        QCOMPARE(editor->property("text").toString(), QStringLiteral("# Harbour\n\n- **cranes**"));
        w.key(Qt::Key_End, Qt::ControlModifier);
        for (const char letter : QByteArray(" and ropes"))
            QTest::keyClick(&w.view, letter);
        w.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(w.board->item(id)->note()->text,
                 QStringLiteral("# Harbour\n\n- **cranes** and ropes"));
        QVERIFY(w.canvas->editing().isEmpty());
    }
};

QTEST_MAIN(NoteTest)
#include "NoteTest.moc"
