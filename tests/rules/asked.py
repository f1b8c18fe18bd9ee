"""Which texts the code asks for: keys in calls of `t(…)` and `t.plain(…)`, and those that refusals name.

A key that is no literal is followed to where it comes from: a conditional, a table, a loop over names, the callers of a helper.
Words of enums, and the keys that a dialog's data makes, are told here; whatever cannot be followed fails the rule.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import handlers  # noqa: F401  # every dialog made live
from dialogs import DIALOGS, Choice, Dialog, Number, Pick
from handlers.dialogs.conversations import CONVERSATIONS
from models import (
    ApplicationState,
    EventKind,
    FileKind,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Level,
    NetworkStatus,
    News,
    OrganisationKind,
    Orientation,
    ParticipationRole,
    ProductKind,
    ProductState,
    Scope,
    Structure,
    Visibility,
)
from screens.l10n import LANGUAGES
from services import my_data
from services.errors import DomainError
from tests.rules.reading import Function, Module, dotted
from tests.rules.written import texts_of

WORDS_OF_DATA = [one.removeprefix("my-data-word-") for one in texts_of(LANGUAGES[0]) if one.startswith("my-data-word-")]
"""States and roles in words; what has none stands as it is."""

WORDS_OF: dict[str, Iterable[str]] = {
    "network.join_policy.value": [policy.value for policy in JoinPolicy],
    "organisation.kind": [kind.value for kind in OrganisationKind],
    "event.kind.value": [kind.value for kind in EventKind],
    "kind.value": [kind.value for kind in ProductKind],
    "product.state.value": [state.value for state in ProductState],
    "news.value": [news.value for news in News],
    "section.key": [section.key for section in my_data.SECTIONS],
    "field.name": sorted({field.name for section in my_data.SECTIONS for field in section.fields}),
    "coded": WORDS_OF_DATA,
    "file.kind.value": [kind.value for kind in FileKind],
    "rule.value": [policy.value for policy in JoinPolicy],
    "seers.value": [visibility.value for visibility in Visibility],
    "network.visibility.value": [visibility.value for visibility in Visibility],
    "network.status.value": list(NetworkStatus),
    "network.structure.value": list(Structure),
    "network.level.value": list(Level),
    "network.orientation.value": list(Orientation),
    "network.scope.value": list(Scope),
    "status.value": list(NetworkStatus),
    "structure.value": list(Structure),
    "level.value": list(Level),
    "task.value": list(Orientation),
    "scope.value": list(Scope),
    "end.value": [state.value for state in ApplicationState if state is not ApplicationState.PENDING],
    "offered.invitation.target.value": [target.value for target in InvitationTarget],
    "one.invitation.target.value": [target.value for target in InvitationTarget],
    "invitation.target.value": [target.value for target in InvitationTarget],
    "participation.role.value": [role.value for role in ParticipationRole],
    "sort.value": [sort.value for sort in InvitationSort],
}
"""What expressions in keys may be, where only the type says so."""

NAMED_BY_REFUSALS = {"refusal.key", "place.refusal.key"}
"""Keys that come out of an exception: they are collected where it is raised."""


def _each(keys: Callable[[Dialog], Iterator[str]], which: Callable[[Dialog], bool] = lambda dialog: True) -> set[str]:
    return {key for dialog in DIALOGS.values() if which(dialog) for key in keys(dialog)}


def _own(keys: Callable[[Dialog], Iterator[str]]) -> set[str]:
    """Words that a dialog may have of its own, instead of the common ones: those that are written in any language."""
    return _each(keys) & {key for language in LANGUAGES for key in texts_of(language)}


def _has_summary(dialog: Dialog) -> bool:
    return dialog.summary


def _has_plain_summary(dialog: Dialog) -> bool:
    """Whether the bare list of answers is what it reads back."""
    return dialog.summary and CONVERSATIONS[dialog.name].read_back is None


BY_DIALOGS: dict[str, set[str]] = {
    "{titles}-title": _each(lambda d: iter([f"{d.titles}-title"]), lambda d: len(d.questions) > 1),
    "{titles}-title-short": _each(lambda d: iter([f"{d.titles}-title-short"])),
    "{texts}-summary": _each(lambda d: iter([f"{d.texts}-summary"]), _has_plain_summary),
    "{texts}-finish": _each(lambda d: iter([f"{d.texts}-finish"]), _has_summary),
    "{texts}-{question}-ask": _each(lambda d: (f"{d.texts}-{q.key}-ask" for q in d.questions)),
    "{texts}-{question}-label": _each(lambda d: (f"{d.texts}-{q.key}-label" for q in d.questions), _has_summary),
    "{texts}-{question}-value": _each(
        lambda d: (f"{d.texts}-{q.key}-value" for q in d.questions if isinstance(q, Number))
    ),
    "{texts}-{question}-absent": _each(
        lambda d: (f"{d.texts}-{q.key}-absent" for q in d.questions if isinstance(q, Pick) and q.absent)
    ),
    "{texts}-{question}-{option}": _each(
        lambda d: (f"{d.texts}-{q.key}-{o}" for q in d.questions if isinstance(q, Choice) for o in q.options)
    ),
    "{titles}-about": _own(lambda d: iter([f"{d.titles}-about"])),
    "{texts}-{question}-skip": _own(lambda d: (f"{d.texts}-{q.key}-skip" for q in d.questions if q.optional)),
    "{texts}-{question}-empty": _own(lambda d: (f"{d.texts}-{q.key}-empty" for q in d.questions if q.optional)),
}
"""The texts that dialogs' data calls for, by the templates in which `screens/dialogs.py` asks for them."""

