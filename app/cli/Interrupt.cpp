#include "app/cli/Interrupt.h"

#include <csignal>
#include <pthread.h>
#include <thread>

namespace moodloom::cli {

std::stop_token stopOnInterrupt()
{
    // The signals are blocked everywhere and fetched by one thread, because requesting a stop is not
    // allowed inside a signal handler.
    static std::stop_source source = [] {
        std::stop_source stop;
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        std::thread([signals, stop]() mutable {
            int number = 0;
            sigwait(&signals, &number);
            stop.request_stop();
            sigwait(&signals, &number);
            std::_Exit(130);
        }).detach();
        return stop;
    }();
    return source.get_token();
}

} // namespace moodloom::cli
