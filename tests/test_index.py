"""The lexical index: durable, incremental, right beside an independent slow scorer."""

from __future__ import annotations

import math
import random
import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.kill import REPO, answers, change, files_of, held_after, kill_once, source
from drafting.errors import OutputBusy
from drafting.index import FIELDS, K1, B, open_index, terms_of
from drafting.index import disk as disk_module
from drafting.index.build import Source
from drafting.index.disk import Disk, one_writer
from drafting.index.lexical import LexicalIndex
from drafting.index.lexical import open_index as open_with
from drafting.index.store import Store, open_segments
from drafting.passages import Passage
from drafting.text import bigrams, fold_word, words

TEXTS = [
    "Ban Thường vụ cho chủ trương đoàn ra",
    "đoàn vào, đoàn ra của tỉnh; hộ chiếu công vụ",
    "Sở Ngoại vụ thẩm định đoàn ra theo Quyết định 50/2025/QĐ-UBND",
    "lễ tân đối ngoại và hội nghị quốc tế",
]


def passage(text: str, file: str = "a.txt", eid: str = "art_1", **fields: str) -> Passage:
    """A passage with these words and nothing else unless said."""
    named = {name: fields.get(name, "") for name in ("heading", "lead", "chapter", "name")}
    return Passage(file, eid, (), text, **named)


def numbered(texts: list[str], file: str = "a.txt") -> list[Passage]:
    """One passage a text."""
    return [passage(text, file, f"art_{n}", heading=text[:12]) for n, text in enumerate(texts, 1)]


