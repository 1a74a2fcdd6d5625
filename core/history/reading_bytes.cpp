// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers are written in groups of seven bits, lowest first; texts, lists and optional values with
// their length before them; alternatives with their index.
#include "core/history/reading_bytes.h"

#include "core/history/kept_fields.h"

#include <filesystem>
#include <map>
#include <type_traits>

namespace sightglass::kept {

namespace {

template <typename T, template <typename...> typename Template>
inline constexpr bool isA = false;
template <template <typename...> typename Template, typename... Args>
inline constexpr bool isA<Template<Args...>, Template> = true;

template <typename T>
T blank()
{
    if constexpr (isA<T, Known>)
        return T(Unknown{});
    else
        return T{};
}

class Writer
{
public:
    template <typename T>
    void put(const T& value)
    {
        if constexpr (std::is_same_v<T, bool>)
            m_out.push_back(value ? '\1' : '\0');
        else if constexpr (std::is_enum_v<T>)
            number(static_cast<std::uint64_t>(value));
        else if constexpr (std::is_integral_v<T>)
            number(zigzag(static_cast<std::int64_t>(value)));
        else if constexpr (std::is_same_v<T, std::string>)
            text(value);
        else if constexpr (std::is_same_v<T, std::filesystem::path>)
            text(value.string());
        else if constexpr (std::is_same_v<T, SourceSpan>)
            span(value);
        else if constexpr (isA<T, Known>)
            known(value);
        else if constexpr (isA<T, std::optional>)
            optional(value);
        else if constexpr (isA<T, std::vector> || isA<T, std::map>)
            list(value);
        else if constexpr (isA<T, std::pair>)
            putAll(value.first, value.second);
        else if constexpr (std::is_same_v<T, Change>)
            change(value);
        else
            visitFields(value, [this](const auto&... fields) { putAll(fields...); });
    }

    template <typename... T>
    void putAll(const T&... values)
    {
        (put(values), ...);
    }

    std::string take() { return std::move(m_out); }

private:
    static std::uint64_t zigzag(std::int64_t value)
    {
        return (static_cast<std::uint64_t>(value) << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0U);
    }

    void number(std::uint64_t value)
    {
        while (value >= 0x80U) {
            m_out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
            value >>= 7U;
        }
        m_out.push_back(static_cast<char>(value));
    }

    void text(std::string_view value)
    {
        number(value.size());
        m_out.append(value);
    }

    /// Nearly all spans of a reading are in one file.
    void span(const SourceSpan& value)
    {
        visitFields(value, [this](const std::string& file, const auto&... places) {
            put(file == m_file);
            if (file != m_file) {
                text(file);
                m_file = file;
            }
            putAll(places...);
        });
    }

    template <typename T>
    void known(const Known<T>& value)
    {
        put(value.isKnown());
        if (value.isKnown())
            put(value.value());
        else
            text(value.reason());
    }

    template <typename T>
    void optional(const std::optional<T>& value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }

    template <typename List>
    void list(const List& values)
    {
        number(values.size());
        for (const auto& each : values)
            put(each);
    }

    void change(const Change& value)
    {
        number(value.index());
        std::visit([this](const auto& each) { put(each); }, value);
    }

    std::string m_out;
    std::string m_file;
};

/// Reads what Writer wrote. Once something does not fit, every value is empty and `ended` false.
class Reader
{
public:
    explicit Reader(std::string_view bytes)
        : m_rest(bytes)
    {}

    bool fits() const { return m_fits; }

    bool ended() const { return m_fits && m_rest.empty(); }

    template <typename T>
    void take(T& value)
    {
        if constexpr (std::is_same_v<T, bool>)
            value = flag();
        else if constexpr (std::is_enum_v<T>)
            value = static_cast<T>(below(static_cast<std::uint64_t>(lastOf<T>) + 1));
        else if constexpr (std::is_integral_v<T>)
            integer(value);
        else if constexpr (std::is_same_v<T, std::string>)
            value = text();
        else if constexpr (std::is_same_v<T, std::filesystem::path>)
            value = text();
        else if constexpr (std::is_same_v<T, SourceSpan>)
            span(value);
        else if constexpr (isA<T, Known>)
            known(value);
        else if constexpr (isA<T, std::optional>)
            optional(value);
        else if constexpr (isA<T, std::vector>)
            list(value);
        else if constexpr (isA<T, std::pair>)
            takeAll(value.first, value.second);
        else if constexpr (std::is_same_v<T, Change>)
            change(value);
        else
            visitFields(value, [this](auto&... fields) { takeAll(fields...); });
    }

