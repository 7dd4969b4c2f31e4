"""Where the text is shown, against where it may be; and which rules can't be measured of an article at all.

An article's text doesn't say where its page is read: only what came along with the capture does, under one of
``TERRITORY_KEYS``. A top-level domain tells where somebody registered, not whom they show a page, and counts
for nothing. This module must not know how a capture is made.
"""

from __future__ import annotations

from auditor.domain import Article
from auditor.licensing.rules.measure import Measure
from auditor.licensing.taking import Taking
from auditor.licensing.terms import Rule, RuleKind
from auditor.registry import folded_name

# What a capture may call the places where its page is shown: a name, several parted by ";", or a list.
TERRITORY_KEYS = ("territory", "territories", "country", "countries")
_EVERYWHERE = frozenset(("world", "worldwide"))
# Rules that ask for the licensor's own item, and rules that ask for times.
_OF_ITEM = (
    RuleKind.SOURCE_SHARE,
    RuleKind.BYLINE,
    RuleKind.DATELINE,
    RuleKind.ARCHIVE,
    RuleKind.EMBARGO,
    RuleKind.CORRECTIONS,
)


def territory(allowed: tuple[str, ...], taking: Taking, agreement: str) -> Measure:
    """Is it shown only where the agreement allows? Not measured where the capture doesn't say."""
    where = " or ".join(allowed)
    if _EVERYWHERE & {folded_name(name) for name in allowed}:
        return Measure(True, f"; agreement {agreement} allows it everywhere")
    shown = places(taking.witness.article)
    if not shown:
        why = "the capture doesn’t say where the page is shown"
        return _not_measured(f"whether it is shown only in {where}, as agreement {agreement} asks,", why)
    beyond = [name for name in shown if folded_name(name) not in {folded_name(one) for one in allowed}]
    return Measure(
        kept=not beyond,
        says=f", shown in {' and '.join(shown)}; agreement {agreement} allows {where}",
        value=len(beyond),
        bound=0,
        unit="places beyond the territory",
    )


def places(article: Article) -> tuple[str, ...]:
    """Where the capture says that the page is shown, in its own words; empty where it doesn't."""
    told = next((article.extra[key] for key in TERRITORY_KEYS if article.extra.get(key)), ())
    given = told.split(";") if isinstance(told, str) else told if isinstance(told, list | tuple) else ()
    return tuple(dict.fromkeys(name.strip() for name in given if isinstance(name, str) and name.strip()))


def unmeasured(rule: Rule, taking: Taking, agreement: str) -> Measure | None:
    """Why a rule that measured nothing couldn't; None where there was nothing to measure."""
    what = f"the rule “{rule.kind.value.replace('_', ' ')}” of agreement {agreement}"
    if rule.kind in _OF_ITEM and taking.item is None:
        return _not_measured(what, "the item isn’t held")
    times = {
        RuleKind.ARCHIVE: taking.item and taking.item.article.published,
        RuleKind.EMBARGO: taking.witness.article.published,
    }
    if rule.kind in times and times[rule.kind] is None:
        whose = "the item" if rule.kind is RuleKind.ARCHIVE else "the article"
        return _not_measured(what, f"nobody knows when {whose} was published")
    return None


def _not_measured(what: str, why: str) -> Measure:
    return Measure(True, f"; {what} can’t be measured: {why}", exhibits=(), is_measured=False)
