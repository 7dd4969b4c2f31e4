"""Agreements as ODRL 2.2 (https://www.w3.org/TR/odrl-model/): permissions, prohibitions, duties, constraints.

Where ODRL has no word of its own for what a clause of syndication measures, the operand is one of ours, in
the namespace ``auditor:``. This module must not know how JSON is written.
"""

from __future__ import annotations

from typing import Any

from auditor.licensing import terms
from auditor.licensing.evaluation import key_of
from auditor.licensing.terms import Agreement, Rule, Terms
from auditor.registry import Registry

Node = dict[str, Any]

NAMESPACE = "urn:auditor:licence#"
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/odrl.jsonld",
    {
        "auditor": NAMESPACE,
        "dct": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
]


def odrl(agreements: Terms, registry: Registry) -> Node:
    """Every agreement as a policy of a JSON-LD graph."""
    return {"@context": CONTEXT, "@graph": [_policy(one, registry) for one in agreements.agreements]}


def _policy(agreement: Agreement, registry: Registry) -> Node:
    licensor = key_of(agreement.licensor, registry)
    target = f"urn:auditor:text-of:{licensor}"
    constraints = [*_validity(agreement), *_where(agreement)]
    prohibitions: list[Node] = []
    duties: list[Node] = []
    for rule in agreement.rules:
        _map(rule, constraints, duties, prohibitions)
    permission: Node = {
        "target": target,
        "assigner": _party(licensor, registry),
        "assignee": [_party(key_of(name, registry), registry) for name in agreement.licensees],
        "action": "reproduce",
    }
    if constraints:
        permission["constraint"] = constraints
    if duties:
        permission["duty"] = duties
    policy: Node = {
        "@type": "Agreement",
        "uid": f"urn:auditor:agreement:{agreement.id}",
        "dct:title": agreement.name,
        "auditor:sha256": agreement.digest,
        "permission": [permission],
    }
    if prohibitions:
        policy["prohibition"] = [{"target": target, **one} for one in prohibitions]
    return policy


def _party(key: str, registry: Registry) -> Node:
    source = registry.get(key)
    party: Node = {"@type": "Party", "uid": f"urn:auditor:source:{key}"}
    if source:
        party["dct:title"] = source.name
        party["auditor:domain"] = list(source.domains)
    return party


def _validity(agreement: Agreement) -> list[Node]:
    days = (("gteq", agreement.valid_from), ("lteq", agreement.valid_until))
    return [
        _constraint("dateTime", operator, {"@value": day.isoformat(), "@type": "xsd:date"})
        for operator, day in days
        if day
    ]


def _where(agreement: Agreement) -> list[Node]:
    return [_constraint("spatial", "isAnyOf", list(agreement.territory))] if agreement.territory else []


def _map(  # noqa: C901, PLR0912 - one rule a line
    rule: Rule, constraints: list[Node], duties: list[Node], prohibitions: list[Node]
) -> None:
    match rule:
        case terms.Verbatim(allowed=False):
            prohibitions.append({"action": "reproduce", "constraint": [_ours("verbatimWords", "gt", 0)]})
        case terms.SourceShare():
            constraints.append(_ours("shareOfItem", "lteq", rule.most))
        case terms.TargetShare():
            constraints.append(_ours("shareOfArticle", "lteq", rule.most))
        case terms.Words():
            constraints.append(_ours("words", "lteq", rule.most))
        case terms.CreditLine():
            duties.append({"action": "attribute", "constraint": _credit(rule)})
        case terms.Byline(kept=True):
            duties.append({"action": {"@id": "auditor:keepByline"}})
        case terms.Dateline(kept=True):
            duties.append({"action": {"@id": "auditor:keepDateline"}})
        case terms.Alterations():
            beyond = [_ours("changesBeyond", "eq", rule.allowed.value)]
            prohibitions.append({"action": "modify", "constraint": beyond})
        case terms.Archive():
            constraints.append(_constraint("elapsedTime", "lteq", _duration(f"P{rule.days}D")))
        case terms.Embargo():
            wait = _duration(f"PT{round(rule.hours * 60)}M")
            constraints.append(_ours("sinceReleaseOrEmbargo", "gteq", wait))
        case terms.Corrections():
            duties += [
                _within("auditor:actOnCorrection", rule.hours),
                _within("auditor:actOnKill", rule.kill_hours),
            ]
        case terms.Advisory():
            marks = [_ours("marked", "isAnyOf", ["advisory", "not for publication", *rule.marks])]
            prohibitions.append({"action": "display", "constraint": marks})
        case terms.Republication(allowed=False):
            prohibitions.append({"action": "grantUse"})
        case _:
            pass


def _credit(rule: terms.CreditLine) -> list[Node]:
    found = [_ours("creditForm", "isAnyOf", [form.value for form in rule.forms])]
    found.append(_ours("creditPlace", "eq", rule.where.value))
    if rule.text is not None:
        found.append(_ours("creditText", "eq", rule.text))
    return found


def _within(action: str, hours: float) -> Node:
    limit = _constraint("delayPeriod", "lteq", _duration(f"PT{round(hours * 60)}M"))
    return {"action": {"@id": action}, "constraint": [limit]}


def _duration(text: str) -> Node:
    return {"@value": text, "@type": "xsd:duration"}


def _ours(operand: str, operator: str, value: object) -> Node:
    return _constraint(f"auditor:{operand}", operator, value)


def _constraint(operand: str, operator: str, value: object) -> Node:
    return {"leftOperand": operand, "operator": operator, "rightOperand": value}
