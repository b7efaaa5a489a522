// Addresses of the web as they come in drops and clipboards. Pure functions, safe from any thread;
// none of them asks the network anything.
#pragma once

#include <QString>
#include <QUrl>

namespace moodloom {

// One http or https address with a host and nothing around it, without a name or password in it
// and without its fragment; else an invalid one. Very long ones are none.
QUrl webAddress(const QString &text);
// Its host as people should see it before they ask it for something: with a port that is not the
// usual one; where a name could be taken for another, in its ASCII form.
QString hostOf(const QUrl &address);

} // namespace moodloom
