// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_coercion.h"

#include "core/sql/canonical_constant.h"

#include <algorithm>

namespace sightglass::canonical {

namespace {

constexpr int deepestArray = 8;

void hide(Expression& node)
{
    node.form = Form::ImplicitCast;
}

CoercionContext contextOf(char letter)
{
    return letter == 'i'   ? CoercionContext::Implicit
           : letter == 'a' ? CoercionContext::Assignment
                           : CoercionContext::Explicit;
}

} // namespace

std::int32_t modifierOf(const Expression& node)
{
    return node.type.modifier;
}

CoercionPath Coercion::path(TypeId target, TypeId source, CoercionContext context, int depth)
{
    source = m_types.baseOf(source);
    target = m_types.baseOf(target);
    if (source == target)
        return CoercionPath::Relabel;
    if (const CatalogCast* const cast = catalogCast(source, target); cast != nullptr) {
        if (context < contextOf(cast->context))
            return CoercionPath::None;
        return cast->method == 'f'   ? CoercionPath::Function
               : cast->method == 'b' ? CoercionPath::Relabel
                                     : CoercionPath::ThroughText;
    }
    const TypeId targetElement = m_types.facts(target).element;
    const TypeId sourceElement = m_types.facts(source).element;
    if (target != type::oidVector && target != type::int2Vector && targetElement != 0 &&
        sourceElement != 0 && depth < deepestArray &&
        path(targetElement, sourceElement, context, depth + 1) != CoercionPath::None)
        return CoercionPath::Array;
    if (context >= CoercionContext::Assignment && m_types.category(target) == 'S')
        return CoercionPath::ThroughText;
    if (context >= CoercionContext::Explicit && m_types.category(source) == 'S')
        return CoercionPath::ThroughText;
    return CoercionPath::None;
}

bool Coercion::canCoerce(TypeId source, TypeId target, CoercionContext context)
{
    if (source == target || target == type::any)
        return true;
    if (isPolymorphic(target))
        return canCoerce(std::array{source}, std::array{target});
    if (source == type::unknown)
        return true;
    if (path(target, source, context) != CoercionPath::None)
        return true;
    const bool composite = m_types.facts(m_types.baseOf(source)).kind == 'c';
    if (target == type::record)
        return composite;
    return source == type::record && m_types.facts(m_types.baseOf(target)).kind == 'c';
}

bool Coercion::canCoerce(std::span<const TypeId> sources, std::span<const TypeId> targets)
{
    bool generic = false;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (isPolymorphic(targets[i]))
            generic = true;
        else if (!canCoerce(sources[i], targets[i], CoercionContext::Implicit))
            return false;
    }
    return !generic || resolve(sources, targets, type::boolean).possible;
}

bool Coercion::binaryCoercible(TypeId source, TypeId target)
{
    if (source == target || target == type::any || target == type::anyElement ||
        target == type::anyCompatible)
        return true;
    source = m_types.baseOf(source);
    if (source == target)
        return true;
    const TypeFacts& facts = m_types.facts(source);
    if (target == type::anyArray || target == type::anyCompatibleArray)
        return facts.element != 0;
    if (target == type::anyNonArray || target == type::anyCompatibleNonArray)
        return facts.element == 0;
    if (target == type::anyEnum)
        return facts.kind == 'e';
    if (target == type::anyRange || target == type::anyCompatibleRange)
        return facts.kind == 'r';
    if (target == type::anyMultirange || target == type::anyCompatibleMultirange)
        return facts.kind == 'm';
    if (target == type::record)
        return facts.kind == 'c';
    const CatalogCast* const cast = catalogCast(source, target);
    return cast != nullptr && cast->method == 'b' && cast->context == 'i';
}

ExpressionPtr
Coercion::toDomain(ExpressionPtr node, TypeUse base, TypeId target, Form form, bool hideInner)
{
    if (base.id == target)
        return node;
    // A domain's modifier is applied inside, and never shown.
    if (base.modifier >= 0)
        node =
            withLength(std::move(node), base, CoercionContext::Implicit, Form::ImplicitCast, false);
    if (hideInner && node->kind != Kind::Constant)
        hide(*node);
    return make({.kind = Kind::ToDomain,
                 .type = {.id = target},
                 .form = form,
                 .arguments = {std::move(node)}});
}

