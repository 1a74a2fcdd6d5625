// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace sightglass {

/// What an element of a SharedSequence is found by.
struct WholeKey
{
    template <typename T>
    const T& operator()(const T& element) const
    {
        return element;
    }
};

/// A value that several own. Unlike a shared_ptr it can tell one owner that all others are gone and
/// done with it.
template <typename T>
class CountedValue
{
public:
    CountedValue()
        : m_counted(new Counted)
    {}

    CountedValue(const CountedValue& other)
        : m_counted(other.m_counted)
    {
        m_counted->owners.fetch_add(1, std::memory_order_relaxed);
    }

    CountedValue(CountedValue&& other) noexcept
        : m_counted(std::exchange(other.m_counted, nullptr))
    {}

    CountedValue& operator=(CountedValue other) noexcept
    {
        std::swap(m_counted, other.m_counted);
        return *this;
    }

    ~CountedValue()
    {
        if (m_counted != nullptr && m_counted->owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete m_counted;
    }

    const T& operator*() const { return m_counted->value; }

    const T* operator->() const { return &m_counted->value; }

    bool isShared() const { return m_counted->owners.load(std::memory_order_acquire) != 1; }

    /// For the only owner.
    T& edit() { return m_counted->value; }

private:
    struct Counted
    {
        T value;
        std::atomic<std::size_t> owners = 1;
    };

    Counted* m_counted;
};

/// Elements in the order of their keys, each key once. A copy shares what neither changes after:
/// it costs a pointer for every few dozen elements, a change those few dozen at most.
///
/// Iterators and pointers to elements are valid until the next change.
/// thread  one at a time for an object; copies are independent
template <typename T, typename KeyOf>
class SharedSequence
{
    using Chunk = std::vector<T>;
    using Chunks = std::vector<CountedValue<Chunk>>;

public:
    class Iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;

        Iterator(const Chunks* chunks, std::size_t chunk, std::size_t at)
            : m_chunks(chunks)
            , m_chunk(chunk)
            , m_at(at)
        {}

        reference operator*() const { return (*(*m_chunks)[m_chunk])[m_at]; }

        pointer operator->() const { return &**this; }

        Iterator& operator++()
        {
            if (++m_at == (*m_chunks)[m_chunk]->size()) {
                ++m_chunk;
                m_at = 0;
            }
            return *this;
        }

        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }

        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        friend class SharedSequence;
        const Chunks* m_chunks = nullptr;
        std::size_t m_chunk = 0;
        std::size_t m_at = 0;
    };

    bool empty() const { return m_size == 0; }

    std::size_t size() const { return m_size; }

    Iterator begin() const { return {&m_chunks, 0, 0}; }

    Iterator end() const { return {&m_chunks, m_chunks.size(), 0}; }

    /// The first element whose key is not less than `key`.
    template <typename Key>
    Iterator lower_bound(const Key& key) const
    {
        const std::size_t chunk = chunkOf(key);
        if (chunk == m_chunks.size())
            return end();
        return {&m_chunks, chunk, placeIn(*m_chunks[chunk], key)};
    }

    template <typename Key>
    Iterator find(const Key& key) const
    {
        const Iterator place = lower_bound(key);
        return place != end() && !(key < KeyOf()(*place)) ? place : end();
    }

    template <typename Key>
    bool contains(const Key& key) const
    {
        return find(key) != end();
    }

    /// False: there was none.
    template <typename Key>
    bool erase(const Key& key)
    {
        const Iterator place = find(key);
        if (place == end())
            return false;
        Chunk& chunk = own(place.m_chunk);
        chunk.erase(chunk.begin() + static_cast<std::ptrdiff_t>(place.m_at));
        if (chunk.empty())
            m_chunks.erase(m_chunks.begin() + static_cast<std::ptrdiff_t>(place.m_chunk));
        --m_size;
        return true;
    }

    void clear()
    {
        m_chunks.clear();
        m_size = 0;
    }

