"""Builds the documentation of this repository as a site: guides, a page for each rule, the JSON report.

    python docs/website.py FOLDER

Broken links, and pages to which nothing links, are errors. The site loads nothing from elsewhere: it can be read
from the folder, or put on any server.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx.cmd.build import build_main

from imrlint import __version__
from imrlint.authoring import pages as rule_pages
from imrlint.engine.ruleset import installed

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "imrlint/output/report.schema.json"
READINGS_SCHEMA = "imrlint/output/readings.schema.json"
GUIDES = ("desk", "editors", "false-alarms", "automation", "python", "house-rules", "reader", "memory", "archive")
COPIED = (
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/contributing.md",
    "examples/README.md",
    "imrlint/knowledge/NOTICE.md",
    "imrlint/reader/MODEL_CARD.md",
    "training/README.md",
    "training/RUNS.md",
    SCHEMA,
    READINGS_SCHEMA,
    *(f"docs/guides/{guide}.md" for guide in GUIDES),
    *(f"examples/{letter.name}" for letter in (ROOT / "examples").glob("*.txt")),
)
CONTENTS: Mapping[str, tuple[str, ...]] = {
    "Guides": tuple(f"docs/guides/{guide}" for guide in GUIDES),
    "To look up": ("docs/rules", "docs/report", "examples/README", "CHANGELOG"),
    "For developers": (
        "docs/contributing",
        "docs/architecture",
        "imrlint/knowledge/NOTICE",
        "imrlint/reader/MODEL_CARD",
        "training/README",
        "training/RUNS",
    ),
}
SETTINGS = f"""
project = "imrlint"
version = release = {__version__!r}
extensions = ["myst_parser"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]
html_theme = "furo"
html_title = "imrlint"
html_show_copyright = False
html_copy_source = False
smartquotes = False
pygments_style = "default"
"""


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    site = Path(sys.argv[1])
    if site.exists() and not (site.is_dir() and (_made_here(site) or not any(site.iterdir()))):
        print(f"{site} exists already, and is not a site that this script made", file=sys.stderr)
        return 2
    shutil.rmtree(site / "docs" / "rules", ignore_errors=True)  # otherwise pages of removed rules would remain
    return build(site)


def _made_here(site: Path) -> bool:
    inventory = site / "objects.inv"
    return inventory.is_file() and inventory.read_bytes().splitlines()[1:2] == [b"# Project: imrlint"]


def build(site: Path) -> int:
    """Builds the site in a folder. Returns the exit code of Sphinx, 0 where there were no warnings."""
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name)
        gather(pages)
        return build_main(["-q", "-W", "--keep-going", "-b", "html", "-d", str(pages / ".doctrees"), name, str(site)])


def gather(pages: Path) -> None:
    """Copies the pages to the paths that they have in the repository, so that links work; the README is the index."""
    (pages / "conf.py").write_text(SETTINGS, encoding="utf-8")
    for path in COPIED:
        (pages / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, pages / path)
    for page in (pages / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("../README.md", "../index.md"), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    contents = "".join(_contents(title, names) for title, names in CONTENTS.items())
    (pages / "index.md").write_text(readme + contents, encoding="utf-8")
    (pages / "docs" / "report.md").write_text(report_page(), encoding="utf-8")
    gather_rules(pages / "docs")


def gather_rules(pages: Path) -> None:
    """Writes a page for all rules, for each family, and for each rule."""
    listed = rule_pages.write_overview(installed(), lambda rule: f"rules/{rule.family()}/{rule.name()}.md")
    contents = _contents("", [f"rules/{family}" for family in installed().families])
    (pages / "rules.md").write_text(listed + contents, encoding="utf-8")
    for family in installed().families:
        own = [rule for rule in installed().rules if rule.family() == family]
        (pages / "rules" / family).mkdir(parents=True)
        for rule in own:
            (pages / "rules" / family / f"{rule.name()}.md").write_text(rule_pages.write_page(rule), encoding="utf-8")
        table = rule_pages.write_family(installed(), family, lambda rule: f"{rule.family()}/{rule.name()}.md")
        contents = _contents("", [f"{family}/{rule.name()}" for rule in own])
        (pages / "rules" / f"{family}.md").write_text(f"# {family}\n\n{table}{contents}", encoding="utf-8")


def _contents(title: str, names: Sequence[str]) -> str:
    lines = ["", "```{toctree}", ":hidden:", *([f":caption: {title}"] if title else []), "", *names, "```", ""]
    return "\n".join(lines)


# ---- The JSON report


def report_page() -> str:
    """The page on the output of `--output-format json`, from its schema."""
    schema = json.loads((ROOT / SCHEMA).read_text(encoding="utf-8"))
    parts = [f"# The JSON report\n\n{schema['description']} The schema itself: [report.schema.json](../{SCHEMA}).\n"]
    parts += _objects("A run", schema, schema["$defs"])
    parts += _objects("A finding", schema["$defs"]["finding"], schema["$defs"])
    return "\n".join(parts)


def _objects(title: str, schema: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """A table of the keys of an object, followed by one for each object in it."""
    yield f"## {title}\n\n| key | is | says |\n|---|---|---|"
    inside = []
    for key, value in schema["properties"].items():
        about = known.get(_reference(value), value)
        says = value.get("description") or about.get("description", "")
        always = "" if key in schema["required"] else "not always there. "
        yield f"| `{key}` | {_kind(value)} | {always}{says} |"
        inside += [(key, each) for each in _parts(value) if "properties" in each]
    yield ""
    for key, each in inside:
        yield from _objects(f"In {key}", each, known)


def _reference(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema, and those of what it may be or hold."""
    yield schema
    for each in (*schema.get("oneOf", ()), *((schema["items"],) if "items" in schema else ())):
        yield from _parts(each)


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return {"offset": "number of characters", "number": "number from 1"}.get(_reference(schema), _reference(schema))
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "oneOf" in schema:
        return " or ".join(_kind(each) for each in schema["oneOf"])
    if schema["type"] == "array":
        return f"list of {re.sub('^object$', 'objects', _kind(schema['items']))}"
    return {"integer": "number", "null": "`null`"}.get(schema["type"], str(schema["type"]))


if __name__ == "__main__":
    sys.exit(main())