namespace {

TypeUse baseUse(TypeSpace& types, TypeUse use)
{
    while (types.facts(use.id).kind == 'd') {
        const TypeFacts& facts = types.facts(use.id);
        use = {.id = facts.base, .modifier = facts.baseModifier};
    }
    return use;
}

} // namespace

ExpressionPtr Coercion::literal(const ExpressionPtr& node, TypeUse target, Form form)
{
    const TypeUse base = baseUse(m_types, target);
    // Only interval's input obeys its modifier; for others the length coercion follows.
    const TypeUse read{.id = base.id, .modifier = base.id == type::interval ? base.modifier : -1};
    Expression constant{.kind = Kind::Constant, .type = read, .null = node->null};
    if (!node->null) {
        const auto value = outputOf(node->text, read, m_types);
        if (!value)
            return nullptr;
        constant.text = *value;
    }
    ExpressionPtr result = make(std::move(constant));
    return base.id == target.id ? result : toDomain(result, base, target.id, form, false);
}

void Coercion::watch(TypeId source, TypeId target, CoercionPath way)
{
    source = m_types.baseOf(source);
    target = m_types.baseOf(target);
    if (way == CoercionPath::Array) {
        source = m_types.facts(source).element;
        target = m_types.facts(target).element;
        way = path(target, source, CoercionContext::Explicit);
    }
    if (way == CoercionPath::Function) {
        const CatalogCast* const cast = catalogCast(source, target);
        m_changeable = m_changeable || (cast != nullptr && cast->volatility != 'i');
    } else if (way == CoercionPath::ThroughText) {
        const CatalogType* const from = catalogType(source);
        const CatalogType* const to = catalogType(target);
        // Labels of enums may be renamed; so PostgreSQL holds them for changeable.
        const bool fromEnum = m_types.facts(source).kind == 'e';
        const bool toEnum = m_types.facts(target).kind == 'e';
        m_changeable = m_changeable || (from != nullptr ? !from->steadyOutput : fromEnum) ||
                       (to != nullptr ? !to->steadyInput : toEnum);
    }
}

ExpressionPtr Coercion::converted(ExpressionPtr node, TypeUse target, CoercionPath way, Form form)
{
    const TypeUse base = baseUse(m_types, target);
    Expression result{.type = {.id = base.id}, .form = form};
    watch(node->type.id, base.id, way);
    switch (way) {
    case CoercionPath::Function:
        result.kind = Kind::Call;
        // The only conversions that take the modifier as well.
        if (base.id == type::bit)
            result.type.modifier = base.modifier;
        break;
    case CoercionPath::Array:
        result.kind = Kind::ArrayCoerce;
        result.type.modifier = base.modifier;
        break;
    default:
        result.kind = Kind::ThroughText;
        break;
    }
    result.arguments = {std::move(node)};
    ExpressionPtr made = make(std::move(result));
    return base.id == target.id ? made : toDomain(std::move(made), base, target.id, form, true);
}

ExpressionPtr
Coercion::coerce(ExpressionPtr node, TypeUse target, CoercionContext context, Form form)
{
    const TypeId source = node->type.id;
    if (source == target.id || target.id == type::any || target.id == type::anyElement ||
        target.id == type::anyNonArray || target.id == type::anyCompatible ||
        target.id == type::anyCompatibleNonArray)
        return node;
    if (isPolymorphic(target.id) && source != type::unknown) {
        const TypeId base = m_types.baseOf(source);
        if (base == source)
            return node;
        return make({.kind = Kind::Relabel,
                     .type = {.id = base},
                     .form = Form::ImplicitCast,
                     .arguments = {std::move(node)}});
    }
    if (source == type::unknown && node->kind == Kind::Constant)
        return literal(node, target, form);
    if (node->kind == Kind::Collate) {
        ExpressionPtr inner = coerce(node->arguments.front(), target, context, form);
        if (!inner || !m_types.facts(target.id).collatable)
            return inner;
        Expression outer = *node;
        outer.type = inner->type;
        outer.arguments = {std::move(inner)};
        return make(std::move(outer));
    }
    const CoercionPath way = path(target.id, source, context);
    if (way == CoercionPath::None) {
        m_types.trouble().doubt("a row is turned into a type");
        return nullptr;
    }
    if (way != CoercionPath::Relabel)
        return converted(std::move(node), target, way, form);
    if (m_types.facts(target.id).kind == 'd') {
        const TypeUse base = baseUse(m_types, {.id = target.id});
        return toDomain(std::move(node), base, target.id, form, false);
    }
    return make({.kind = Kind::Relabel,
                 .type = {.id = target.id},
                 .form = form,
                 .arguments = {std::move(node)}});
}