    template <typename... T>
    void takeAll(T&... values)
    {
        (take(values), ...);
    }

private:
    std::uint64_t fails()
    {
        m_fits = false;
        m_rest = {};
        return 0;
    }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte =
                static_cast<std::uint64_t>(static_cast<unsigned char>(m_rest.front()));
            m_rest.remove_prefix(1);
            value |= (byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        return fails();
    }

    std::uint64_t below(std::uint64_t limit)
    {
        const std::uint64_t value = number();
        return value < limit ? value : fails();
    }

    bool flag() { return below(2) == 1; }

    template <typename T>
    void integer(T& value)
    {
        const std::uint64_t bits = number();
        const auto wide =
            static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0U));
        value = static_cast<T>(wide);
        if (static_cast<std::int64_t>(value) != wide)
            fails();
    }

    std::string text()
    {
        const std::uint64_t size = number();
        if (size > m_rest.size()) {
            fails();
            return {};
        }
        std::string value(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return value;
    }

    void span(SourceSpan& value)
    {
        visitFields(value, [this](std::string& file, auto&... places) {
            if (!flag())
                m_file = text();
            file = m_file;
            takeAll(places...);
        });
    }

    template <typename T>
    void known(Known<T>& value)
    {
        if (!flag()) {
            value = Unknown{text()};
            return;
        }
        T inner = blank<T>();
        take(inner);
        value = std::move(inner);
    }

    template <typename T>
    void optional(std::optional<T>& value)
    {
        value.reset();
        if (flag())
            take(value.emplace(blank<T>()));
    }

    /// Every element takes a byte at least, so a list ends with the bytes whatever its length says.
    template <typename T>
    void list(std::vector<T>& values)
    {
        values.clear();
        for (std::uint64_t left = number(); left > 0 && m_fits; --left) {
            if (m_rest.empty()) {
                fails();
                return;
            }
            take(values.emplace_back(blank<T>()));
        }
    }

    void change(Change& value)
    {
        change(value, std::make_index_sequence<std::variant_size_v<AnyChange>>());
    }

    template <std::size_t... indexes>
    void change(Change& value, std::index_sequence<indexes...>)
    {
        const std::uint64_t wanted = below(sizeof...(indexes));
        if (m_fits)
            ((indexes == wanted ? alternative<indexes>(value) : void()), ...);
    }

    template <std::size_t index>
    void alternative(Change& value)
    {
        std::variant_alternative_t<index, AnyChange> read;
        take(read);
        value = std::move(read);
    }

    std::string_view m_rest;
    std::string m_file;
    bool m_fits = true;
};

template <typename T>
std::string written(const T& value)
{
    Writer writer;
    writer.put(value);
    return writer.take();
}

template <typename T>
std::optional<T> readBack(std::string_view bytes)
{
    std::optional<T> value(std::in_place);
    Reader reader(bytes);
    reader.take(*value);
    if (!reader.ended())
        value.reset();
    return value;
}

} // namespace

std::string bytesOf(const KeptReading& reading)
{
    return written(reading);
}

std::string bytesOf(const KeptRun& run)
{
    return written(run);
}

std::string bytesOf(const Surroundings& surroundings)
{
    return written(surroundings);
}

std::string bytesOf(const TransactionFacts& transactions)
{
    return written(transactions);
}

std::optional<KeptReading> keptReadingFrom(std::string_view bytes)
{
    return readBack<KeptReading>(bytes);
}

std::optional<KeptHead> keptHeadFrom(std::string_view bytes)
{
    std::optional<KeptHead> head(std::in_place);
    Reader reader(bytes);
    reader.take(*head); // what follows is the reading
    if (!reader.fits())
        head.reset();
    return head;
}

std::optional<KeptRun> keptRunFrom(std::string_view bytes)
{
    return readBack<KeptRun>(bytes);
}

} // namespace sightglass::kept
