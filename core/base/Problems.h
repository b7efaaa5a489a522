// What went wrong at one place, oldest first. It stands there until it is dismissed, or is done
// after all.
//
// QObject of the UI thread; whoever can fail at the place owns it.
#pragma once

#include "core/base/Error.h"

#include <QObject>
#include <QVector>

namespace moodloom {

class Problems : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMost = 3; // more would hide the work; the oldest goes

    using QObject::QObject;

    const QVector<Error> &all() const { return m_all; }
    void set(const QVector<Error> &all);

    // Cancelled is passed over; what stands there already is not repeated.
    void add(const Error &error);
    void dismiss(qsizetype index);
    void remove(const Error &error); // it has been done after all
    void clear() { set({}); }

Q_SIGNALS:
    void changed();

private:
    QVector<Error> m_all;
};

} // namespace moodloom