bool Coercion::hasLengthFunction(TypeId id)
{
    const TypeFacts& facts = m_types.facts(id);
    if (facts.element != 0)
        id = facts.element;
    if (facts.kind == 'o')
        return true;
    const CatalogCast* const cast = catalogCast(id, id);
    return cast != nullptr && cast->method == 'f';
}

ExpressionPtr
Coercion::withLength(ExpressionPtr node, TypeUse target, CoercionContext, Form form, bool hideInner)
{
    if (target.modifier == modifierOf(*node))
        return node;
    if (hideInner)
        hide(*node);
    if (target.modifier >= 0 && hasLengthFunction(target.id)) {
        const bool array = m_types.facts(target.id).element != 0;
        return make({.kind = array ? Kind::ArrayCoerce : Kind::Call,
                     .type = target,
                     .form = form,
                     .arguments = {std::move(node)}});
    }
    if (node->kind == Kind::Constant) {
        Expression constant = *node;
        constant.type = target;
        return make(std::move(constant));
    }
    while (node->kind == Kind::Relabel)
        node = node->arguments.front();
    if (node->type == target)
        return node;
    return make(
        {.kind = Kind::Relabel, .type = target, .form = form, .arguments = {std::move(node)}});
}

ExpressionPtr
Coercion::coerceTo(ExpressionPtr node, TypeUse target, CoercionContext context, Form form)
{
    if (!canCoerce(node->type.id, target.id, context))
        return nullptr;
    const ExpressionPtr original = node;
    while (node->kind == Kind::Collate)
        node = node->arguments.front();
    ExpressionPtr result = coerce(node, target, context, form);
    if (!result)
        return nullptr;
    const bool hideInner = result != node && result->kind != Kind::Constant;
    // A domain carries its modifier inside.
    if (m_types.facts(target.id).kind != 'd')
        result = withLength(std::move(result), target, context, form, hideInner);
    if (original == node || !m_types.facts(target.id).collatable)
        return result;
    Expression outer = *original;
    outer.type = result->type;
    outer.arguments = {std::move(result)};
    return make(std::move(outer));
}

TypeId Coercion::commonType(const std::vector<TypeId>& types, std::string_view context)
{
    if (types.front() != type::unknown &&
        std::ranges::all_of(types, [&](TypeId id) { return id == types.front(); }))
        return types.front();
    TypeId common = m_types.baseOf(types.front());
    for (std::size_t i = 1; i < types.size(); ++i) {
        const TypeId next = m_types.baseOf(types[i]);
        if (next == type::unknown || next == common)
            continue;
        if (common == type::unknown) {
            common = next;
        } else if (m_types.category(next) != m_types.category(common)) {
            if (!context.empty())
                m_types.trouble().refuse("42804",
                                         std::string(context) + " types " + m_types.spell(common) +
                                             " and " + m_types.spell(next) + " cannot be matched");
            return type::none;
        } else if (!m_types.facts(common).preferred &&
                   canCoerce(common, next, CoercionContext::Implicit) &&
                   !canCoerce(next, common, CoercionContext::Implicit)) {
            common = next;
        }
    }
    return common == type::unknown ? type::text : common;
}

ExpressionPtr Coercion::coerceToCommon(ExpressionPtr node, TypeId target, std::string_view context)
{
    if (node->type.id == target)
        return node;
    if (!canCoerce(node->type.id, target, CoercionContext::Implicit)) {
        m_types.trouble().refuse("42846",
                                 std::string(context) + " could not convert type " +
                                     m_types.spell(node->type.id) + " to " + m_types.spell(target));
        return nullptr;
    }
    return coerce(std::move(node), {.id = target}, CoercionContext::Implicit, Form::ImplicitCast);
}

} // namespace sightglass::canonical
