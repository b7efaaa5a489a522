// A thin, typed layer over SQLite: one connection, prepared statements, transactions.
//
// A Database belongs to the thread (Worker) that opened it; nothing here is thread-safe. Every
// call's failure is a Result: a full disk is DiskFull, a damaged file Corrupt.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace moodloom {

class Statement;

class Database
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    // Opens or creates `path` (":memory:" too) with foreign keys on, WAL and synchronous=FULL, so
    // that an acknowledged write survives a crash. Errors: NotFound, Unreadable, Corrupt.
    static Result<std::unique_ptr<Database>> open(const QString &path, Mode mode = Mode::ReadWrite);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    // Runs one or several statements without results.
    Result<void> execute(const QString &sql);

    // A prepared statement (cached by its text), reset and without bindings. Valid until the next
    // prepare() of the same text.
    Result<Statement> prepare(const QString &sql);

    // prepare + bind + step, for statements without results.
    Result<void> run(const QString &sql, const QVariantList &values = {});

    // The first column of the first row; an invalid QVariant when there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    // Runs `body` in an immediate transaction (a savepoint when nested): rolled back when it fails.
    Result<void> transaction(const std::function<Result<void>()> &body);

    qint64 lastInsertId() const;
    int changes() const;
    bool isReadOnly() const { return m_readOnly; }
    const QString &path() const { return m_path; }
    // PRAGMA user_version, the schema's version.
    Result<int> schemaVersion();
    Result<void> setSchemaVersion(int version);

private:
    explicit Database(QString path) : m_path(std::move(path)) {}
    Error lastError(const QString &sql = {}) const;
    friend class Statement;

    QString m_path;
    sqlite3 *m_handle = nullptr;
    bool m_readOnly = false;
    int m_depth = 0;
    std::unordered_map<std::string, sqlite3_stmt *> m_statements;
};

// A cursor over a prepared statement. Values bind by position from 1; columns count from 0.
class Statement
{
public:
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;
    ~Statement(); // resets it, so that no read transaction stays open

    void bind(int position, const QVariant &value); // qint64, double, bool, QString, QByteArray, null
    void bindAll(const QVariantList &values);
    // True while there is a row. Errors: as Database.
    Result<bool> step();

    bool isNull(int column) const;
    qint64 integer(int column) const;
    double real(int column) const;
    QString text(int column) const;
    QByteArray blob(int column) const;

private:
    friend class Database;
    Statement(Database *database, sqlite3_stmt *statement)
        : m_database(database), m_statement(statement) {}
    Database *m_database;
    sqlite3_stmt *m_statement;
};

} // namespace moodloom
