"""The structure of the code: packages, modules, imports between packages, cycles, and names open to rules.

    python benchmarks/structure.py [CHECKOUT]

Imports are those of import-linter's graph. The number of layers is the length of the longest chain of imports; a
cycle is a group of packages that all import one another, directly or through others.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import grimp

Graph = dict[str, set[str]]


def build_packages(root: str, modules: Graph) -> Graph:
    """The imports between the packages directly below a root, where a module of the root counts as a package."""

    def package(module: str) -> str:
        return ".".join(module.split(".")[:2])

    packages: Graph = {package(module): set() for module in modules if module != root}
    for module, imported in modules.items():
        for other in imported:
            if root not in (module, other) and package(module) != package(other):
                packages[package(module)].add(package(other))
    return packages


def find_cycles(graph: Graph) -> list[list[str]]:
    """The groups of two or more nodes that can all reach one another."""
    reached = {node: _reach(graph, node) for node in graph}
    groups = {
        frozenset(other for other in graph if other in reached[node] and node in reached[other]) for node in graph
    }
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reach(graph: Graph, node: str) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def count_layers(graph: Graph) -> int:
    """The number of nodes on the longest path; 0 for a graph with a cycle."""
    if find_cycles(graph):
        return 0
    depths: dict[str, int] = {}

    def depth(node: str) -> int:
        if node not in depths:
            depths[node] = 1 + max((depth(other) for other in graph[node]), default=0)
        return depths[node]

    return max(map(depth, graph), default=0)


def read_imports(package: str) -> Graph:
    """The modules of a package, each with those of the same package that it imports."""
    graph = grimp.build_graph(package)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def count_lines(folder: Path) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py"))


def count_names(rulekit: Path) -> int:
    """The number of names that a rule may import."""
    listed = re.search(r"__all__ = \[(.*?)\]", rulekit.read_text(encoding="utf-8"), re.DOTALL)
    return len(re.findall(r'"\w+"', listed[1])) if listed else 0


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(root))
    modules = read_imports("imrlint")
    packages = build_packages("imrlint", modules)
    inside: Graph = defaultdict(set)
    for module, imported in modules.items():
        inside[module] = imported
    compiled = sum(path.read_text(encoding="utf-8").count("re.compile") for path in (root / "rules").rglob("*.py"))
    print(f"packages and modules at the top of imrlint  {len(packages)}")
    print(f"modules                                     {len(modules)}")
    print(f"layers                                      {count_layers(packages) or 'none: there is a cycle'}")
    print(f"arrows between them                         {sum(map(len, packages.values()))}")
    print(f"cycles between them                         {len(find_cycles(packages))}")
    print(f"cycles between modules                      {len(find_cycles(inside))}")
    print(f"names in the rulekit                        {count_names(root / 'imrlint' / 'rulekit.py')}")
    print(f"re.compile in rules                         {compiled}")
    print(f"lines in imrlint, in rules                  {count_lines(root / 'imrlint')}, {count_lines(root / 'rules')}")


if __name__ == "__main__":
    main()
