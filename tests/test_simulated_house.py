"""The simulated house is what it says: letters that imrlint reads, slips where the table has them, right counts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

import imrlint

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from simulated_house import Draft, DraftWriter, Letter, write_letters
from simulated_house import measure as measuring
from simulated_house.files import describe_truth, write_archive, write_drafts
from simulated_house.grammar import parse_alternatives
from simulated_house.house import House
from simulated_house.letters import Piece, Sketch, compose_letters, number_case
from simulated_house.passages import read_passages
from simulated_house.requests import REGIONS, read_kinds
from simulated_house.reviewers import Reviewer, read_newcomer, read_reviewers

DRAFTS = 120
KINDS = ("lost", "changed", "doubled", "number", "negation", "exchanged")


HOUSE = House(1)


@pytest.fixture(scope="module")
def sketches() -> list[Sketch]:
    return list(compose_letters(HOUSE, 300, 1))


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    return list(write_letters(300, 1))


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return list(DraftWriter(1).write_drafts(DRAFTS, 0.1))


def right_texts(piece: Piece, reviewer: Reviewer) -> list[str]:
    """All right wordings of a passage, as a reviewer writes them about the same case."""
    assert piece.wording
    return [wording.write(piece.facts) for wording in HOUSE.find_style(reviewer).word_all(piece.wording.passage)]


def own_sentences(sketch: Sketch) -> list[str]:
    pieces = (sketch.summary, *(dispute.pieces for dispute in sketch.disputes))
    return [piece.text for some in pieces for piece in some if not piece.wording]


# Letters


def test_one_seed_makes_the_same_letters_again_and_another_one_others(letters: list[Letter]) -> None:
    again = [letter.text for letter in islice(write_letters(300, 1), 20)]
    assert again == [letter.text for letter in letters[:20]]
    assert again != [letter.text for letter in islice(write_letters(300, 2), 20)]


def test_imrlint_recognises_every_part_of_the_letters(letters: list[Letter], drafts: list[Draft]) -> None:
    for letter in [*letters[::20], *(draft.letter for draft in drafts[::20])]:
        read = imrlint.parse(letter.text, "letter.txt")
        assert read.summary
        assert len(read.disputes) == letter.text.count("Decision rationale:") > 0
        for dispute in read.disputes:
            assert dispute.title
            assert dispute.decision
            assert dispute.decision.value
            assert dispute.rationale


def test_no_two_letters_are_about_one_case(sketches: list[Sketch]) -> None:
    assert max(Counter(frozenset(sketch.case.facts.items()) for sketch in sketches).values()) == 1
    assert max(Counter(sketch.case.number for sketch in sketches).values()) == 1
    sentences = Counter(sentence for sketch in sketches for sentence in own_sentences(sketch))
    assert sum(count == 1 for count in sentences.values()) > 0.9 * len(sentences)


def test_a_letter_has_passages_among_sentences_of_its_own(sketches: list[Sketch]) -> None:
    passages = [len(sketch.find_passages()) for sketch in sketches]
    own = [len(own_sentences(sketch)) for sketch in sketches]
    assert 5 <= min(passages) < max(passages) <= 10
    assert sum(15 <= number <= 40 for number in own) > 0.95 * len(own)


def test_passages_stand_where_the_letter_says(drafts: list[Draft]) -> None:
    for draft in drafts:
        for placed in draft.letter.passages:
            assert draft.letter.text[placed.start : placed.end].replace("\n", " ") == placed.piece.text


def test_one_passage_in_fifty_of_the_archive_has_a_slip(letters: list[Letter]) -> None:
    pieces = [placed.piece for letter in letters for placed in letter.passages]
    wrong = sum(piece.text != piece.wording.write(piece.facts) for piece in pieces if piece.wording)
    assert 0.01 < wrong / len(pieces) < 0.03


def test_reviewers_write_only_while_they_are_there(sketches: list[Sketch]) -> None:
    assert len(read_reviewers()) == 12
    for sketch in sketches:
        assert sketch.style.reviewer.joined <= sketch.time + 0.01
        assert sketch.time <= sketch.style.reviewer.left
    assert any(reviewer.joined for reviewer in read_reviewers())
    assert any(reviewer.left < 1 for reviewer in read_reviewers())


def test_a_new_edition_takes_the_place_of_the_old_one(sketches: list[Sketch]) -> None:
    for sketch in sketches:
        for pieces, number in sketch.find_passages():
            wording = pieces[number].wording
            assert wording
            assert wording.variant.since <= sketch.time < wording.variant.until


# Passages


def test_the_table_has_sixty_passages_in_a_few_variants() -> None:
    passages = read_passages()
    assert len(passages) == 60
    assert sum(len(passage.editions) > 1 for passage in passages) == 3
    for passage in passages:
        for _, variants in passage.editions:
            assert 2 <= len(variants) <= 4, passage.name
            assert sum(variant.share for variant in variants) == 100, passage.name
        texts = [variant.text for variant in (*passage.variants, passage.novel)]
        assert len(set(texts)) == len(texts), passage.name
    assert any(variant.is_rare for passage in passages for variant in passage.variants)


def test_each_variant_can_be_written_about_every_request(sketches: list[Sketch]) -> None:
    for sketch in sketches[::20]:
        for item in sketch.case.items:
            for passage in read_passages():
                if not passage.kinds or item.kind.name in passage.kinds:
                    for wording in sketch.style.word_all(passage):
                        assert not set("{}") & set(wording.write(item.facts))
    kinds = {kind.name for region in REGIONS for kind in read_kinds(region)}
    assert kinds == {kind for passage in read_passages() for kind in passage.kinds}


def test_an_alternative_is_read_with_its_weight_and_its_choices() -> None:
    assert len(parse_alternatives("3* one (or|2* and) two")) == 3
    with pytest.raises(ValueError, match="cannot be read"):
        parse_alternatives("one) two")
    with pytest.raises(ValueError, match="not closed"):
        parse_alternatives("one (two")


# Drafts


def test_half_of_the_drafts_have_a_slip_and_each_kind_is_as_frequent(drafts: list[Draft]) -> None:
    kinds = Counter(draft.kind for draft in drafts)
    assert kinds == {**dict.fromkeys(KINDS, DRAFTS // 12), "novel": DRAFTS // 20, "": DRAFTS // 2 - DRAFTS // 20}


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_changes_the_passage_at_its_place_and_nowhere_else(drafts: list[Draft], kind: str) -> None:
    for draft in drafts:
        if draft.kind != kind:
            continue
        assert draft.slip
        assert draft.passage
        text, slip, passage = draft.letter.text.replace("\n", " "), draft.slip, draft.passage
        assert text[slip.start : slip.end] == slip.wrong != slip.right
        assert passage.start <= slip.start < slip.end <= passage.end
        right = text[passage.start : slip.start] + slip.right + text[slip.end : passage.end]
        assert right in right_texts(passage.piece, draft.letter.reviewer)
        assert passage.piece.text not in right_texts(passage.piece, draft.letter.reviewer)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("lost", -1), ("changed", 0), ("doubled", 1), ("number", 0), ("exchanged", 0)],
)
def test_a_slip_is_of_its_kind(drafts: list[Draft], kind: str, words: int) -> None:
    for draft in drafts:
        if draft.kind == kind:
            assert draft.slip
            wrong, right = draft.slip.wrong.split(), draft.slip.right.split()
            assert len(wrong) == len(right) + words
            if kind == "exchanged":
                assert Counter("".join(wrong).replace(",", "")) == Counter("".join(right).replace(",", ""))


def test_a_negation_is_lost_or_added(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.kind == "negation":
            assert draft.slip
            wrong, right = (f" {words.lower()} " for words in (draft.slip.wrong, draft.slip.right))
            negations = (" not ", " no ", " without ", " cannot ")
            assert any((negation in wrong) != (negation in right) for negation in negations)


def test_what_is_not_spoilt_is_right(drafts: list[Draft]) -> None:
    for draft in drafts[::5]:
        for placed in draft.letter.passages:
            if not draft.slip or placed != draft.passage:
                assert placed.piece.text in right_texts(placed.piece, draft.letter.reviewer)


def test_a_new_wording_is_of_a_newcomer_and_in_no_letter_of_the_archive(
    drafts: list[Draft], letters: list[Letter]
) -> None:
    archived = {placed.piece.wording.variant for x in letters for placed in x.passages if placed.piece.wording}
    newcomers = [draft for draft in drafts if draft.kind == "novel"]
    assert newcomers
    for draft in newcomers:
        assert draft.passage
        assert draft.passage.piece.wording
        assert draft.letter.reviewer is read_newcomer()
        assert draft.passage.piece.wording.variant not in archived
        assert sum(x.piece.wording == draft.passage.piece.wording for x in draft.letter.passages) == 1
    assert not {letter.reviewer.name for letter in letters} & {read_newcomer().name}


# Measuring


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, drafts: list[Draft]) -> Path:
    out = tmp_path_factory.mktemp("house") / "out"
    write_drafts(out / "drafts", drafts)
    return out


def finding(draft: str, start: int, end: int, family: str = "house") -> str:
    return json.dumps({"path": f"drafts/{draft}.txt", "family": family, "start": start, "end": end})


def test_the_letters_are_written_to_numbered_files(tmp_path: Path, letters: list[Letter]) -> None:
    write_archive(tmp_path / "archive", letters[:3])
    files = sorted((tmp_path / "archive" / "0000").iterdir())
    assert [path.name for path in files] == ["0000001.txt", "0000002.txt", "0000003.txt"]
    assert files[0].read_text(encoding="utf-8") == letters[0].text
    with pytest.raises(FileExistsError):
        write_archive(tmp_path / "archive", letters[:3])


def test_many_letters_are_written_as_they_come_a_thousand_to_a_folder(tmp_path: Path, letters: list[Letter]) -> None:
    folder = tmp_path / "archive"

    def come() -> Iterator[Letter]:
        for number in range(1, 2002):
            yield letters[0]
            assert (folder / f"{number // 1000:04}" / f"{number:07}.txt").is_file()

    write_archive(folder, come())
    assert [len(list(each.iterdir())) for each in sorted(folder.iterdir())] == [999, 1000, 2]


def test_case_numbers_have_seven_digits_and_are_not_given_twice() -> None:
    numbers = {number_case(number) for number in range(0, 1_000_000, 7)}
    assert len(numbers) == len(range(0, 1_000_000, 7))
    assert all(len(str(number)) == 7 for number in numbers)


def test_what_finds_every_slip_and_nothing_else_has_full_marks(folder: Path, drafts: list[Draft]) -> None:
    lines = [
        finding(f"{number:04}", draft.slip.start, draft.slip.end)
        for number, draft in enumerate(drafts, 1)
        if draft.slip
    ]
    counts = measuring.measure(measuring.read_drafts(folder), measuring.read_findings(lines))
    assert counts.slips == counts.found == dict.fromkeys(KINDS, DRAFTS // 12)
    assert not sum(counts.elsewhere.values())
    assert not sum(counts.alarms.values())
    assert counts.sizes["right"] + counts.sizes["novel"] == DRAFTS // 2


def test_findings_are_counted_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "It was not seen. The knee is very sore now. We saw it."
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for name in ("1", "2", "3"):
        (drafts / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "truth.tsv").write_text(
        "draft\tkind\tstart\tend\twrong\tright\tpassage\tvariant\n"
        f"1\tchanged\t{text.index('very')}\t{text.index(' sore')}\tvery\tnot\tknee\ta\n"
        f"3\tnovel\t{text.index('The')}\t{text.index(' We')}\t-\t-\tknee\tnovel\n"
    )
    rows = [
        f"{name}\tR01\tknee\ta\t{share}\t{text.index('The')}\t{text.index(' We')}"
        for name, share in (("1", 60), ("2", 5), ("3", 0))
    ]
    (tmp_path / "passages.tsv").write_text(
        "draft\treviewer\tpassage\tvariant\tshare\tstart\tend\n" + "\n".join(rows) + "\n"
    )
    found = tmp_path / "found.jsonl"

    def counted(*lines: str) -> measuring.Measured:
        found.write_text("\n".join(lines) + "\n")
        return measuring.measure(measuring.read_drafts(tmp_path), measuring.read_findings(lines), misses=True)

    sore, knee, saw, now = (text.index(word) for word in ("sore", "knee", "saw", "now"))
    assert counted(finding("1", sore, sore + 4)).found["changed"] == 1  # the word beside it
    assert counted(finding("1", knee, knee + 4)).elsewhere["changed"] == 1
    assert counted(finding("1", now, now + 3)).found["changed"] == 0
    assert "missed changed 1" in capsys.readouterr().out
    assert not counted(finding("1", sore, sore + 4, family="spelling")).found["changed"]
    right = counted(finding("2", sore, sore + 4), finding("2", saw, saw + 3))
    assert (right.alarms["right"], right.alarms["accepted"], right.alarms["rare"], right.alarms["own"]) == (2, 1, 1, 1)
    novel = counted(finding("3", sore, sore + 4), finding("3", saw, saw + 3))
    assert (novel.alarms["at novel"], novel.alarms["novel"], novel.alarms["right"]) == (1, 1, 0)
    measuring.print_measured(novel)
    assert "Findings on new right wordings: 1, in 1 of 1 drafts; elsewhere in these: 1" in capsys.readouterr().out


def test_the_table_says_what_a_draft_is(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.passage:
            kind, start, end, wrong, *_ = describe_truth(draft)
            assert kind == draft.kind
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert draft.letter.text[start:end].replace("\n", " ") == wrong
