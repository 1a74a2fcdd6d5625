// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/leash.h"

#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sightglass {

namespace {

/// posix_spawn's two settings objects, freed together.
class SpawnSettings
{
public:
    explicit SpawnSettings(int standardInput)
    {
        posix_spawn_file_actions_init(&m_files);
        posix_spawn_file_actions_adddup2(&m_files, standardInput, STDIN_FILENO);
        // A child that outlives us must not keep our terminal or a reader of our output waiting.
        posix_spawn_file_actions_addopen(&m_files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&m_files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;
    ~SpawnSettings()
    {
        posix_spawn_file_actions_destroy(&m_files);
        posix_spawnattr_destroy(&m_attributes);
    }

    const posix_spawn_file_actions_t* files() const { return &m_files; }
    const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    posix_spawn_file_actions_t m_files{};
    posix_spawnattr_t m_attributes{};
};

Error notStarted(const std::string& program, int number)
{
    return {.code = ErrorCode::NotFound,
            .message = "Can't start " + program + ": " + std::generic_category().message(number) + "."};
}

} // namespace

Leash::Leash(Leash&& other) noexcept
    : m_child(std::exchange(other.m_child, -1))
    , m_pipe(std::exchange(other.m_pipe, -1))
{
}

Leash& Leash::operator=(Leash&& other) noexcept
{
    std::swap(m_child, other.m_child);
    std::swap(m_pipe, other.m_pipe);
    return *this;
}

Leash::~Leash()
{
    release(std::chrono::seconds(20));
}

Result<Leash> Leash::start(const std::string& program, const std::vector<std::string>& arguments)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return failure(notStarted(program, errno));
    std::vector<char*> words;
    words.push_back(const_cast<char*>(program.c_str()));
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    const SpawnSettings settings(ends[0]);
    pid_t child = -1;
    const int failed =
        ::posix_spawn(&child, program.c_str(), settings.files(), settings.attributes(), words.data(), environ);
    ::close(ends[0]);
    if (failed != 0) {
        ::close(ends[1]);
        return failure(notStarted(program, failed));
    }
    Leash leash;
    leash.m_child = child;
    leash.m_pipe = ends[1];
    return leash;
}

bool Leash::release(std::chrono::milliseconds limit) noexcept
{
    if (m_pipe >= 0)
        ::close(std::exchange(m_pipe, -1));
    const auto end = std::chrono::steady_clock::now() + limit;
    while (m_child > 0) {
        const pid_t ended = ::waitpid(m_child, nullptr, WNOHANG);
        if (ended == m_child || (ended < 0 && errno != EINTR)) {
            m_child = -1;
            return true;
        }
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace sightglass
