"""The action for GitHub and the template for GitLab are valid, and their steps do what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typeset
import yaml
from lxml import etree
from running import CLEAN, ROOT, SLIPS

pytestmark = pytest.mark.slow  # each starts a server, a browser or a shell

ACTION, TEMPLATE = ROOT / "action.yml", ROOT / "templates" / "imrlint.yml"
GUIDE = ROOT / "docs" / "guides" / "automation.md"


def validate(kind: str, *files: Path) -> None:
    command = ["-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", *map(str, files)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def run(words: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A repository of letters, in two folders; one has a blank in its name."""
    folder = tmp_path / "repository"
    for name in ("old letters", "new"):
        (folder / name).mkdir(parents=True)
    (folder / "old letters" / "slips.txt").write_text(SLIPS.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "new" / "clean.txt").write_text(CLEAN.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


# ---- GitHub


def action() -> Mapping[str, Any]:
    content = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


class Runner:
    """Runs the steps of the action as a runner of GitHub does: each in bash, with what its `env` says."""

    def __init__(self, folder: Path, temporary: Path, **inputs: str) -> None:
        self.folder = folder
        self.temporary = temporary
        self.values = {f"inputs.{name}": str(about["default"]) for name, about in action()["inputs"].items()}
        self.values |= {f"inputs.{name}": value for name, value in inputs.items()}
        self.values["steps.python.outputs.python-path"] = sys.executable
        self.outputs: dict[str, str] = {}

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        (step,) = (each for each in action()["runs"]["steps"] if each.get("name") == name)
        assert step["shell"] == "bash"
        written = self.temporary / "output"
        environment = {key: self._fill(value) for key, value in step["env"].items()}
        done = run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            self.folder,
            RUNNER_TEMP=str(self.temporary),
            GITHUB_ACTION_PATH=str(ROOT),
            GITHUB_OUTPUT=str(written),
            **environment,
        )
        if written.exists():
            self.outputs = dict(line.split("=", 1) for line in written.read_text(encoding="utf-8").splitlines())
        return done

    def _fill(self, value: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda name: self.values[name[1]], value)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The temporary folder of a runner, in which imrlint was installed: it is the one under test."""
    folder = tmp_path / "runner"
    (folder / "imrlint").mkdir(parents=True)
    (folder / "imrlint" / "bin").symlink_to(Path(sys.executable).parent)
    return folder


def test_the_action_is_valid_and_all_its_values_exist() -> None:
    validate("github-actions", ACTION)
    steps = action()["runs"]["steps"]
    known = {f"inputs.{name}" for name in action()["inputs"]} | {"steps.python.outputs.python-path"}
    for step in steps:
        assert "${{" not in step.get("run", ""), "a value in a script could be a command"
        for value in (*step.get("env", {}).values(), *step.get("with", {}).values()):
            assert set(re.findall(r"\$\{\{ (\S+) \}\}", str(value))) <= known


def test_the_action_annotates_and_writes_sarif(letters: Path, temporary: Path) -> None:
    runner = Runner(letters, temporary, paths="  old letters\nnew/*.txt\n\n", args="--no-reader --importance high")
    done = runner.step("Check the letters")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "::error file=old letters/slips.txt,line=45," in done.stdout
    assert all("high importance" in line for line in lines)
    assert runner.outputs == {"sarif": "imrlint.sarif", "html": ""}
    log = json.loads((letters / "imrlint.sarif").read_text(encoding="utf-8"))
    assert len(log["runs"][0]["results"]) == len(lines)
    assert sorted(path.name for path in letters.iterdir()) == ["imrlint.sarif", "new", "old letters"]


def test_the_action_checks_everything_by_default_and_writes_what_it_is_told(letters: Path, temporary: Path) -> None:
    runner = Runner(letters, temporary, sarif="", html="out.html", args="--no-reader")
    done = runner.step("Check the letters")
    assert done.returncode == 1
    assert "old letters/slips.txt" in done.stdout
    assert (letters / "out.html").is_file()
    assert not (letters / "imrlint.sarif").exists()
    assert runner.outputs == {"sarif": "", "html": "out.html"}
    (letters / "old letters" / "slips.txt").unlink()
    assert Runner(letters, temporary, args="--no-reader").step("Check the letters").returncode == 0


@pytest.mark.parametrize("hostile", ["$(touch stolen)", "; touch stolen", '"; touch stolen; "', "--output=csv=stolen"])
def test_a_path_is_never_a_command(letters: Path, temporary: Path, hostile: str) -> None:
    done = Runner(letters, temporary, paths=hostile, args="--no-reader").step("Check the letters")
    assert done.returncode == 2
    assert not (letters / "stolen").exists()


def test_the_action_installs_what_reads_word_and_pdf(letters: Path, tmp_path: Path, project: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    (letters / "draft.docx").write_bytes(typeset.word(text))
    (letters / "printed.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    temporary = tmp_path / "runner"
    temporary.mkdir()
    runner = Runner(letters, temporary)
    (install,) = (each for each in action()["runs"]["steps"] if each.get("name") == "Install imrlint")
    environment = {"PYTHON": sys.executable, "EXTRAS": "docx,pdf,rtf"}
    done = run(
        ["bash", "-eo", "pipefail", "-c", install["run"]],
        letters,
        RUNNER_TEMP=str(temporary),
        GITHUB_ACTION_PATH=str(project),
        **environment,
    )
    assert done.returncode == 0, done.stderr
    done = runner.step("Check the letters")
    assert done.returncode == 1, done.stderr
    assert "::error file=draft.docx" in done.stdout
    assert "::error file=printed.pdf" in done.stdout


# ---- GitLab


def template(**inputs: str) -> Mapping[str, Any]:
    """The job of the template, with these inputs in their places."""
    head, body = TEMPLATE.read_text(encoding="utf-8").split("\n---\n")
    about = yaml.safe_load(head)["spec"]["inputs"]
    values = {name: inputs.get(name, each.get("default")) for name, each in about.items()}
    assert None not in values.values(), "an input without a default"
    job = yaml.safe_load(body)
    filled = json.loads(
        re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda name: json.dumps(values[name[1]])[1:-1], json.dumps(job))
    )
    assert isinstance(filled, dict)
    return filled


def test_the_template_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "gitlab.yml"
    path.write_text(yaml.safe_dump(template(package="imrlint")), encoding="utf-8")
    validate("gitlab-ci", path)
    assert "$[[" not in path.read_text(encoding="utf-8")


def test_the_template_writes_reports_that_gitlab_shows(letters: Path) -> None:
    job = template(package="imrlint", paths="old letters\nnew/*.txt", args="--no-reader --importance high")["imrlint"]
    install, check = job["script"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for shell in ("sh", "bash"):
        done = run([shell, "-ec", check], letters, PATH=path, **job["variables"])
        assert done.returncode == 1, done.stderr
        assert "2 letters checked" in done.stderr
        entries = json.loads((letters / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
        assert {entry["location"]["path"] for entry in entries} == {"old letters/slips.txt"}
        suites = etree.parse(letters / job["artifacts"]["reports"]["junit"]).getroot()
        assert len(suites) == 2
        assert all((letters / each).is_file() for each in job["artifacts"]["paths"])
    assert install == 'python -m pip install --quiet "$IMRLINT_PACKAGE"'


def test_the_template_installs_what_it_is_told(letters: Path, tmp_path: Path, project: Path) -> None:
    (letters / "draft.docx").write_bytes(typeset.word(SLIPS.read_text(encoding="utf-8")))
    venv.create(tmp_path / "job", with_pip=True)
    path = f"{tmp_path / 'job' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    job = template(package=f"imrlint[docx] @ {project.as_uri()}", paths="draft.docx")["imrlint"]
    done = run(["sh", "-ec", "\n".join(job["script"])], letters, PATH=path, **job["variables"])
    assert done.returncode == 1, done.stderr
    entries = json.loads((letters / "imrlint.json").read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"draft.docx"}


# ---- As the guide shows them


def test_what_the_guide_shows_is_valid(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (workflow,) = (block for block in blocks if "runs-on" in block)
    (include,) = (block for block in blocks if "include:" in block)
    (tmp_path / "workflow.yml").write_text(workflow, encoding="utf-8")
    validate("github-workflows", tmp_path / "workflow.yml")
    (used,) = (
        step
        for step in yaml.safe_load(workflow)["jobs"]["letters"]["steps"]
        if not step["uses"].startswith(("actions/", "github/"))
    )
    assert set(used["with"]) <= set(action()["inputs"])
    (entry,) = yaml.safe_load(include)["include"]
    assert (ROOT / entry["file"].lstrip("/")) == TEMPLATE
    template(**entry["inputs"])