protected:
    /// The element at the place, which nobody else shares any more.
    T& edit(const Iterator& place) { return own(place.m_chunk)[place.m_at]; }

    /// Puts an element before `place`, which is where its key belongs.
    T& put(const Iterator& place, T element)
    {
        ++m_size;
        if (m_chunks.empty())
            m_chunks.emplace_back();
        const bool last = place.m_chunk == m_chunks.size();
        std::size_t index = last ? place.m_chunk - 1 : place.m_chunk;
        std::size_t at = last ? m_chunks[index]->size() : place.m_at;
        if (m_chunks[index]->size() >= fullChunk) {
            split(index);
            if (at > m_chunks[index]->size()) {
                at -= m_chunks[index]->size();
                ++index;
            }
        }
        Chunk& chunk = own(index, 1);
        return *chunk.insert(chunk.begin() + static_cast<std::ptrdiff_t>(at), std::move(element));
    }

private:
    static constexpr std::size_t fullChunk = 24;
    static constexpr std::size_t spareChunk = 8;

    /// The chunk that holds `key`, or where it belongs; the number of chunks: behind all.
    template <typename Key>
    std::size_t chunkOf(const Key& key) const
    {
        const auto place = std::ranges::partition_point(
            m_chunks, [&](const CountedValue<Chunk>& each) { return KeyOf()(each->back()) < key; });
        return static_cast<std::size_t>(place - m_chunks.begin());
    }

    template <typename Key>
    static std::size_t placeIn(const Chunk& chunk, const Key& key)
    {
        const auto place =
            std::ranges::partition_point(chunk, [&](const T& each) { return KeyOf()(each) < key; });
        return static_cast<std::size_t>(place - chunk.begin());
    }

    /// A chunk of our own, with room for `more` elements. There are many, so none has much room to
    /// spare.
    Chunk& own(std::size_t index, std::size_t more = 0)
    {
        CountedValue<Chunk>& chunk = m_chunks[index];
        const std::size_t size = chunk->size();
        const std::size_t room = more == 0 ? size : size - size % spareChunk + spareChunk;
        if (chunk.isShared()) {
            CountedValue<Chunk> copy;
            copy.edit().reserve(room);
            copy.edit().assign(chunk->begin(), chunk->end());
            chunk = std::move(copy);
        } else if (size + more > chunk->capacity()) {
            chunk.edit().reserve(room);
        }
        return chunk.edit();
    }

    void split(std::size_t index)
    {
        Chunk& first = own(index);
        CountedValue<Chunk> second;
        second.edit().reserve(fullChunk / 2 + spareChunk);
        // Keys often come in order; then the first chunk stays full.
        const bool grows = index + 1 == m_chunks.size();
        const auto middle = first.begin() + (grows ? fullChunk - 1 : fullChunk / 2);
        std::move(middle, first.end(), std::back_inserter(second.edit()));
        first.erase(middle, first.end());
        m_chunks.insert(m_chunks.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                        std::move(second));
    }

    Chunks m_chunks; ///< none is empty
    std::size_t m_size = 0;
};

/// A set whose copies share what they have in common.
template <typename T>
class SharedSet : public SharedSequence<T, WholeKey>
{
public:
    /// False: it was there.
    bool insert(T element)
    {
        const auto place = this->lower_bound(element);
        if (place != this->end() && !(element < *place))
            return false;
        this->put(place, std::move(element));
        return true;
    }
};

struct FirstKey
{
    template <typename K, typename V>
    const K& operator()(const std::pair<K, V>& element) const
    {
        return element.first;
    }
};

/// A map whose copies share what they have in common. Elements are read through iterators and
/// changed by their key.
template <typename K, typename V>
class SharedMap : public SharedSequence<std::pair<K, V>, FirstKey>
{
public:
    /// The value of a key, made where there is none.
    V& operator[](const K& key)
    {
        const auto place = this->lower_bound(key);
        if (place != this->end() && !(key < place->first))
            return this->edit(place).second;
        return this->put(place, {key, V()}).second;
    }

    void insert_or_assign(const K& key, V value) { (*this)[key] = std::move(value); }

    /// False: the key was there, and keeps its value.
    bool try_emplace(const K& key, V value)
    {
        const auto place = this->lower_bound(key);
        if (place != this->end() && !(key < place->first))
            return false;
        this->put(place, {key, std::move(value)});
        return true;
    }

    /// The value of a key that is there.
    const V& at(const K& key) const { return this->find(key)->second; }

    /// The value of a key; null when there is none.
    const V* value(const K& key) const
    {
        const auto place = this->find(key);
        return place == this->end() ? nullptr : &place->second;
    }
};

} // namespace sightglass
