#include "app/cli/Interrupt.h"

#include <csignal>
#include <semaphore.h>
#include <thread>

namespace moodloom::cli {
namespace {

sem_t signalled; // posted by the handler: requesting a stop is not allowed inside of one

extern "C" void onSignal(int)
{
    sem_post(&signalled);
}

void awaitSignal()
{
    while (sem_wait(&signalled) != 0) { // interrupted: wait on
    }
}

} // namespace

std::stop_token stopOnInterrupt()
{
    // A handler, not a blocked signal: libraries have threads from before main() that block
    // nothing, and a signal may come to any thread.
    static std::stop_source source = [] {
        std::stop_source stop;
        sem_init(&signalled, 0, 0);
        struct sigaction action = {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
        std::thread([stop]() mutable {
            awaitSignal();
            stop.request_stop();
            awaitSignal();
            std::_Exit(130);
        }).detach();
        return stop;
    }();
    return source.get_token();
}

} // namespace moodloom::cli
