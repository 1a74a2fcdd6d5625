// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/action_journal.h"

#include "core/base/blake2b.h"
#include "core/base/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <system_error>
#include <utility>

namespace sightglass {

namespace {

constexpr std::string_view header = R"({"format":"sightglass-journal/1"})";
constexpr std::string_view anyHeader = R"({"format":"sightglass-journal/)";
constexpr std::chrono::milliseconds patience{5'000};

/// A descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }

    int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> notWritten(const Path& file, const char* what)
{
    return failure(ErrorCode::NotPermitted,
                   "The journal " + printable(file.string()) + " can't be written: " + what + ".",
                   "Nothing is changed without it: check its folder's permissions and the disk, or "
                   "name another folder with $SIGHTGLASS_DATA.");
}

bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void syncFolder(const Path& folder)
{
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() >= 0)
        ::fsync(descriptor.number());
}

Result<void> checkHeader(const std::string& text, const Path& file)
{
    const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
    if (first.starts_with(anyHeader) && first != header)
        return failure(ErrorCode::Unsupported,
                       "A later version of Sightglass writes the journal " +
                           printable(file.string()) + ".",
                       "Use that version, or name another folder with $SIGHTGLASS_DATA.");
    return {};
}

/// What goes before the line: an end for a torn one, a header for a new file.
std::string before(const std::string& text)
{
    if (text.empty())
        return std::string(header) + "\n";
    return text.back() == '\n' ? "" : "\n";
}

} // namespace

ActionJournal::ActionJournal(Path folder)
    : m_folder(std::move(folder))
{}

Path ActionJournal::file() const
{
    return m_folder / "journal.jsonl";
}

Path ActionJournal::keptFolder(const std::string& run) const
{
    return m_folder / "kept" / run;
}

Path ActionJournal::lockFile(const std::string& run) const
{
    return m_folder / "running" / (run + ".lock");
}

Result<void> ActionJournal::makeFolder(const Path& folder) const
{
    std::error_code code;
    const bool isNew = std::filesystem::create_directories(folder, code);
    if (code)
        return notWritten(file(), "its folder can't be made");
    if (isNew) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, code);
        syncFolder(folder.parent_path());
    }
    return {};
}

Result<JournalRecord> ActionJournal::append(JournalRecord record, const Clock& clock) const
{
    if (auto made = makeFolder(m_folder); !made)
        return failure(made.error());
    const auto lock = FileLock::take(m_folder / "journal.lock", patience);
    if (!lock)
        return failure(lock.error());
    const DiskFileSystem disk;
    const bool isThere = disk.isFile(file());
    const auto text = isThere ? disk.read(file()) : Result<std::string>(std::string());
    if (!text)
        return failure(text.error());
    if (auto checked = checkHeader(*text, file()); !checked)
        return failure(checked.error());

    const std::string lead = before(*text);
    record.sequence = std::ranges::count(*text, '\n') + std::ranges::count(lead, '\n') + 1;
    record.time = toRfc3339(clock.now());
    const Descriptor descriptor(
        ::open(file().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (descriptor.number() < 0)
        return notWritten(file(), "it can't be opened");
    const bool isWritten = writeAll(descriptor.number(), lead + journalLine(record));
    if (!isWritten || ::fsync(descriptor.number()) != 0) {
        // Half a line would only be passed over; without it the file is as it was.
        (void)!::ftruncate(descriptor.number(), static_cast<off_t>(text->size()));
        return notWritten(file(), "the disk is full or failing");
    }
    if (!isThere)
        syncFolder(m_folder);
    return record;
}

Result<JournalReading> ActionJournal::read() const
{
    const DiskFileSystem disk;
    const auto text = disk.read(file());
    if (!text && text.error().code == ErrorCode::NotFound)
        return JournalReading{};
    if (!text)
        return failure(text.error());
    if (auto checked = checkHeader(*text, file()); !checked)
        return failure(checked.error());
    JournalReading reading;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (line.empty() || line == header)
            continue;
        if (auto record = readJournalLine(line))
            reading.records.push_back(std::move(*record));
        else
            ++reading.unreadLines;
    }
    return reading;
}

Result<FileLock> ActionJournal::lockRun(const std::string& run) const
{
    if (auto made = makeFolder(m_folder / "running"); !made)
        return failure(made.error());
    return FileLock::take(lockFile(run), patience);
}

bool ActionJournal::isRunning(const std::string& run) const
{
    return FileLock::isHeld(lockFile(run));
}

void ActionJournal::forgetLock(const std::string& run) const noexcept
{
    std::error_code ignored;
    std::filesystem::remove(lockFile(run), ignored);
}

std::string newRunId(const Clock& clock)
{
    std::random_device random;
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(random() & 0xffU);
    std::string time = toRfc3339(clock.now());
    std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
    return time + "-" + hexDigits(bytes);
}

} // namespace sightglass
