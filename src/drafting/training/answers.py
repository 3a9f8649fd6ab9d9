"""Questions an office has answered, as examples for the reranker.

One JSON object a line: {"query": "…", "gold": [{"file": "19-qc-tu-2024.txt", "eid": "art_4"}]};
`gold` may be empty for a question the library does not answer.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from drafting.errors import BadInput
from drafting.retrieve import Question, Ranking, read_question, read_slips
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.features import View, features
from drafting.retrieve.rerank import DEPTH, Reranker
from drafting.structure import is_within
from drafting.text import fold, folded_words
from drafting.training.ranking import Example, fit

# Below so many (each asked with accents and without) an office's answers teach only noise.
FEWEST = 40
# How strongly the shipped weights hold theirs: an office has hundreds of answers at best.
_PULL = 0.05
PARTS = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the provisions (file, eId) that answer it, none where nothing does."""

    query: str
    gold: tuple[tuple[str, str], ...]


def read_answers(path: Path) -> list[Answered]:
    """The answered questions of a file; `BadInput` names the line that cannot be used."""
    found: list[Answered] = []
    read = 0
    try:
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            read += 1
            if line.strip():
                row = json.loads(line)
                gold = tuple((str(one["file"]), str(one["eid"])) for one in row["gold"])
                found.append(Answered(str(row["query"]), gold))
    except (FileNotFoundError, IsADirectoryError):
        raise BadInput(f"Không có tệp {path}. Kiểm tra lại đường dẫn.") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"Không đọc được tệp {path}. Lưu lại bằng UTF-8, xin quyền đọc.") from None
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        lacks = f"thiếu {problem}" if isinstance(problem, KeyError) else "không đúng dạng"
        raise BadInput(
            f"Không đọc được các câu đã trả lời trong {path}, dòng {read}: {lacks}. Mỗi dòng "
            'phải là {"query": "câu hỏi", "gold": [{"file": "tệp", "eid": "điều khoản"}]}.'
        ) from None
    return found


def example_of(text: str, gold: Sequence[tuple[str, str]], ranking: Ranking) -> Example:
    """The candidates of one question; what stands inside a right provision is right."""
    question = read_slips(read_question(text), ranking.index)
    return judged(question, ranking.fused(question)[:DEPTH], gold, ranking)


def judged(
    question: Question,
    candidates: Sequence[Candidate],
    gold: Sequence[tuple[str, str]],
    ranking: Ranking,
) -> Example:
    """These candidates as an example."""
    told = features(View(question, candidates, ranking.passages, ranking.index))
    of = []
    for candidate in candidates:
        passage = ranking.passages[candidate.passage]
        inside = (
            eid for file, eid in gold
            if file == passage.file and is_within(passage.eid, eid)
        )  # fmt: skip
        of.append(f"{passage.file} {next(inside, passage.eid)}")
    return Example(told, of, frozenset(f"{file} {eid}" for file, eid in gold))


@dataclass(frozen=True, slots=True)
class Fitted:
    """New weights, and how often the first hit was right before and after.

    Both shares are of questions that the weights judged had not seen (five folds).
    """

    reranker: Reranker
    questions: int
    before: float
    after: float


def fit_own(answered: Sequence[Answered], ranking: Ranking) -> Fitted:
    """The shipped weights moved towards an office's answered questions.

    `BadInput` when there are too few of them to learn from, or when they name nothing here.
    """
    known = [
        (part_of(one.query), example)
        for one in _once(answered)
        for text in dict.fromkeys((one.query, fold(one.query)))
        for example in [example_of(text, one.gold, ranking)]
        if example.right.intersection(example.of)
    ]
    if len(known) < FEWEST:
        raise BadInput(
            f"Chỉ có {len(known)} lượt hỏi (mỗi câu có dấu và không dấu) tìm thấy điều khoản đã "
            f"nêu, cần ít nhất {FEWEST}. Ghi thêm câu, và kiểm tra tên tệp, mã điều khoản "
            "(drafting outline TỆP)."
        )
    number = str(min(len(ranking.dense.halves), 2)) if ranking.dense else "0"
    shipped = Reranker.shipped()
    start = shipped.weights[number]
    folds = [
        fit([one for of, one in known if of != part], list(start), start=start, strength=_PULL)
        for part in range(PARTS)
    ]
    before = [_first_is_right(one, start) for _, one in known]
    after = [_first_is_right(one, folds[part]) for part, one in known]
    weights = fit([one for _, one in known], list(start), start=start, strength=_PULL)
    own = replace(shipped, weights={**shipped.weights, number: weights})
    return Fitted(own, len(known), sum(before) / len(known), sum(after) / len(known))


def part_of(query: str) -> int:
    """Which fifth a question is in: the same however often and however accented it is asked."""
    return zlib.crc32(" ".join(folded_words(query)).encode()) % PARTS


def _once(answered: Sequence[Answered]) -> list[Answered]:
    """Each question once, with all that any line says answers it."""
    gold: dict[str, dict[tuple[str, str], None]] = {}
    query: dict[str, str] = {}
    for one in answered:
        key = " ".join(folded_words(one.query))
        query.setdefault(key, one.query)
        gold.setdefault(key, {}).update(dict.fromkeys(one.gold))
    return [Answered(query[key], tuple(of)) for key, of in gold.items() if of]


def _first_is_right(example: Example, weights: Mapping[str, float]) -> bool:
    sums = sum(weight * example.features[name] for name, weight in weights.items())
    return example.of[int(np.argmax(sums))] in example.right
