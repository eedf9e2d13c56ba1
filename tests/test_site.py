"""The documentation is built as a site: nothing is missing, every link leads somewhere, nothing is fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import make_once
from running import BESIDE_THE_TEXT

from imrlint.authoring import pages
from imrlint.engine import ruleset

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow
_LINK = re.compile(r'<a [^>]*href="([^"]+)"')
_FETCHED = re.compile(r'<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)="([^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_once(tmp_path_factory, "site", _build)


def _build(folder: Path) -> None:
    command = [sys.executable, str(ROOT / "docs" / "website.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_each_rule_has_a_page_with_its_example(site: Path) -> None:
    listed = (site / "docs" / "rules.html").read_text(encoding="utf-8")
    for rule in ruleset.installed().rules:
        where = f"rules/{rule.family()}/{rule.name()}.html"
        assert f'href="{where}"' in listed
        page = (site / pages.path_on_site(rule)).read_text(encoding="utf-8")
        assert f"<h1>{rule.name()}<" in page
        assert ("imrlint finds:" in page) != (rule.name() in BESIDE_THE_TEXT)


def test_every_link_leads_somewhere(site: Path) -> None:
    written = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(written) > len(ruleset.installed().rules) + 20
    marks = {path: set(re.findall(r'\bid="([^"]+)"', page)) for path, page in written.items()}
    for path, page in written.items():
        for link in map(unescape, _LINK.findall(page)):
            if "://" in link:
                continue
            name, _, mark = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), f"{path.name}: {link}"
            assert not mark or mark in marks.get(target, {mark}), f"{path.name}: {link}"


def test_the_site_fetches_nothing(site: Path) -> None:
    for path in site.rglob("*.html"):
        for address in _FETCHED.findall(path.read_text(encoding="utf-8")):
            assert "//" not in address, f"{path.name}: {address}"
            assert (path.parent / unquote(address).partition("?")[0].partition("#")[0]).exists(), address


def test_the_json_report_is_described_key_by_key(site: Path) -> None:
    page = (site / "docs" / "report.html").read_text(encoding="utf-8")
    for key in ("schema", "unchecked", "counts", "fingerprint", "paragraph", "edits", "safety"):
        assert f">{key}</span>" in page


@pytest.mark.parametrize(("link", "fails"), [("index.md", False), ("gone.md", True), ("#gone", True)])
def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, link: str, fails: bool) -> None:
    code = (
        "import sys, website\nfrom pathlib import Path\n"
        "def gather(pages):\n"
        "    (pages / 'conf.py').write_text(website.SETTINGS)\n"
        "    (pages / 'index.md').write_text('# One page\\n\\n[here](' + sys.argv[1] + ')\\n')\n"
        "website.gather = gather\n"
        "sys.exit(website.build(Path(sys.argv[2])))\n"
    )
    command = [sys.executable, "-c", code, link, str(tmp_path)]
    assert bool(subprocess.run(command, cwd=ROOT / "docs", capture_output=True, check=False).returncode) is fails
