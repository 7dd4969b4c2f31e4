"""Cycles in a directed graph: its strongly connected groups of more than one node (Tarjan 1972).

Iterative, as a story may have thousands of copies in a chain. It must not know what the nodes are.
"""

from __future__ import annotations

from collections.abc import Mapping, Set


def loops(graph: Mapping[str, Set[str]]) -> list[frozenset[str]]:
    """The groups of nodes that reach each other, smallest name first; single nodes are left out."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found: list[frozenset[str]] = []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while work:
            node, below = work[-1]
            child = next((name for name in below if name in graph), None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_taken_off(stack, waiting, node))
            elif child not in index:
                index[child] = low[child] = len(index)
                stack.append(child)
                waiting.add(child)
                work.append((child, iter(sorted(graph[child]))))
            elif child in waiting:
                low[node] = min(low[node], index[child])
    return sorted((group for group in found if len(group) > 1), key=min)


def _taken_off(stack: list[str], waiting: set[str], node: str) -> frozenset[str]:
    """The nodes above and with ``node``, taken off the stack."""
    group = []
    while True:
        top = stack.pop()
        waiting.discard(top)
        group.append(top)
        if top == node:
            return frozenset(group)