def slow_scores(passages: list[Passage], terms: dict[str, float]) -> dict[int, float]:
    """BM25F by the book, from strings and dictionaries."""
    fields = [{name: words(getattr(p, name)) for name in FIELDS} for p in passages]
    lengths = [sum(FIELDS[n] / 2 * len(w) for n, w in of.items()) for of in fields]
    mean = sum(lengths) / len(lengths)
    weights: list[Counter[str]] = []
    for of in fields:
        weight: Counter[str] = Counter()
        for name, tokens in of.items():
            exact = ["=" + t for t in tokens if fold_word(t) != t]
            folded = [fold_word(t) for t in tokens]
            for term in (*folded, *bigrams(folded), *exact):
                weight[term] += FIELDS[name]
        weights.append(weight)
    found: dict[int, float] = {}
    for term, boost in terms.items():
        having = sum(term in weight for weight in weights)
        told = math.log(1 + (len(passages) - having + 0.5) / (having + 0.5))
        for at, weight in enumerate(weights):
            if term in weight:
                frequency = weight[term] / 2
                norm = K1 * (1 - B + B * lengths[at] / mean)
                share = boost * told * frequency / (frequency + norm)
                found[at] = found.get(at, 0.0) + share
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("đoàn ra.50/QĐ ủyỦ", max_size=30), min_size=1, max_size=12))
def test_scores_are_those_of_an_independent_slow_scorer(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    passages = numbered(texts)
    terms = {t: 0.35 if t[0] == "=" else 1.0 for t in terms_of(words(" ".join(texts)))}
    exact_bigrams = [t for t in terms if t[0] == "=" and " " in t]
    for term in exact_bigrams:
        del terms[term]
    found = open_index(tmp_path_factory.mktemp("i"), "f", passages).search(terms, 100)
    wanted = slow_scores(passages, terms)
    assert {m.passage: m.score for m in found} == pytest.approx(wanted, rel=1e-4)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


def test_leaving_common_words_for_last_changes_no_answer(tmp_path: Path) -> None:
    draw = random.Random(7)
    rare = [f"w{n}" for n in range(400)]
    texts = [
        " ".join(draw.choices(["của", "và", "các", "theo"], k=30) + draw.choices(rare, k=4))
        for _ in range(3_000)
    ]
    passages = numbered(texts)
    index = open_index(tmp_path, "f", passages)
    for _ in range(20):
        query = " ".join([*draw.choices(rare, k=3), "của", "và các theo"])
        terms = dict.fromkeys(terms_of(words(query)), 1.0)
        wanted = sorted(slow_scores(passages, terms).values(), reverse=True)[:10]
        found = index.search(terms, 10)
        assert [m.score for m in found] == pytest.approx(wanted, rel=1e-4)


def test_a_word_counts_by_its_field(tmp_path: Path) -> None:
    passages = [
        passage("hội nghị", heading="khác"),
        passage("khác", heading="hội nghị"),
        passage("khác", name="hội nghị"),
    ]
    found = open_index(tmp_path, "f", passages).search({"hoi nghi": 1.0}, 3)
    assert [match.passage for match in found] == [1, 2, 0]


def test_only_allowed_passages_are_found(tmp_path: Path) -> None:
    index = open_index(tmp_path, "f", numbered(TEXTS))
    found = index.search({"doan": 1.0, "ra": 1.0}, 5, [False, True, False, True])
    assert [match.passage for match in found] == [1]
    assert found[0] in index.search({"doan": 1.0, "ra": 1.0}, 5)


def test_an_index_of_nothing_answers_nothing(tmp_path: Path) -> None:
    index = open_index(tmp_path, "f", [])
    assert index.search({"doan": 1.0}, 5) == [] and index.weight("doan") == 0.0
    assert open_index(tmp_path, "g", [passage("")]).search({"doan": 1.0}, 5) == []


# --- Documents in and out ---


def test_documents_in_and_out_answer_like_a_fresh_index(tmp_path: Path) -> None:
    step = [p for n in range(30) for p in source(n).passages]
    grown = [p for n in range(0, 60, 2) for p in source(n).passages]
    for state in (step, grown, step[:9], [*grown, *step[30:40]]):
        now = open_index(tmp_path / "kept", str(len(state)), state)
        fresh = open_index(tmp_path / f"fresh-{len(state)}", "f", state)
        for query in ("đoàn ra hội nghị", "hộ chiếu công vụ", "Quy chế 12"):
            terms = dict.fromkeys(terms_of(words(query)), 1.0)
            assert {m.passage for m in now.search(terms, 500)} == {
                m.passage for m in fresh.search(terms, 500)
            }
        assert now.count == fresh.count == len(state)


def test_only_the_changed_document_is_written(tmp_path: Path) -> None:
    documents = [numbered(TEXTS, f"{n}.txt") for n in range(4)]
    open_index(tmp_path, "1", [p for d in documents for p in d])
    before = {path.name for path in tmp_path.rglob("*.idx")}
    documents[2] = numbered([*TEXTS, "thêm một điều"], "2.txt")
    index = open_index(tmp_path, "2", [p for d in documents for p in d])
    after = {path.name for path in tmp_path.rglob("*.idx")}
    assert before < after and len(after) == len(before) + 1
    assert [m.passage for m in index.search({"them mot": 1.0}, 5)] == [12]


def test_a_document_is_read_again_when_its_key_or_its_length_changes(tmp_path: Path) -> None:
    def words_found(texts: list[str], fingerprint: str, keys: dict[str, str] | None) -> set[str]:
        index = open_index(tmp_path, fingerprint, numbered(texts), keys=keys)
        return {w for w in ("mot", "hai", "ba") if index.search({w: 1.0}, 5)}

    assert words_found(["một"], "1", {"a.txt": "x"}) == {"mot"}
    assert words_found(["hai"], "2", {"a.txt": "x"}) == {"mot"}, "the key says it is the same"
    assert words_found(["hai"], "3", {"a.txt": "y"}) == {"hai"}
    assert words_found(["hai", "ba"], "4", {"a.txt": "y"}) == {"hai", "ba"}
    assert words_found(["ba"], "5", None) == {"ba"}, "without keys the words themselves tell"
    assert words_found(["ba"], "6", {"b.txt": "y"}) == {"ba"}


def test_compacting_changes_no_answer_and_leaves_few_files(tmp_path: Path) -> None:
    for number in range(40):
        change(tmp_path, number)
    _, opened = open_segments(tmp_path)
    files = files_of(opened)
    before = answers(opened, files)
    with one_writer(tmp_path):
        Store(tmp_path).compact()
    _, opened = open_segments(tmp_path)
    assert len(opened) < 16 and files_of(opened) == files == held_after(40)
    after = answers(opened, files)
    assert {w: {n for n, _ in found} for w, found in after.items()} == {
        w: {n for n, _ in found} for w, found in before.items()
    }


def test_a_long_document_over_two_segments_keeps_its_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafting.index.build.MAX_PASSAGES", 3)
    passages = numbered([f"khoản{n} chung" for n in range(10)])
    index = open_index(tmp_path, "f", passages)
    assert len(list(tmp_path.rglob("*.idx"))) == 4
    for number in range(10):
        assert [m.passage for m in index.search({f"khoan{number}": 1.0}, 5)] == [number]


# --- Stopped at any step ---


class Stop(BaseException):
    """The process ends here."""


class FailingDisk(Disk):
    """Stops at the `left`-th step that touches the disk; a write stops half way."""

    def __init__(self, left: int) -> None:
        self.left = left

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stop

    def put(self, handle: int, block: bytes | memoryview) -> None:
        try:
            self._step()
        except Stop:
            super().put(handle, bytes(block)[: len(block) // 2])
            raise
        super().put(handle, block)

    def sync(self, handle: int) -> None:
        self._step()
        super().sync(handle)

    def replace(self, path: Path, target: Path) -> None:
        self._step()
        super().replace(path, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def test_stopped_at_every_step_nothing_committed_is_lost(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    for number in range(7):
        change(base, number)
    steps = 0
    for left in range(200):  # change 7 writes, and merges the eight small segments; 8 takes one out
        folder = tmp_path / f"stopped-{left}"
        shutil.copytree(base, folder)
        failing = FailingDisk(left)
        try:
            change(folder, 7, failing)
            change(folder, 8, failing)
        except Stop:
            steps += 1
        else:
            break
        manifest, opened = open_segments(folder)
        done = int(manifest.fingerprint)
        assert done in {6, 7, 8} and files_of(opened) == held_after(done + 1)
        for number in range(done + 1, 9):
            change(folder, number)
        _, opened = open_segments(folder)
        assert files_of(opened) == held_after(9)
        change(folder, 9)
        left_over = {p.name for p in folder.iterdir()} - {"lock", "manifest.json"}
        assert left_over == {entry.file for entry in open_segments(folder)[0].segments}
    else:
        pytest.fail("never ran to its end")
    assert steps > 20


def test_a_first_build_stopped_at_any_step_is_simply_built_again(tmp_path: Path) -> None:
    passages = numbered(TEXTS)
    for left in range(60):
        root = tmp_path / str(left)
        try:
            open_with(root, "f", passages, disk=FailingDisk(left))
        except Stop:
            told: list[str] = []
            index = open_index(root, "f", passages, tell=told.append)
            assert index.search({"hoi nghi": 1.0}, 1)[0].passage == 3 and not told
        else:
            return
    pytest.fail("never ran to its end")


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_loses_nothing(seed: int, tmp_path: Path) -> None:
    kill_once(tmp_path, random.Random(seed).random() * 0.3)
    change(tmp_path, int(open_segments(tmp_path)[0].fingerprint) + 1)


def test_a_reader_beside_a_writer_sees_whole_states_only(tmp_path: Path) -> None:
    import subprocess

    command = [sys.executable, "-m", "benchmarks.kill", "--writer", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPO) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            seen = -1
            for _ in range(100):
                manifest, opened = open_segments(tmp_path)
                now = int(manifest.fingerprint)
                assert now >= seen and files_of(opened) == held_after(now + 1)
                seen = now
        finally:
            writer.kill()


def test_a_second_writer_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_module, "_LOCK_SECONDS", 0.05)
    with (
        one_writer(tmp_path),
        pytest.raises(OutputBusy, match="chương trình khác"),
        one_writer(tmp_path),
    ):
        pass


# --- Damaged and foreign files ---


@pytest.mark.parametrize("which", ["manifest.json", "segment"])
@pytest.mark.parametrize("how", ["foreign", "cut", "flipped", "empty", "gone"])
def test_a_damaged_file_is_built_again_with_a_sentence(
    which: str, how: str, tmp_path: Path
) -> None:
    passages = numbered(TEXTS)
    open_index(tmp_path, "f", passages)
    (folder,) = tmp_path.glob("lexical-*")
    (path,) = [p for p in folder.iterdir() if p.name.startswith(which)]
    data = path.read_bytes()
    half = len(data) // 2
    damaged = {
        "foreign": b"PK\x03\x04" + data[4:], "cut": data[: len(data) // 2], "empty": b"",
"flipped": data[:half] + bytes([data[half] ^ 255]) + data[half + 1 :],
        "gone": b"",
    }  # fmt: skip
    path.unlink() if how == "gone" else path.write_bytes(damaged[how])
    told: list[str] = []
    index = open_index(tmp_path, "f", passages, tell=told.append)
    assert [m.passage for m in index.search({"hoi nghi": 1.0}, 5)] == [3]
    if (which, how) != ("manifest.json", "gone"):
        assert len(told) == 1 and "đang lập lại" in told[0]
    told.clear()
    assert open_index(tmp_path, "f", passages, tell=told.append).count == 4 and not told


def test_an_index_of_an_earlier_format_is_forgotten(tmp_path: Path) -> None:
    old = tmp_path / "lexical-1-abc"
    old.mkdir(parents=True)
    (old / "keys.npy").write_bytes(b"x")
    open_index(tmp_path, "f", numbered(TEXTS))
    assert not old.exists()


def test_a_segment_bears_any_words(tmp_path: Path) -> None:
    odd = ["a" * 300_000, "x." * 5_000, "\x00\ud800 lạ", "1/2/3-4 " * 2_000, "từ " * 300_000]
    index = open_index(tmp_path, "f", numbered(odd))
    assert index.search({"tu": 1.0}, 1)[0].passage == 4


# --- Words typed with a slip ---


@pytest.mark.parametrize(
    ("typed", "before", "after", "meant"),
    [
        ("ngoaij", "so", "vu", "ngoai"),  # Telex, no input method on
        ("ddoanf", "", "ra", "doan"),
        ("hooij", "", "nghi", "hoi"),
        ("nghj", "hoi", "", "nghi"),  # the key beside i
        ("tuong", "", "", "truong"),
        ("quoc", "", "te", ""),  # known: no slip
        ("zzzz", "", "", ""),
        ("50", "", "", ""),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(
    typed: str, before: str, after: str, meant: str, tmp_path: Path
) -> None:
    index = open_index(tmp_path, "f", numbered([*TEXTS, "Trưởng đoàn trương"]))
    assert index.near(typed, before, after) == meant


def test_numbers_of_a_merge_are_one_for_each_passage(tmp_path: Path) -> None:
    with one_writer(tmp_path):
        Store(tmp_path).change("1", [Source("a", "1", numbered(TEXTS, "a"))])
    _, opened = open_segments(tmp_path)
    index = LexicalIndex(opened, {"a": [7, 8, 9, 10]})
    found = index.search({"doan ra": 1.0}, 5)
    assert {m.passage for m in found} == {7, 8, 9}
    assert np.isfinite([m.score for m in found]).all()
