"""What a house has written before: learnt from its letters, kept without anything private, and recalled."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from running import CLEAN, run, started

import imrlint
from imrlint.memory import holdings, schema
from imrlint.memory.archive import MemoryWriter
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import hash_after, hash_before, hash_within
from imrlint.reading.house_spelling import find_form
from imrlint.session.learning import LearningJob
from imrlint.settings.config import Config

TEXT = CLEAN.read_text(encoding="utf-8")
KNOWN = "The reviewer notes that a trial of rest for at least 4 weeks is asked for before any such study is made."
CASES = (
    "He keeps bees.", "He rows.", "He lost a dog.", "He sings bass.", "He bakes rye bread.", "He paints barns.",
    "He mends clocks.", "He raises goats.", "He tunes pianos.", "He climbs.", "He writes verse.", "He grows figs.",
)  # fmt: skip


def write_letters(folder: Path, count: int, sentence: str = KNOWN, first: int = 0) -> list[Path]:
    """Letters of the house: each has the sentence, and another that hardly any other letter has."""
    folder.mkdir(exist_ok=True)
    written = []
    for number in range(first, first + count):
        path = folder / f"{number:03}.txt"
        own = f"{CASES[number % len(CASES)]} He has done so for {number + 2} years."
        path.write_text(letter_with(f"{sentence} {own}"), encoding="utf-8")
        written.append(path)
    return written


def letter_with(sentences: str) -> str:
    return TEXT.replace("He had not fallen or been hurt again.", sentences)


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A memory of forty letters."""
    folder = tmp_path_factory.mktemp("house")
    write_letters(folder / "archive", 40)
    path = folder / "house.memory"
    done = run("learn", folder / "archive", "--memory", path, "--jobs", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{path}: 40 letters learnt, 0 known before; it holds 40\n")
    return path


def find(memory: Path, sentence: str) -> list[tuple[str, str]]:
    """Rule and message of what the memory finds in a letter with this sentence."""
    report = imrlint.check(letter_with(sentence), config=Config(memory=memory))
    return [(each.name, each.finding.message) for each in report.diagnostics if each.family == "house"]


@pytest.mark.parametrize(
    ("wrong", "right", "rule", "message"),
    [
        ("at least 9 weeks", "at least 4 weeks", "unusual-number", '"4" instead of "9"'),
        ("a trail of", "a trial of", "passage-slip", '"trial" instead of "trail"'),
        ("that trial of", "that a trial of", "passage-slip", '"a" is missing'),
        ("is not asked for", "is asked for", "passage-slip", 'without "not"'),
        ("before such any study", "before any such study", "passage-slip", "in another order"),
    ],
)
def test_a_departure_from_what_forty_letters_have(
    memory: Path, wrong: str, right: str, rule: str, message: str
) -> None:
    assert right in KNOWN
    ((name, said),) = find(memory, KNOWN.replace(right, wrong))
    assert name == rule
    assert said.startswith(f"{message}")
    assert "40 letters of this house have" in said


@pytest.mark.parametrize(
    "sentence",
    [
        KNOWN,
        KNOWN.replace("4", "four"),
        "He keeps goats. He has done so for 200 years.",
        "The reviewer finds that some days of rest are asked for before a study of this kind is made at all.",
    ],
)
def test_what_the_house_has_or_what_is_only_like_it_is_left_alone(memory: Path, sentence: str) -> None:
    assert find(memory, sentence) == []


def test_a_variant_that_several_letters_have_is_left_alone(tmp_path: Path) -> None:
    write_letters(tmp_path / "archive", 40)
    write_letters(tmp_path / "archive", 3, KNOWN.replace("any such study", "such a study"), first=40)
    path = tmp_path / "house.memory"
    run("learn", tmp_path / "archive", "--memory", path, "--jobs", 1)
    assert find(path, KNOWN.replace("any such study", "such a study")) == []
    assert find(path, KNOWN.replace("trial", "trail"))


def test_a_place_that_varies_is_left_alone(tmp_path: Path) -> None:
    for number, noun in enumerate(("moods", "meals", "walks", "naps", "visitors")):
        sentence = f"He was asked to keep a diary of the pain, of sleep and of {noun} for some weeks."
        write_letters(tmp_path / "archive", 8, sentence, first=10 * number)
    path = tmp_path / "house.memory"
    run("learn", tmp_path / "archive", "--memory", path, "--jobs", 1)
    assert find(path, "He was asked to keep a diary of the pain, of sleep and of errands for some weeks.") == []
    ((name, _),) = find(path, "He was asked to keep a diary of the pain, of sleep and of moods for same weeks.")
    assert name == "passage-slip"


def test_nothing_private_is_in_the_file(tmp_path: Path) -> None:
    """Names that one letter has, a name that all letters have, and words that four letters share."""
    letters = write_letters(tmp_path / "archive", 12, f"{KNOWN} Dr. Amalia Quistgaard examined him in the clinic.")
    for number, path in enumerate(letters):
        text = path.read_text(encoding="utf-8")
        named = f"Mr. Tobias Wrexham{number}ford was seen. His number is 555-23-98{number:02}. "
        if number < 4:
            named += "He was hurt at Zanzibarholm quarry by a crane. "
        path.write_text(text.replace("The reviewer notes", f"{named}The reviewer notes"), encoding="utf-8")
    memory = tmp_path / "house.memory"
    run("learn", tmp_path / "archive", "--memory", memory, "--jobs", 1)
    content = memory.read_bytes().lower()
    assert b"trial of rest" in content
    for private in (b"quistgaard", b"amalia", b"wrexham", b"tobias", b"555-23", b"zanzibarholm", b"cm17"):
        assert private not in content, private


def content_of(memory: Path) -> list[str]:
    with closing(sqlite3.connect(memory)) as connection:
        return sorted(connection.iterdump())


def test_learning_in_two_goes_gives_the_same_memory(tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "archive", 12)
    for name in ("whole", "parts"):
        MemoryWriter.open(tmp_path / name, b"key").close()
    run("learn", tmp_path / "archive", "--memory", tmp_path / "whole", "--add")
    run("learn", *letters[:5], "--memory", tmp_path / "parts", "--add")
    done = run("learn", tmp_path / "archive", "--memory", tmp_path / "parts", "--add")
    assert done.stdout.startswith(f"{tmp_path / 'parts'}: 7 letters learnt, 5 known before; it holds 12\n")
    assert content_of(tmp_path / "whole") == content_of(tmp_path / "parts")


def test_forgetting_takes_out_what_a_letter_brought(tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "archive", 8)
    for name in ("more", "fewer"):
        MemoryWriter.open(tmp_path / name, b"key").close()
    run("learn", *letters, "--memory", tmp_path / "more", "--add")
    run("learn", *letters[:4], "--memory", tmp_path / "fewer", "--add")
    assert b"trial of rest" in (tmp_path / "more").read_bytes()
    done = run("memory", "forget", *letters[4:], "--memory", tmp_path / "more")
    assert done.stdout == f"{tmp_path / 'more'}: 4 letters taken out, 0 were not in it; it holds 4\n"
    assert b"trial of rest" not in (tmp_path / "more").read_bytes()
    assert content_of(tmp_path / "more") == content_of(tmp_path / "fewer")


def test_the_same_letter_in_another_format_counts_once(tmp_path: Path) -> None:
    (first,) = write_letters(tmp_path / "archive", 1)
    (tmp_path / "archive" / "again.txt").write_text(first.read_text("utf-8").replace("\n", "\r\n"), newline="")
    done = run("learn", tmp_path / "archive", "--memory", tmp_path / "house.memory")
    assert done.stdout.startswith(f"{tmp_path / 'house.memory'}: 1 letters learnt, 1 known before; it holds 1\n")


def test_a_letter_that_cannot_be_read_is_named_and_the_others_are_learnt(tmp_path: Path) -> None:
    write_letters(tmp_path / "archive", 3)
    (tmp_path / "archive" / "bad.docx").write_bytes(b"PK\x03\x04")
    done = run("learn", tmp_path / "archive", tmp_path / "none", "--memory", tmp_path / "house.memory")
    assert done.returncode == 2
    assert "bad.docx: a damaged Word" in done.stderr
    assert f"{tmp_path / 'none'}: " in done.stderr
    assert done.stdout.startswith(f"{tmp_path / 'house.memory'}: 3 letters learnt, 0 known before; it holds 3\n")
    assert holdings.count_holdings(tmp_path / "house.memory").letters == 3


def test_a_memory_is_not_overwritten(memory: Path) -> None:
    done = run("learn", CLEAN, "--memory", memory)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"imrlint: {memory}: there is a memory already; --add goes on with it\n"


def test_what_a_memory_holds(memory: Path) -> None:
    done = run("memory", "--memory", memory)
    assert done.returncode == 0
    assert "letters: 40, decided from 2017-" in done.stdout
    assert "stand in five letters or more" in done.stdout


def spoil(path: Path, how: str) -> None:
    if how == "missing":
        path.unlink()
    elif how == "damaged":
        content = path.read_bytes()
        path.write_bytes(content[:100] + b"\xff" * 5000 + content[5100:])
    elif how == "text":
        path.write_text("Dear all,\n", encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as connection:
            statement = {
                "foreign": "PRAGMA application_id = 7",
                "older": f"PRAGMA user_version = {schema.VERSION - 1}",
                "newer": f"PRAGMA user_version = {schema.VERSION + 1}",
            }[how]
            connection.execute(statement)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("missing", "there is no such memory"),
        ("damaged", "no memory of imrlint, or a damaged one"),
        ("text", "no memory of imrlint, or a damaged one"),
        ("foreign", "but another database"),
        ("older", "made by an older imrlint"),
        ("newer", "made by a newer imrlint"),
    ],
)
def test_a_memory_that_cannot_be_used_is_said_in_one_line(memory: Path, tmp_path: Path, how: str, words: str) -> None:
    path = tmp_path / "house.memory"
    shutil.copy(memory, path)
    spoil(path, how)
    (tmp_path / "imrlint.toml").write_text('memory = "house.memory"\n', encoding="utf-8")
    shutil.copy(CLEAN, tmp_path / "letter.txt")
    done = run("check", "--no-reader", "letter.txt", cwd=tmp_path)
    assert done.returncode == 0
    lines = [line for line in done.stderr.splitlines() if "memory" in line]
    assert len(lines) == 1
    assert words in lines[0]
    assert lines[0].endswith("; the letters were checked without it")
    shown = run("memory", cwd=tmp_path)
    assert shown.returncode == 2
    assert words in shown.stderr


