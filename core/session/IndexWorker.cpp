#include "core/session/IndexWorker.h"

#include "core/base/Machine.h"

namespace moodloom::session {

IndexWorker::IndexWorker(QString folder, QString modelFolder)
    : m_folder(std::move(folder)), m_modelFolder(std::move(modelFolder)),
      m_worker(QStringLiteral("index"), [] {
          yieldToInterface();
          useComputeThreads();
      })
{
}

IndexWorker::~IndexWorker()
{
    interruptBackground();
}

void IndexWorker::interruptBackground()
{
    const std::lock_guard lock(m_mutex);
    m_background.request_stop();
}

std::stop_token IndexWorker::freshBackground()
{
    const std::lock_guard lock(m_mutex);
    if (m_background.stop_requested())
        m_background = {}; // else it is that of others, which wait or run
    return m_background.get_token();
}

Result<void> IndexWorker::ensureOpen()
{
    if (m_index)
        return {};
    auto opened = LibraryIndex::open(m_folder, m_modelFolder, library::Library::Mode::ReadWrite);
    if (!opened)
        return fail(opened.error());
    m_index = std::move(*opened);
    return {};
}

} // namespace moodloom::session
