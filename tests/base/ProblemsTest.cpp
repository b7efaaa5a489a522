// What stands at a place until it is dismissed.
#include "core/base/Problems.h"

#include <QSignalSpy>
#include <QTest>

using namespace moodloom;

class ProblemsTest : public QObject
{
    Q_OBJECT

    static Error error(const char *subject) { return {ErrorCode::NotFound, subject, {}}; }
    static QString texts(const Problems &problems)
    {
        QStringList subjects;
        for (const Error &one : problems.all())
            subjects << QString::fromStdString(one.subject);
        return subjects.join(u' ');
    }

private Q_SLOTS:
    void whatStandsThereIsNotRepeatedAndTheOldestMakesRoom()
    {
        Problems problems;
        QSignalSpy changed(&problems, &Problems::changed);
        problems.add({ErrorCode::Cancelled, "never shown", {}});
        for (const char *subject : {"a", "b", "a"})
            problems.add(error(subject));
        QCOMPARE(texts(problems), QStringLiteral("a b"));
        QCOMPARE(changed.size(), 2);
        problems.add(error("c"));
        problems.add(error("d"));
        QCOMPARE(texts(problems), QStringLiteral("b c d"));
    }

    void itGoesWhenItIsDismissedOrDoneAfterAll()
    {
        Problems problems;
        for (const char *subject : {"a", "b", "c"})
            problems.add(error(subject));
        problems.dismiss(1);
        QCOMPARE(texts(problems), QStringLiteral("a c"));
        problems.dismiss(2);
        problems.dismiss(-1);
        problems.remove(error("b"));
        QCOMPARE(texts(problems), QStringLiteral("a c"));
        problems.remove(error("a"));
        QCOMPARE(texts(problems), QStringLiteral("c"));
        QSignalSpy changed(&problems, &Problems::changed);
        problems.clear();
        problems.clear();
        QCOMPARE(changed.size(), 1);
        QVERIFY(problems.all().isEmpty());
    }
};

QTEST_APPLESS_MAIN(ProblemsTest)
#include "ProblemsTest.moc"
