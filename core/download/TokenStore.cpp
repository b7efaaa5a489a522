#include "core/download/TokenStore.h"

#include <QSettings>

#include <qt6keychain/keychain.h>

namespace moodloom::download {
namespace {

const auto kService = QStringLiteral("moodloom");
const auto kEntry = QStringLiteral("huggingface");
const auto kKeptKey = QStringLiteral("download/tokenKept");

// The library's own words never hold the secret; ours are translated.
Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {ErrorCode::Unsupported, "keyring",
                "this desktop has no keyring (Secret Service or KWallet); start one, or set the "
                "token as HF_TOKEN in the environment"};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::Unreadable, "keyring", "it was not unlocked"};
    default:
        return {ErrorCode::Unreadable, "keyring",
                "it does not answer; start one (Secret Service or KWallet), or set the token as "
                "HF_TOKEN in the environment"};
    }
}

} // namespace

void KeyringTokenStore::read(std::function<void(const Result<QString> &)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(kService, this); // deletes itself
    job->setInsecureFallback(false);
    job->setKey(kEntry);
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError)
            done(job->textData());
        else if (job->error() == QKeychain::EntryNotFound)
            done(QString());
        else
            done(fail(errorOf(*job)));
    });
    job->start();
}

void KeyringTokenStore::keep(const QString &token, std::function<void(const Result<void> &)> done)
{
    const auto finish = [this, done = std::move(done),
                         kept = !token.isEmpty()](QKeychain::Job *job) {
        const bool gone = !kept && job->error() == QKeychain::EntryNotFound;
        if (job->error() != QKeychain::NoError && !gone) {
            done(fail(errorOf(*job)));
            return;
        }
        QSettings().setValue(kKeptKey, kept);
        Q_EMIT changed();
        done({});
    };
    QKeychain::Job *job = nullptr;
    if (token.isEmpty()) {
        job = new QKeychain::DeletePasswordJob(kService, this);
    } else {
        auto *write = new QKeychain::WritePasswordJob(kService, this);
        write->setTextData(token);
        job = write;
    }
    job->setInsecureFallback(false);
    job->setKey(kEntry);
    connect(job, &QKeychain::Job::finished, this, finish);
    job->start();
}

bool KeyringTokenStore::isKept() const
{
    return QSettings().value(kKeptKey).toBool();
}

QString tokenOfEnvironment()
{
    return qEnvironmentVariable("HF_TOKEN").trimmed();
}

} // namespace moodloom::download
