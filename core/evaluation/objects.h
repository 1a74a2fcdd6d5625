// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/object.h"

#include <map>
#include <string>
#include <vector>

namespace sightglass {

/// A class that a file defines. Natives look at it to learn what an application's own type or model
/// is.
class ClassObject : public Object
{
public:
    virtual const std::string& name() const = 0;
    virtual const std::vector<Value>& directBases() const = 0;
    /// Names of all base classes, nearest first; natives by their bare names ("TypeDecorator").
    virtual std::vector<std::string> baseNames() const = 0;
    /// The attribute in this class or, in method resolution order, in its bases; null when none has
    /// it or a base is Unknown (see unknownBase).
    virtual const Value* lookUp(std::string_view name) const = 0;
    /// Own attributes in the order of the class's body.
    virtual const std::vector<std::pair<std::string, Value>>& body() const = 0;

    /// Annotations of the body in order: name and annotation as a value (Unknown where it can't be
    /// evaluated), with its text.
    struct Annotation
    {
        std::string name;
        Value value;
        std::string text;
        SourceSpan span;
    };

    virtual const std::vector<Annotation>& annotations() const = 0;
    virtual const std::vector<std::pair<std::string, Value>>&
    classKeywords() const = 0; ///< class A(B, table=True)
    /// Why one of its bases is not known; null when all are.
    virtual const Unknown* unknownBase() const = 0;
    virtual const std::string& moduleName() const = 0;
    virtual SourceSpan span() const = 0;
    /// A subclass of enum.Enum.
    virtual bool isEnum() const = 0;

    struct EnumMember
    {
        std::string name;
        Value value;
    };

    virtual const std::vector<EnumMember>& enumMembers() const = 0;
};

/// An object of a class that a file defines.
class InstanceObject : public Object
{
public:
    virtual ClassObject& classObject() const = 0;
    /// Attributes set on the object itself.
    virtual const std::map<std::string, Value, std::less<>>& attributes() const = 0;
    /// What reached the constructor of a base class that no file defines (a native one, an
    /// exception); null when nothing did.
    virtual const Arguments* baseArguments() const = 0;
};

/// A member of an enum class.
class EnumMemberObject : public Object
{
public:
    virtual ClassObject& classObject() const = 0;
    virtual const std::string& name() const = 0;
    virtual const Value& value() const = 0;
};

/// A module of the project that was run.
class ModuleObject : public Object
{
public:
    virtual const std::string& dottedName() const = 0; ///< empty for a file loaded by its path
    virtual const std::string& file() const = 0;
    /// Names that the file binds, in order of their first binding, imports included.
    virtual std::vector<std::string> names() const = 0;
};

/// Native code that wants to know of classes as they are made (declarative models): a native base
/// class that implements this is told when a class with it among its bases is complete.
class ClassListener
{
public:
    virtual ~ClassListener() = default;
    virtual std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) = 0;
};

} // namespace sightglass