_PLACES = {"texts": "{texts}", "titles": "{titles}", "key": "{question}", "one": "{option}", "value": "{option}"}


class Unresolved(LookupError):
    """This rule cannot tell which texts are asked for."""


@dataclass(frozen=True)
class Asked:
    """Texts asked for in one place; `values` are the variables given, None when they are passed on unseen."""

    where: str
    keys: frozenset[str]
    values: frozenset[str] | None


class Reader:
    """Reads some modules that may call each other's helpers."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._modules = list(modules)

    def asked(self) -> list[Asked]:
        """Everything that is asked for. Raises Unresolved."""
        return [one for module in self._modules for one in self._asked_in(module)]

    def _asked_in(self, module: Module) -> Iterator[Asked]:
        for call, around in _calls_within(module.tree, ()):
            if _asks(call):
                keys = self._strings(call.args[0], module, around)
                yield Asked(module.at(call), frozenset(keys), _given(call))
            elif dotted(call.func) == "WrongAnswer":
                yield Asked(module.at(call), frozenset(self._strings(call.args[0], module, around)), _given(call))
            elif (refusal := _REFUSALS.get(dotted(call.func).rpartition(".")[2])) is not None:
                yield Asked(module.at(call), frozenset({refusal.key}), _given(call))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Raise) and node.exc is not None:
                raised = (node.exc.body, node.exc.orelse) if isinstance(node.exc, ast.IfExp) else (node.exc,)
                for refusal in (_REFUSALS.get(dotted(one).rpartition(".")[2]) for one in raised):
                    if refusal is not None:
                        yield Asked(module.at(node), frozenset({refusal.key}), frozenset())

    # --- which strings an expression may be

    def _strings(self, node: ast.expr, module: Module, around: tuple[ast.AST, ...]) -> set[str]:
        name = dotted(node)
        if name in NAMED_BY_REFUSALS:
            return set()
        if name in WORDS_OF:
            return set(WORDS_OF[name])
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp(body=body, orelse=orelse):
                return self._strings(body, module, around) | self._strings(orelse, module, around)
            case ast.JoinedStr():
                return self._joined(node, module, around)
            case ast.FormattedValue(value=value):
                return self._strings(value, module, around)
            case ast.Dict(values=values):
                return {one for value in values for one in self._strings(value, module, around)}
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *rest]):
                return {one for value in (table, *rest) for one in self._strings(value, module, around)}
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp(elt=element) as generator]):
                return self._strings(element, module, (*around, generator))
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return {one for part in parts for one in self._strings(part, module, around)}
            case ast.Starred(value=value):
                return self._strings(value, module, around)
            case ast.Subscript(value=table):
                return self._strings(table, module, around)
            case ast.Call(func=ast.Name(id=name)) if name in {one.name for one in module.functions}:
                return self._returned(name, module)
            case ast.Name(id=name):
                return self._named(name, module, around)
        raise Unresolved(f"{module.at(node)}: which texts may {ast.unparse(node)} be?")

    def _joined(self, node: ast.JoinedStr, module: Module, around: tuple[ast.AST, ...]) -> set[str]:
        template = _template(node)
        if template in BY_DIALOGS:
            return BY_DIALOGS[template]
        parts = [self._strings(part, module, around) for part in node.values]
        return {"".join(combination) for combination in product(*parts)}

    def _named(self, name: str, module: Module, around: tuple[ast.AST, ...]) -> set[str]:
        """A variable: of a loop, assigned, a parameter (then whatever the callers give), or of the module."""
        for scope in reversed(around):
            for node in ast.walk(scope):
                if isinstance(node, ast.comprehension | ast.For) and (values := _columns(node).get(name)):
                    return {one for value in values for one in self._strings(value, module, around)}
                if isinstance(node, ast.comprehension | ast.For) and dotted(node.target) == name:
                    return self._strings(node.iter, module, around)
            assigned = [
                node.value
                for node in ast.walk(scope)
                if isinstance(node, ast.Assign) and any(dotted(target) == name for target in node.targets)
            ]
            if assigned:
                return {one for value in assigned for one in self._strings(value, module, around)}
            if isinstance(scope, Function) and name in _parameters(scope):
                return self._given_by_callers(scope, name)
        constant = getattr(importlib.import_module(module.path.removesuffix(".py").replace("/", ".")), name, None)
        if isinstance(constant, str):
            return {constant}
        if isinstance(constant, dict):
            constant = tuple(constant.values())
        if isinstance(constant, tuple | list | frozenset | set) and all(isinstance(one, str) for one in constant):
            return set(constant)
        raise Unresolved(f"{module.path}: which texts may {name} be?")

    def _returned(self, name: str, module: Module) -> set[str]:
        """What a helper of the same file gives."""
        helpers = [one for one in module.functions if one.name == name]
        returns = [(node.value, one) for one in helpers for node in ast.walk(one) if isinstance(node, ast.Return)]
        return {one for value, helper in returns if value for one in self._strings(value, module, (helper,))}

    def _given_by_callers(self, function: Function, name: str) -> set[str]:
        place = _parameters(function).index(name)
        found: set[str] = set()
        for module in self._modules:
            for call, around in _calls_within(module.tree, ()):
                if dotted(call.func).rpartition(".")[2] != function.name:
                    continue
                given = next((one.value for one in call.keywords if one.arg == name), None)
                if given is None and place < len(call.args):
                    given = call.args[place]
                if given is not None:
                    found |= self._strings(given, module, around)
        if not found:
            raise Unresolved(f"nobody calls {function.name} with {name}")
        return found


def _columns(loop: ast.comprehension | ast.For) -> dict[str, list[ast.expr]]:
    """The values that a loop's several variables take one by one: `for name, count in (("sent", 1), ("failed", 2))`."""
    if not isinstance(loop.target, ast.Tuple) or not isinstance(loop.iter, ast.Tuple | ast.List):
        return {}
    rows = [row.elts for row in loop.iter.elts if isinstance(row, ast.Tuple)]
    return {dotted(target): [row[place] for row in rows] for place, target in enumerate(loop.target.elts)}


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every refusal that has words; one that only gathers others has none."""
    for one in kind.__subclasses__():
        if "key" in vars(one):
            yield one
        yield from refusals(one)


_REFUSALS = {one.__name__: one for one in refusals()}


def _asks(call: ast.Call) -> bool:
    """Whether this is `t(…)`, `here.t(…)` or `….plain(…)`, with a key."""
    return bool(call.args) and dotted(call.func).rpartition(".")[2] in {"t", "plain"}


def _given(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def _parameters(function: Function) -> list[str]:
    """In the order of a call's arguments; `self` does not count."""
    arguments = function.args
    return [one.arg for one in (*arguments.args, *arguments.kwonlyargs) if one.arg not in {"self", "cls"}]


def _template(node: ast.JoinedStr) -> str:
    parts = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append(_PLACES.get(dotted(part.value).rpartition(".")[2], "{?}"))
        else:
            assert isinstance(part, ast.Constant)
            parts.append(str(part.value))
    return "".join(parts)


def _calls_within(node: ast.AST, around: tuple[ast.AST, ...]) -> Iterator[tuple[ast.Call, tuple[ast.AST, ...]]]:
    """Every call with the functions and comprehensions around it, the nearest last."""
    if isinstance(node, Function | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.Lambda):
        around = (*around, node)
    if isinstance(node, ast.Call):
        yield node, around
    for child in ast.iter_child_nodes(node):
        yield from _calls_within(child, around)
