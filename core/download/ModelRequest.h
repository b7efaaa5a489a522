// What the user asks for: a model of the hub by its id, or one file by its address.
//
// Values and pure functions; safe from any thread.
#pragma once

#include "core/base/Result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QUrl>

namespace moodloom::download {

struct ModelRequest
{
    QString id;       // "ORGANISATION/NAME"; empty = the file at `url`
    QString revision; // of the hub: a branch, tag or commit
    QString path;     // a file or folder in it; empty = the whole model
    QUrl url;
    QString sha256; // of the one file, in lower case; empty = not stated

    bool isHub() const { return !id.isEmpty(); }
};

// Hugging Face's, or what HF_ENDPOINT names. Without a slash at its end.
QUrl hubEndpoint(const QProcessEnvironment &environment);

// "ORGANISATION/NAME[/PATH][@REVISION]", the address of a page of the hub, or of a file anywhere.
// `sha256` may be empty. Errors: Invalid, with what is expected.
Result<ModelRequest> parseRequest(const QString &text, const QString &sha256, const QUrl &endpoint);

// Whether both have the same scheme, host and port.
bool sameOrigin(const QUrl &a, const QUrl &b);
// Whether it names this machine itself.
bool isThisMachine(const QUrl &url);
// Whether a server's redirect from one to the other is followed: to http or https alone, never from
// https to http, and never from elsewhere to addresses of this machine or of a private network.
bool mayLeadTo(const QUrl &from, const QUrl &to);
// An address as it may be shown and logged: without what is secret in it.
QString shownUrl(const QUrl &url);

} // namespace moodloom::download
