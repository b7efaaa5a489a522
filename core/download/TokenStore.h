// The token that lets the user read gated and private models: from HF_TOKEN, or kept in the
// desktop's keyring. It is written nowhere else.
//
// UI thread (or the only one). Answers come later, through the event loop, or never where the store
// is gone before.
#pragma once

#include "core/base/Result.h"

#include <QObject>
#include <QString>

#include <functional>

namespace moodloom::download {

class TokenStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Empty where there is none. Errors: Unreadable where the keyring refuses.
    virtual void read(std::function<void(const Result<QString> &)> done) = 0;
    // An empty token takes the kept one away. Errors: Unsupported where there is no keyring,
    // Unreadable where it refuses.
    virtual void keep(const QString &token, std::function<void(const Result<void> &)> done) = 0;
    // Whether one was kept, as far as that is known without opening the keyring.
    virtual bool isKept() const = 0;

Q_SIGNALS:
    void changed();
};

// The desktop's keyring (Secret Service, KWallet). That one is kept there is noted in QSettings, so
// that nobody is asked to unlock a keyring that has nothing for us.
class KeyringTokenStore : public TokenStore
{
    Q_OBJECT
public:
    using TokenStore::TokenStore;
    void read(std::function<void(const Result<QString> &)> done) override;
    void keep(const QString &token, std::function<void(const Result<void> &)> done) override;
    bool isKept() const override;
};

// HF_TOKEN, as Hugging Face's own programs read it; empty where it is not set.
QString tokenOfEnvironment();

} // namespace moodloom::download
