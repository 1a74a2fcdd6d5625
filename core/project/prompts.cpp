// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a script asks before it goes on.
#include "core/project/destructive.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <set>
#include <string_view>

namespace sightglass {

namespace {

constexpr int deepestCall = 4;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

bool hasFlag(const ShellCommand& command, std::string_view prefix)
{
    return std::ranges::any_of(
        command.words, [prefix](const std::string& word) { return word.starts_with(prefix); });
}

/// `read` from a person: with a prompt, or after one was printed; not the head of a loop.
bool readsAnswer(const std::vector<ShellCommand>& commands, std::size_t index)
{
    const ShellCommand& command = commands[index];
    if (command.program() != "read" || command.inLoopHead ||
        command.before == ShellOperator::Pipe || !command.input.empty())
        return false;
    const bool prompt = std::ranges::any_of(command.words, [](const std::string& word) {
        return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
               word.find('p') != std::string::npos;
    });
    if (prompt)
        return true;
    return index > 0 && isOneOf(commands[index - 1].program(), {"echo", "printf", "print"});
}

/// [ "$CONFIRM" = yes ] || exit: a word that has to be given.
bool demandsWord(const ShellCommand& command)
{
    if (!isOneOf(command.program(), {"[", "[[", "test"}))
        return false;
    std::string text = command.text();
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    static constexpr std::array words{"CONFIRM",
                                      "FORCE",
                                      "REALLY",
                                      "ARE_YOU_SURE",
                                      "SURE",
                                      "YES",
                                      "I_KNOW",
                                      "ANSWER",
                                      "REPLY",
                                      "ASSUME_YES"};
    const bool names = std::ranges::any_of(words, [&text](const char* word) {
        const std::size_t at = text.find(word);
        return at != std::string::npos && at > 0 &&
               (text[at - 1] == '$' || text[at - 1] == '{' || text[at - 1] == '_');
    });
    return names && (command.inCondition || command.after == ShellOperator::Or ||
                     command.after == ShellOperator::And);
}

bool isGuard(const std::vector<ShellCommand>& commands, std::size_t index)
{
    const ShellCommand& command = commands[index];
    if (readsAnswer(commands, index) || demandsWord(command))
        return true;
    const std::string_view program = command.program();
    if (program == "gum")
        return command.words.size() > 1 &&
               isOneOf(command.words[1], {"confirm", "input", "choose"});
    if (program == "select" || program == "zenity" || program == "vared")
        return true;
    if (program == "dialog" || program == "whiptail")
        return hasFlag(command, "--yesno") || hasFlag(command, "--inputbox");
    return false;
}

/// Names of functions whose body asks, and words that say so by themselves.
std::set<std::string> askingFunctions(const CommandScript& script)
{
    std::set<std::string> made;
    for (std::size_t i = 0; i < script.commands.size(); ++i) {
        if (!script.commands[i].function.empty() && isGuard(script.commands, i))
            made.insert(script.commands[i].function);
    }
    return made;
}

bool soundsLikeQuestion(std::string_view word)
{
    return word.starts_with("confirm") || word.starts_with("ask_") || word.starts_with("prompt_") ||
           word.find("_confirm") != std::string_view::npos || word == "ask" ||
           word == "are_you_sure";
}

bool isAskedInScript(const CommandScript& script, std::size_t index, int depth)
{
    const std::set<std::string> asking = askingFunctions(script);
    const std::string& function = script.commands[index].function;
    for (std::size_t i = 0; i < index; ++i) {
        const ShellCommand& before = script.commands[i];
        if (before.function != function && !before.function.empty())
            continue;
        if (isGuard(script.commands, i) || asking.contains(before.program()) ||
            soundsLikeQuestion(before.program()))
            return true;
        // make confirm, just confirm
        if (isOneOf(before.program(), {"make", "just", "task", "npm", "yarn"}) &&
            std::ranges::any_of(before.words,
                                [](const std::string& word) { return soundsLikeQuestion(word); }))
            return true;
    }
    if (function.empty() || depth >= deepestCall)
        return false;
    bool called = false;
    for (std::size_t i = 0; i < script.commands.size(); ++i) {
        if (script.commands[i].program() != function || script.commands[i].function == function)
            continue;
        called = true;
        if (!isAskedInScript(script, i, depth + 1))
            return false;
    }
    return called;
}

bool isAskedByNeeds(const std::vector<CommandScript>& scripts,
                    const CommandScript& script,
                    int depth)
{
    if (script.asks)
        return true;
    if (depth >= deepestCall)
        return false;
    return std::ranges::any_of(script.needs, [&](const std::string& need) {
        return std::ranges::any_of(scripts, [&](const CommandScript& other) {
            if (other.file != script.file || other.name != need || &other == &script)
                return false;
            for (std::size_t i = 0; i < other.commands.size(); ++i) {
                if (isGuard(other.commands, i))
                    return true;
            }
            return isAskedByNeeds(scripts, other, depth + 1);
        });
    });
}

} // namespace

bool isAskedBefore(const std::vector<CommandScript>& scripts,
                   const CommandScript& script,
                   std::size_t index)
{
    return isAskedInScript(script, index, 0) || isAskedByNeeds(scripts, script, 0);
}

} // namespace sightglass
