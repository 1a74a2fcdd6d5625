// SPDX-License-Identifier: GPL-3.0-or-later
// A signal handler may do next to nothing, and asking a stop_source to stop is not among it. So the
// handler writes one byte to a pipe and a thread that reads the pipe asks. Signals are not blocked
// instead, because programs that we start would inherit that.
#include "app/cli/stop_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace sightglass {

namespace {

constexpr int stopSignals[] = {SIGINT, SIGTERM, SIGHUP};

// A handler can be told nothing, so where it writes has to be found by it: the one piece of state
// here.
volatile std::sig_atomic_t wakePipe = -1;

extern "C" void wakeListener(int)
{
    const int saved = errno;
    const char byte = 1;
    if (wakePipe >= 0)
        static_cast<void>(!::write(wakePipe, &byte, 1));
    errno = saved;
}

} // namespace

StopSignals::StopSignals()
{
    if (::pipe2(m_pipe, O_CLOEXEC) != 0)
        return; // without it a signal ends the program, as it would anyway
    wakePipe = m_pipe[1];
    m_listener = std::thread([source = m_source, end = m_pipe[0]]() mutable {
        char byte = 0;
        ssize_t got = 0;
        do
            got = ::read(end, &byte, 1);
        while (got < 0 && errno == EINTR);
        if (got == 1 && byte == 1)
            source.request_stop();
    });
    struct sigaction action = {};
    action.sa_handler = wakeListener;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigemptyset(&action.sa_mask);
    for (const int signal : stopSignals)
        ::sigaction(signal, &action, nullptr);
}

StopSignals::~StopSignals()
{
    if (m_pipe[1] < 0)
        return;
    for (const int signal : stopSignals)
        static_cast<void>(std::signal(signal, SIG_DFL));
    wakePipe = -1;
    const char end = 0;
    static_cast<void>(!::write(m_pipe[1], &end, 1));
    m_listener.join();
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace sightglass
