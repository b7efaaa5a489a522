#include "core/base/Database.h"

#include <QFileInfo>

#include <sqlite3.h>

namespace moodloom {

Result<std::unique_ptr<Database>> Database::open(const QString &path, Mode mode)
{
    std::unique_ptr<Database> db(new Database(path));
    const bool readOnly = mode == Mode::ReadOnly;
    if (readOnly && !QFileInfo::exists(path))
        return fail(ErrorCode::NotFound, path.toStdString(), "no such file");
    const int flags = (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                      SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.toUtf8().constData(), &db->m_handle, flags, nullptr) != SQLITE_OK)
        return fail(db->lastError());
    sqlite3_extended_result_codes(db->m_handle, 1);
    sqlite3_busy_timeout(db->m_handle, 5000);
    db->m_readOnly = readOnly || sqlite3_db_readonly(db->m_handle, "main") == 1;
    if (auto ok = db->execute(QStringLiteral("PRAGMA foreign_keys = ON")); !ok)
        return fail(ok.error());
    // The first real read: a file that is no database shows here.
    if (auto check = db->value(QStringLiteral("SELECT count(*) FROM sqlite_master")); !check)
        return fail(check.error());
    if (!db->m_readOnly) {
        if (auto ok = db->execute(QStringLiteral("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
            !ok)
            return fail(ok.error());
    }
    return db;
}

Database::~Database()
{
    for (auto &[sql, statement] : m_statements)
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

Error Database::lastError(const QString &sql) const
{
    const int code = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
    const char *text = m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
    Error error{ErrorCode::Internal, m_path.toStdString(), text};
    switch (code & 0xff) {
    case SQLITE_FULL:
        error = {ErrorCode::DiskFull, error.subject,
                 "free some space; what was stored before is untouched"};
        break;
    case SQLITE_IOERR:
        error.code = code == SQLITE_IOERR_WRITE ? ErrorCode::DiskFull : ErrorCode::Unreadable;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: error.code = ErrorCode::Corrupt; break;
    case SQLITE_READONLY: error.code = ErrorCode::ReadOnly; break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: error.code = ErrorCode::Unreadable; break;
    case SQLITE_NOMEM: error.code = ErrorCode::OutOfMemory; break;
    default:
        if (!sql.isEmpty())
            error.detail += " in: " + sql.toStdString();
    }
    return error;
}

Result<void> Database::execute(const QString &sql)
{
    if (sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(lastError(sql));
    return {};
}

Result<Statement> Database::prepare(const QString &sql)
{
    const std::string key = sql.toStdString();
    auto found = m_statements.find(key);
    if (found == m_statements.end()) {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v3(m_handle, key.c_str(), int(key.size()) + 1, SQLITE_PREPARE_PERSISTENT,
                               &statement, nullptr) != SQLITE_OK)
            return fail(lastError(sql));
        found = m_statements.emplace(key, statement).first;
    }
    sqlite3_reset(found->second);
    sqlite3_clear_bindings(found->second);
    return Statement(this, found->second);
}

Result<void> Database::run(const QString &sql, const QVariantList &values)
{
    auto statement = prepare(sql);
    if (!statement)
        return fail(statement.error());
    statement->bindAll(values);
    if (auto row = statement->step(); !row)
        return fail(row.error());
    return {};
}

Result<QVariant> Database::value(const QString &sql, const QVariantList &values)
{
    auto statement = prepare(sql);
    if (!statement)
        return fail(statement.error());
    statement->bindAll(values);
    auto row = statement->step();
    if (!row)
        return fail(row.error());
    if (!*row || statement->isNull(0))
        return QVariant();
    switch (sqlite3_column_type(statement->m_statement, 0)) {
    case SQLITE_INTEGER: return QVariant(statement->integer(0));
    case SQLITE_FLOAT: return QVariant(statement->real(0));
    case SQLITE_BLOB: return QVariant(statement->blob(0));
    default: return QVariant(statement->text(0));
    }
}

Result<void> Database::transaction(const std::function<Result<void>()> &body)
{
    const QString name = QStringLiteral("t%1").arg(m_depth);
    const bool outer = m_depth == 0;
    if (auto ok = execute(outer ? QStringLiteral("BEGIN IMMEDIATE")
                                : QStringLiteral("SAVEPOINT ") + name);
        !ok)
        return ok;
    ++m_depth;
    Result<void> result;
    try {
        result = body();
    } catch (...) {
        --m_depth;
        (void)execute(outer ? QStringLiteral("ROLLBACK")
                            : QStringLiteral("ROLLBACK TO %1; RELEASE %1").arg(name));
        throw;
    }
    --m_depth;
    if (result)
        result = execute(outer ? QStringLiteral("COMMIT") : QStringLiteral("RELEASE ") + name);
    if (!result) // SQLite may have rolled back by itself (full disk): then this fails, harmlessly
        (void)execute(outer ? QStringLiteral("ROLLBACK")
                            : QStringLiteral("ROLLBACK TO %1; RELEASE %1").arg(name));
    return result;
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

int Database::changes() const
{
    return sqlite3_changes(m_handle);
}

Result<int> Database::schemaVersion()
{
    auto version = value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return fail(version.error());
    return version->toInt();
}

Result<void> Database::setSchemaVersion(int version)
{
    return execute(QStringLiteral("PRAGMA user_version = %1").arg(version));
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr))
{
}

Statement::~Statement()
{
    if (m_statement)
        sqlite3_reset(m_statement);
}

void Statement::bind(int position, const QVariant &value)
{
    if (!value.isValid() || value.isNull()) {
        sqlite3_bind_null(m_statement, position);
        return;
    }
    switch (value.metaType().id()) {
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        sqlite3_bind_int64(m_statement, position, value.toLongLong());
        break;
    case QMetaType::Float:
    case QMetaType::Double: sqlite3_bind_double(m_statement, position, value.toDouble()); break;
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        sqlite3_bind_blob64(m_statement, position, bytes.constData(), sqlite3_uint64(bytes.size()),
                            SQLITE_TRANSIENT);
        break;
    }
    default: {
        const QByteArray utf8 = value.toString().toUtf8();
        sqlite3_bind_text(m_statement, position, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
    }
    }
}

void Statement::bindAll(const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        bind(int(i) + 1, values[i]);
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement);
        return false;
    }
    const Error error = m_database->lastError(QString::fromUtf8(sqlite3_sql(m_statement)));
    sqlite3_reset(m_statement);
    return fail(error);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(bytes, sqlite3_column_bytes(m_statement, column));
}

} // namespace moodloom