def test_the_settings_name_the_memory(memory: Path, tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text(f'memory = "{memory.as_posix()}"\n', encoding="utf-8")
    (tmp_path / "letter.txt").write_text(letter_with(KNOWN.replace("4", "9")), encoding="utf-8")
    done = run("check", "--output-format", "concise", "letter.txt", cwd=tmp_path)
    assert "[unusual-number]" in done.stdout
    cached = [run("check", "--cache", "--output-format", "concise", "letter.txt", cwd=tmp_path) for _ in range(2)]
    assert [each.stdout for each in cached] == [done.stdout] * 2


def test_divisions_of_the_house(tmp_path: Path) -> None:
    write_letters(tmp_path / "archive", 12)
    write_letters(tmp_path / "archive", 6, KNOWN.replace("asked for", "required"), first=12)
    report = tmp_path / "divided.html"
    done = run("learn", tmp_path / "archive", "--memory", tmp_path / "house.memory", "--report", report)
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines() if "trial of rest" in line]
    assert [count for count, _ in lines] == ["12", "6"]
    assert "is required before" in lines[1][1]
    page = report.read_text(encoding="utf-8")
    assert "is required before any such study" in page
    assert "[n] weeks" in page


def test_windows_hash_as_their_words_do() -> None:
    hasher = Hasher(b"key")
    words = ["a", "trial", "of", "rest"]
    assert hasher.hash_windows(words, 3) == [hasher.hash_words(words[:3]), hasher.hash_words(words[1:])]
    assert Hasher(b"other").hash_word("rest") != hasher.hash_word("rest")


def test_a_lesson_has_each_word_in_its_contexts(tmp_path: Path) -> None:
    (path,) = write_letters(tmp_path, 1)
    hasher = Hasher(b"key")
    answer = LearningJob(b"key").start()(str(path))
    assert answer.lesson is not None
    words = KNOWN.lower().rstrip(".").replace("4", "<n>").split()
    values = KNOWN.lower().rstrip(".").split()
    assert answer.lesson.sentences[hasher.hash_words(words)] == " ".join(words)
    for at, value in enumerate(values):
        for context in (hash_before(hasher, words, at), hash_after(hasher, words, at)):
            assert {context, hash_within(hasher, context, value)} <= answer.lesson.phrases
    assert hash_within(hasher, hash_before(hasher, words, 3), "rest") not in answer.lesson.phrases


@pytest.mark.parametrize(
    ("one", "other"),
    [("follow-up", "followup"), ("colour", "color"), ("recognised", "recognized"), ("centre", "center")],
)
def test_spellings_of_one_form(one: str, other: str) -> None:
    assert find_form(one) == find_form(other)


@pytest.mark.parametrize(("one", "other"), [("later", "latter"), ("hour", "hair"), ("does", "dose"), ("rise", "rice")])
def test_different_words_have_different_forms(one: str, other: str) -> None:
    assert find_form(one) != find_form(other)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_killed_run_goes_on_and_ends_with_the_same_memory(tmp_path: Path) -> None:
    for path in write_letters(tmp_path / "archive", 600):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("He was feeding", f"On day {int(path.stem)} he was feeding"), encoding="utf-8")
    for name in ("killed", "whole"):
        MemoryWriter.open(tmp_path / name, b"key").close()
    command = ("learn", tmp_path / "archive", "--add", "--jobs", 1, "--memory")
    with started(*command, tmp_path / "killed") as process:
        while not count_letters(tmp_path / "killed"):
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
        process.wait()
    assert 0 < count_letters(tmp_path / "killed") < 600
    assert run(*command, tmp_path / "killed").returncode == 0
    assert run(*command, tmp_path / "whole").returncode == 0
    assert count_letters(tmp_path / "killed") == 600
    assert content_of(tmp_path / "killed") == content_of(tmp_path / "whole")


def count_letters(memory: Path) -> int:
    with closing(sqlite3.connect(memory)) as connection:
        return int(connection.execute("SELECT count(*) FROM letters").fetchone()[0])
